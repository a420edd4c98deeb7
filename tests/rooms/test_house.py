"""The rules of the house that no linter holds, each stated as a fact about the files.

A rule is a function from source text to the places that break it, so each is also shown to fire.

Why: a rule that nobody checks is a rule until the first busy week.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

TOP = Path(__file__).resolve().parents[2]
LONGEST_MODULE_LINES = 400
LONG_FUNCTION_LINES = 40

Complaints = Iterator[str]
Rule = Callable[[ast.Module], Complaints]


def tracked_files() -> list[Path]:
    """Every file that git tracks or would offer to track."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=TOP, check=True, capture_output=True).stdout.decode().split("\0")
    return [TOP / name for name in sorted(set(names)) if name and (TOP / name).is_file()]


def modules(*rooms: str) -> list[Path]:
    """The Python files of these rooms, in a fixed order."""
    places = [TOP / room for room in rooms]
    return sorted(found for place in places for found in ([place] if place.is_file() else place.rglob("*.py")))


def said(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


def broken_by(rule: Rule, paths: list[Path]) -> list[str]:
    """Where the files break the rule: `file:complaint`, the complaint opening with its line."""
    return [f"{said(path)}:{complaint}" for path in paths for complaint in rule(parsed(path))]


@cache
def parsed(path: Path) -> ast.Module:
    """A file's tree; every rule looks at the same one."""
    return ast.parse(path.read_text())


# --- rules: from a module to complaints

OPENERS = re.compile(
    r"(read|write)_(text|bytes)$|mkdir$|unlink$|rmdir$|rmtree$|iterdir$|r?glob$|savefig$"
    r"|(Temporary|NamedTemporary)(Directory|File)$"
)
TABLE_FILES = re.compile(r"(read|write|to)_(csv|parquet|table|json|excel|feather|pickle|dataset)$")
FILE_ROOMS = frozenset({"io", "os", "gzip", "bz2", "lzma", "codecs", "zipfile", "tarfile"})
VAGUE_NAME = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)(_|$)")


def calls_print(tree: ast.Module) -> Complaints:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield f"{node.lineno}: print(...); return the sentence and let sim/cli print it"


def touches_files(tree: ast.Module) -> Complaints:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _opener(node)):
            yield f"{node.lineno}: {name}(...); only sim/scenario, sim/store and sim/report touch files"


def _opener(call: ast.Call) -> str | None:
    if call.args and ast.unparse(call.args[0]) == "os.devnull":
        return None  # nowhere is not a file
    if isinstance(call.func, ast.Name):
        name = call.func.id
        return name if name == "open" or OPENERS.match(name) else None
    if not isinstance(call.func, ast.Attribute):
        return None
    name, owner = call.func.attr, call.func.value
    # A budget year may `open` too; a file's open is told by its owner or by its mode.
    of_a_file = isinstance(owner, ast.Name) and owner.id in FILE_ROOMS
    has_a_mode = bool(call.args) and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    if name == "open":
        return name if of_a_file or has_a_mode or isinstance(owner, ast.Call) else None
    return name if OPENERS.match(name) or TABLE_FILES.match(name) else None


def vague_names(tree: ast.Module) -> Complaints:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and is_vague(node.name):
            yield f"{node.lineno}: {node.name}; name it by what it does in the trade"


def is_vague(name: str) -> bool:
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return bool(VAGUE_NAME.search(snake))


def says_no_why(tree: ast.Module) -> Complaints:
    """A module opens with a purpose and ends its docstring with a reason; an empty one needs neither."""
    text = ast.get_docstring(tree) or ""
    if tree.body and ("Why:" not in text or text.startswith("Why:")):
        yield "1: the module's docstring states purpose and law, then a line that opens with `Why:`"


def changes_module_state(tree: ast.Module) -> Complaints:
    for node in tree.body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.List | ast.Set | ast.ListComp | ast.SetComp) and not _is_dunder_all(node):
            yield f"{node.lineno}: a list or set at module level can be changed; write a tuple or frozenset"


def _is_dunder_all(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]


