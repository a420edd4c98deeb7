"""The commands that compare, choose, split and plan, as somebody types them, on a scenario worked out on paper."""

from __future__ import annotations

import json
import re

import pytest

from sim.cli import main
from tests.rooms.study.faked import PAPER

FILE = str(PAPER)


@pytest.fixture
def say(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder: exit code, what it printed, what it complained of."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--debug", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def one_worker(*arguments: str) -> tuple[str, ...]:
    return (*arguments, "--workers", "1")


def test_compare_tells_a_copy_from_a_better_policy_and_keeps_the_tables(say, tmp_path):
    typed = one_worker("compare", FILE, "--policies", "ten,ten_again,twenty", "-n", "50", "--json", "--out", "kept")
    code, out, err = say(*typed)
    assert (code, err) == (0, "")
    told = json.loads(out)
    rows = {(row["policy"], row["measure"]): row for row in told["comparisons"]}
    copy, better = rows["ten_again", "fulfilment"], rows["twenty", "fulfilment"]
    assert (copy["value"], copy["low"], copy["high"], copy["kind"]) == (0.0, 0.0, 0.0, "identical: all ledgers agree")
    assert (better["verdict"], better["n"], better["N"], better["level"]) == ("better", 50, 50, 0.95)
    # ten units are half of a target of twenty: twenty fulfil ½ more, in as many futures as miss
    assert better["value"] == pytest.approx(rows["twenty", "met/watch"]["value"] / 2)
    assert told["about"]["family"] == "each measure on its own: 2 policies against ten"
    kept = json.loads((tmp_path / "kept" / "findings" / "compare.json").read_text())
    assert len(kept["grids"]["comparisons"]["rows"]) == len(told["comparisons"]) == 8
    assert (tmp_path / "kept" / "figures" / "compare.png").is_file()


def test_compare_prints_what_is_read_first_and_says_how_to_see_the_rest(say):
    """Four measures: fulfilment and the one mission's chance first; units in service and cost are two more."""
    typed = one_worker("compare", FILE, "--policies", "ten,twenty", "-n", "50")
    code, first, _ = say(*typed)
    assert code == 0
    assert first.count(" against “Ten”") == 2
    assert "2 tables more: units in service and cost. --all-tables prints them, --out DIR" in first
    code, every, _ = say(*typed, "--all-tables")
    assert code == 0
    assert every.count(" against “Ten”") == 4
    assert "tables more" not in every
    assert every.startswith(first.partition("2 tables more")[0].rstrip())
    # nothing is left out of what a machine reads
    assert len(json.loads(say(*typed, "--json")[1])["comparisons"]) == 4


def test_the_primary_measure_is_printed_first_whichever_it_is(say):
    code, out, _ = say(*one_worker("compare", FILE, "--policies", "ten,twenty", "-n", "50", "--measure", "cost"))
    assert code == 0
    assert out.split("\n\n")[1].startswith("Cost against “Ten”")
    assert "1 table more: units in service. " in out


def test_compare_until_decided_says_what_was_planned_and_where_it_stopped(say):
    code, out, _ = say(*one_worker("compare", FILE, "--policies", "ten,twenty", "--until", "decided", "-n", "60"))
    assert code == 0
    assert "Weighted fulfilment against “Ten”: “Twenty” better." in out
    assert "decided at 60 futures (looks planned at 60, taken at 60)" in " ".join(out.split())


def test_choose_finds_twenty_and_judges_it(say):
    typed = one_worker("choose", FILE, "--policies", "ten,twenty", "--most", "600", "-n", "40")
    code, out, _ = say(*typed)
    assert code == 0
    assert "“Twenty” is chosen." in out
    assert "the one chosen in at least 95 of 100 such races" in " ".join(out.split())


def test_run_until_tells_each_look_and_how_it_ended(say, tmp_path):
    typed = ("run", FILE, "--policy", "tossed", "--until", "0.06", "--out", "made", "--no-report")
    code, out, err = say(*one_worker(*typed))
    assert code == 0
    first, last = err.splitlines()
    assert re.fullmatch(r"448 futures: ±4\.\d\d points at the widest \(tossed: .*\)\.", first)
    assert last == "Every share that varied is known to ±6 points."
    assert "448 futures" in out
    assert (tmp_path / "made" / "manifest.json").is_file()


def test_run_until_says_when_it_may_not_grow_any_further(say):
    typed = ("run", FILE, "--policy", "tossed", "--until", "0.01", "-n", "64", "--out", "made", "--no-report")
    code, _, err = say(*one_worker(*typed))
    assert code == 0
    assert err.endswith("Not narrow enough: ±1 points takes more futures than --replications allows, or runs failed.\n")


def test_split_finds_that_ten_hang_on_knowledge_alone(say):
    code, out, _ = say(*one_worker("split", FILE, "--policies", "ten", "-n", "20", "--json"))
    assert code == 0
    parts = {row["measure"]: row for row in json.loads(out)["parts"]}
    assert (parts["met/watch"]["knowledge_share_value"], parts["met/watch"]["luck_variance_value"]) == (1.0, 0.0)
    assert (parts["met/watch"]["knowledge_share_n"], parts["met/watch"]["knowledge_share_N"]) == (40, 40)
    assert parts["cost"]["knowledge_share_kind"] == "none: never varied"


def test_split_says_in_words_what_never_varied(say):
    code, out, _ = say(*one_worker("split", FILE, "--policies", "twenty", "-n", "4"))
    assert code == 0
    assert "4 sets of inputs, each met by two lucks" in out
    assert "never varied" in out


def test_plan_tells_runs_and_minutes(say):
    code, out, _ = say(*one_worker("plan", FILE, "--policies", "ten,twenty", "--half-width", "0.05", "-n", "40"))
    assert code == 0
    assert "Pilot: 40 futures of 2 policies" in out
    assert "±5 points" in out
    assert "100.0 % never varied" in out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("compare", "--policies", "ten,tun"), "no policy 'tun'. Did you mean 'ten'?"),
        (("compare", "--policies", "ten"), "found one policy, ten; expected at least two to compare."),
        (("compare", "--measure", "costs"), "no measure 'costs'. Did you mean 'cost'?"),
        (("compare", "--sequence"), "expected --until decided beside it"),
        (("compare", "--level", "1"), "level: found 1.0"),
        (("compare", "--zone", "0"), "zone: found 0.0; expected a share above 0"),
        (("compare", "-n", "0"), "replications: found 0"),
        (("choose", "--measure", "cost"), "found an amount without known ends"),
        (("choose", "--most", "100"), "expected at least 600"),
        (("choose", "--policies", "nobody,ten"), "no policy 'nobody'."),
        (("split", "--policies", "nobody"), "no policy 'nobody'."),
        (("run", "--until", "0"), "until: found 0.0; expected a share from 0.0005"),
        (("run", "--until", "0.02", "--at-modes"), "found --until"),
        (("plan", "--half-width", "2"), "half-width: found 2.0"),
        (("plan", "--pilot", "5"), "pilot: found 5 futures; expected at least 30."),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(say, tmp_path, typed, told):
    code, out, err = say(typed[0], FILE, *typed[1:])
    assert (code, out) == (2, "")
    assert told in err
    assert list(tmp_path.iterdir()) == []
