"""The tutorial, done as it says: its commands print what stands below them, and its conclusions follow from that.

When numbers move for a good reason, `python tools/consoles.py docs/tutorial.md --write` puts the new ones in; what the
text says of them is held here.

Why: the first page that a planner tries must not be the first that is wrong.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.consoles import Reader, Saved, Typed, read_through, rewritten, steps

TOP = Path(__file__).resolve().parents[2]
PAGE = (TOP / "docs" / "tutorial.md").read_text()


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> list[tuple[Typed, str]]:
    """Every command of the page, with what it prints."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.cli.run.cores", lambda: 1)  # the results are the same on any number
        patch.setattr("sim.report.files.pictures_of", lambda _: ())  # no command prints what is drawn
        return read_through(PAGE, tmp_path_factory.mktemp("tutorial"))


def words(text: str) -> str:
    """Text without its layout."""
    return " ".join(text.split())


def printed_by(done: list[tuple[Typed, str]], *parts: str) -> str:
    """What the first command with all these parts prints."""
    return next(printed for step, printed in done if all(part in step.command for part in parts))


def share_met(printed: str) -> int:
    """In how many futures the first mission of an answer is met."""
    return int(re.search(r"(\d+) of 100", printed)[1])


def test_every_command_prints_what_stands_below_it(done):
    moved = {step.command: printed for step, printed in done if words(step.printed) != words(printed)}
    assert moved == {}


def test_the_page_goes_all_the_way_from_a_file_to_a_decision():
    typed = " ".join(step.command for step in steps(PAGE) if isinstance(step, Typed))
    for part in ("validate", "show", "--at-modes", "--replications", "--set", "--shock", "compare.py", "replay"):
        assert part in typed


def test_what_the_page_concludes_follows_from_what_is_printed(done):
    """Each line is a sentence of the page."""
    first, seats, diverted, prepared = (
        printed_by(done, f"--out results/{name}") for name in ("first", "seats", "diverted", "prepared")
    )
    assert "missing, mostly" in words(PAGE).lower()
    assert "crews:" in words(first)  # crews hold the plan back
    assert "queue:" in words(seats)  # with more seats, the works do
    assert share_met(first) < 40 <= share_met(seats) < 60  # mostly fails; about as often as not
    assert share_met(diverted) < share_met(first)  # the diversion undoes the gain
    assert "0 of 100" in first  # the long-endurance mission
    assert "of 100" in prepared
    assert "0 of 100" not in prepared

    gain = printed_by(done, "compare.py results/first results/seats")
    assert "only with the first: 0 futures" in words(gain)  # no future got worse
    loss = printed_by(done, "compare.py results/seats results/diverted")
    assert "only with the second: 0 futures" in words(loss)
    lost = re.search(r"only with the first: .* futures (.*)", loss)[1].split()
    replayed = {found for step, _ in done for found in re.findall(r"--replication (\d+)", step.command)}
    assert replayed <= set(lost)  # the run that is told was lost to the diversion


def test_the_lot_that_is_told_is_in_service_in_time_without_the_diversion_only(done):
    told = {
        name: re.search(r"(\S+)  50 .* are in service", printed_by(done, f"replay results/{name} ", "grep"))[1]
        for name in ("seats", "diverted")
    }
    assert told["seats"] <= "2028-03-31" < told["diverted"]


# --- the reader of pages


def test_a_page_is_read_as_commands_and_files():
    page = (
        "Save\n\n```yaml\n# a.yaml\nx: 1\n```\n\n"
        "```console\n$ python a \\\n    --b\none\n\n$ echo $?\n0\n```\n\n```\nno\n```\n"
    )
    saved, typed, code = steps(page)
    assert saved == Saved("a.yaml", "# a.yaml\nx: 1\n")
    assert (typed.command, typed.printed) == ("python a --b", "one\n\n")
    assert (code.command, code.printed) == ("echo $?", "0\n")
    assert rewritten(page, [(typed, "two\n"), (code, "2\n")]) == page.replace("one", "two").replace("0\n", "2\n")


def test_a_page_written_with_what_stands_in_it_is_the_same_page():
    said = [(step, step.printed.rstrip() + "\n") for step in steps(PAGE) if isinstance(step, Typed)]
    assert rewritten(PAGE, said) == PAGE


def test_a_command_that_a_page_cannot_have_is_refused():
    with pytest.raises(ValueError, match="the page types 'rm -rf results'"):
        Reader().does(Typed("rm -rf results", "", 0, 0))