def function_lengths(tree: ast.Module) -> Iterator[int]:
    """Lines of each function's body, the docstring left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield (node.end_lineno or node.lineno) - first[0].lineno + 1 if first else 0


# --- the rules, on this house


def test_only_the_command_line_prints():
    inside = [path for path in modules("sim") if not said(path).startswith("sim/cli/")]
    assert broken_by(calls_print, inside) == []


def test_files_are_touched_only_in_scenario_store_and_report():
    doors = ("sim/scenario/", "sim/store", "sim/report/")
    assert broken_by(touches_files, [path for path in modules("sim") if not said(path).startswith(doors)]) == []


def test_no_name_is_vague():
    ours = modules("sim", "run_sim.py", "tests")
    parts = {part for path in ours for part in (*path.relative_to(TOP).parts[:-1], path.stem)}
    assert sorted(filter(is_vague, parts)) == []
    assert broken_by(vague_names, ours) == []


def test_every_module_says_why():
    assert broken_by(says_no_why, [path for path in modules("sim") if path.name != "__init__.py"]) == []


def test_every_room_is_a_package():
    """A folder without `__init__.py` is seen by neither the import contracts nor the installer."""
    rooms = {path.parent for path in modules("sim")}
    assert sorted(said(room) for room in rooms if not (room / "__init__.py").is_file()) == []


def test_no_module_keeps_state():
    assert broken_by(changes_module_state, modules("sim")) == []


def test_no_module_is_longer_than_one_idea():
    lines = {said(path): len(path.read_text().splitlines()) for path in modules("sim", "run_sim.py", "tests")}
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE_LINES} == {}


def test_functions_fit_a_screen():
    """Half of all functions have fewer than ten lines, nine in ten no more than forty."""
    lengths = sorted(length for path in modules("sim") for length in function_lengths(parsed(path)))
    assert median(lengths) < 10
    assert lengths[len(lengths) * 9 // 10] <= LONG_FUNCTION_LINES


# --- the rules, on every text file

MACHINE_PATH = re.compile(r"(?:^|[^\w.~/-])/(?:home|root|tmp|opt|mnt|srv|work|Users)/\w|\b[A-Z]:\\\w|file://")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|NotImplemented" r"Error")
INDEX_ADDRESS = re.compile(r"(?:index-url|find-links|trusted-host)[ =]+\w+:|/simple/\w|\bpythonhosted\b")
DATA = frozenset({".csv", ".parquet", ".png", ".svg"})


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Where a tracked text, this file apart, has the pattern."""
    texts = [path for path in tracked_files() if path.suffix not in DATA and path != Path(__file__)]
    numbered = ((path, *row) for path in texts for row in enumerate(path.read_text().splitlines(), start=1))
    return [f"{said(path)}:{number}: {line.strip()}" for path, number, line in numbered if pattern.search(line)]


def test_no_file_knows_the_machine_it_was_written_on():
    assert lines_with(MACHINE_PATH) == []


def test_nothing_is_left_for_later():
    assert lines_with(UNFINISHED) == []


def test_no_file_names_where_packages_are_fetched():
    assert lines_with(INDEX_ADDRESS) == []


def test_every_locked_package_has_one_version_and_its_hashes():
    logical = (TOP / "requirements.lock").read_text().replace("\\\n", " ").splitlines()
    locked = [line for line in logical if line.strip() and not line.lstrip().startswith("#")]
    assert [line for line in locked if not re.match(r"[a-z0-9-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", line)] == []
    assert len(locked) > 10


# --- each rule can fire


@pytest.mark.parametrize(
    ("rule", "sound", "broken"),
    [
        (calls_print, "ledger.print()", "print(1)"),
        (touches_files, "year.open(2027)", "open('x')"),
        (touches_files, "year.open()", "Path('x').open()"),
        (touches_files, "units.write(3)", "path.write_text('x')"),
        (touches_files, "io.StringIO()", "io.open(name)"),
        (touches_files, "os.open(os.devnull, os.O_WRONLY)", "os.open(name, os.O_WRONLY)"),
        (touches_files, "pd.concat(frames)", "pd.read_csv(name)"),
        (touches_files, "frame.to_numpy()", "frame.to_parquet(name)"),
        (touches_files, "shelf.open(day)", "shelf.open('rb')"),
        (vague_names, "def managed_yen(): pass", "class OrderManager: pass"),
        (vague_names, "class Utility: pass", "def date_utils(): pass"),
        (says_no_why, '"""Money.\n\nWhole yen.\n\nWhy: so.\n"""', '"""Money."""'),
        (says_no_why, "", "x = 1"),
        (changes_module_state, "x = (1,)", "x = [1]"),
        (changes_module_state, "__all__ = ['x']", "x: set[int] = {1}"),
    ],
)
def test_a_rule_fires_on_what_breaks_it_and_on_nothing_else(rule, sound, broken):
    assert list(rule(ast.parse(sound))) == []
    assert len(list(rule(ast.parse(broken)))) == 1


def test_a_docstring_does_not_count_as_lines_of_a_function():
    source = 'def f():\n    """Say.\n\n    More.\n    """\n    a = 1\n    return a\n\ndef g(): return 2\n'
    assert list(function_lengths(ast.parse(source))) == [2, 1]


@pytest.mark.parametrize(
    ("pattern", "sound", "broken"),
    [
        (MACHINE_PATH, "results/home/x and https://example.org/work/x", "see " + "/home" + "/me"),
        (MACHINE_PATH, "half a day/tmp", "file:" + "//x"),
        (UNFINISHED, "a to-do list is no list", "# TO" + "DO later"),
        (INDEX_ADDRESS, "--no-emit-index-url", "--index-url " + "https:" + "//x"),
    ],
)
def test_a_pattern_fires_on_what_breaks_it_and_on_nothing_else(pattern, sound, broken):
    assert not pattern.search(sound)
    assert pattern.search(broken)
