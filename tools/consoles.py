"""The console blocks of a page: what the reader types, what is printed, and whether that is still so.

A page runs from its top in an empty folder that holds the scenarios. A fenced ``console`` block gives commands after
``$`` and below each what it prints; a fenced block that opens with ``# <name>`` is a file that the reader saves.

Why: a tutorial whose numbers nobody can reproduce teaches distrust.

Usage: python tools/consoles.py PAGE [--write]
"""

from __future__ import annotations

import io
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from sim.cli import main as program

TOP = Path(__file__).resolve().parents[1]
_FENCE = re.compile(r"```(?P<language>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"# (?P<name>[\w.-]+)\n")
_PROMPT = "$ "


@dataclass(frozen=True)
class Saved:
    """A file that the page asks its reader to save."""

    name: str
    text: str


@dataclass(frozen=True)
class Typed:
    """A command of the page, and what the page says that it prints."""

    command: str
    """As a shell takes it, on one line."""
    printed: str
    start: int
    """Where ``printed`` stands in the page, in characters."""
    end: int


Step = Saved | Typed


def steps(page: str) -> Iterator[Step]:
    """What a reader does, in the order of the page."""
    for fence in _FENCE.finditer(page):
        name = _NAME.match(fence["body"])
        if fence["language"] == "console":
            yield from _typed(fence["body"], fence.start("body"))
        elif name is not None:
            yield Saved(name["name"], fence["body"])


def _typed(body: str, start: int) -> Iterator[Typed]:
    """Commands of one console block, which stands at ``start`` in the page."""
    prompts = [found.start() for found in re.finditer(r"^\$ ", body, re.MULTILINE)]
    for here, following in zip(prompts, [*prompts[1:], len(body)], strict=True):
        told = re.match(r"\$ (?:.*\\\n)*.*\n", body[here:following])
        assert told is not None, "a prompt opens a line"
        command = " ".join(line.strip() for line in told[0].removeprefix(_PROMPT).replace("\\\n", "\n").splitlines())
        printed = here + told.end()
        yield Typed(command, body[printed:following], start + printed, start + following)


@dataclass
class Reader:
    """Somebody who goes through a page step by step, in the folder where the program is run."""

    code: int = 0
    """The last command's exit code."""

    def does(self, step: Step) -> str:
        """Take one step. Returns what it prints, lines without trailing blanks, each with its end.

        Raises ValueError for a command that a page cannot have.
        """
        if isinstance(step, Saved):
            Path(step.name).write_text(step.text)
            return ""
        command, _, rest = step.command.partition(" | ")
        said, printed = self._types(shlex.split(command))
        if rest:  # what goes to stderr does not go through the pipe
            shown = subprocess.run(["sh", "-c", rest], input=printed, stdout=subprocess.PIPE, text=True, check=False)
            printed = shown.stdout  # grep ends with 1 where it finds nothing
        return "".join(f"{line.rstrip()}\n" for line in f"{said}{printed}".rstrip().splitlines())

    def _types(self, words: Sequence[str]) -> tuple[str, str]:
        match words:
            case ["echo", "$?"]:
                return "", f"{self.code}\n"
            case ["python", "run_sim.py", *arguments]:
                return self._heard(lambda: program(arguments))
            case ["python", "-c", code]:
                return self._heard(lambda: _run_code(code))
            case ["python", script, *arguments]:
                return self._heard(lambda: _run_script(script, arguments))
        raise ValueError(f"the page types '{' '.join(words)}'; expected 'python ...' or 'echo $?'")

    def _heard(self, act: Callable[[], int]) -> tuple[str, str]:
        """What an act prints, on stderr and on stdout."""
        said, printed = io.StringIO(), io.StringIO()
        with redirect_stdout(printed), redirect_stderr(said):
            self.code = act()
        return said.getvalue(), printed.getvalue()


def _run_script(script: str, arguments: Sequence[str]) -> int:
    with patch.object(sys, "argv", [script, *arguments]):
        runpy.run_path(script, run_name="__main__")
    return 0


def _run_code(code: str) -> int:
    exec(compile(code, "<page>", "exec"), {})
    return 0


def read_through(page: str, folder: Path) -> list[tuple[Typed, str]]:
    """Go through a page in an empty folder. Returns each command with what it prints now."""
    for name in ("scenarios", "run_sim.py"):
        source = TOP / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / "results").mkdir()
    reader = Reader()
    with chdir(folder):
        done = [(step, reader.does(step)) for step in steps(page)]
    return [(step, printed) for step, printed in done if isinstance(step, Typed)]


def rewritten(page: str, done: Sequence[tuple[Typed, str]]) -> str:
    """The page with what its commands print now."""
    for step, printed in reversed(done):
        gap = "\n" if step.printed.endswith("\n\n") else ""  # a blank line before the block's next command
        page = page[: step.start] + printed + gap + page[step.end :]
    return page


def main(arguments: Sequence[str]) -> int:
    """Compare a page with what its commands print, or write it anew. Returns the exit code."""
    pages = [Path(each) for each in arguments if not each.startswith("-")]
    if len(pages) != 1 or set(arguments) - {str(pages[0]), "--write"}:
        sys.stderr.write("usage: python tools/consoles.py PAGE [--write]\n")
        return 2
    page = pages[0].read_text()
    with tempfile.TemporaryDirectory() as folder:
        done = read_through(page, Path(folder))
    if "--write" in arguments:
        pages[0].write_text(rewritten(page, done))
        return 0
    moved = [step.command for step, printed in done if step.printed.rstrip() != printed.rstrip()]
    sys.stdout.writelines(f"prints something else now: {command}\n" for command in moved)
    return 1 if moved else 0


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "Agg")
    sys.exit(main(sys.argv[1:]))
