"""The commands that say what drives the answer, as somebody types them, on a scenario worked out on paper.

The target is 10 or 20 by a toss that can be known; one offer's tender fails or not by a toss that cannot.

Why: a planner meets the methods here and nowhere else.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.cli import main
from tests.cli.typed import TINY, TOP
from tests.rooms.study.faked import PAPER
from tools.consoles import Typed, read_through, steps

FILE = str(PAPER)
TARGET = "missions.watch.target"


def told(said):
    """What a command printed as JSON."""
    assert (said.code, len(said.lines)) == (0, 1), said.err
    return json.loads(said.out)


@pytest.fixture(scope="module")
def tossed(tmp_path_factory) -> str:
    """A study of 128 futures of the policy whose tender is a toss."""
    place = tmp_path_factory.mktemp("driving") / "study"
    typed = ["run", FILE, "--policy", "tossed", "-n", "128", "--workers", "1", "--no-report", "--out", str(place)]
    assert main(typed) == 0
    return str(place)


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> str:
    """The same for the policy that the target decides and the one that a toss decides."""
    place = tmp_path_factory.mktemp("driving") / "both"
    typed = ["run", FILE, "--policy", "ten", "--policy", "tossed", "-n", "128", "--workers", "1", "--no-report"]
    assert main([*typed, "--out", str(place)]) == 0
    return str(place)


def test_sensitivity_names_the_target_under_ten_and_keeps_tables_and_figures(say, tmp_path):
    small = ("--trajectories", "4", "--base", "16", "--futures", "8", "--workers", "1")
    said = say(
        "sensitivity", FILE, "--policy", "ten", *small, "--parts", "screening,shares,curves", "--json", "--out", "o"
    )
    found = told(said)
    assert "Runs: at most 16 (screening) + 80 (shares) + 80 (swings) = 176; less than a minute on 1 worker." in said.err
    assert [row["value"] for row in found["screening"] if row["measure"] == "fulfilment"] == [0.5, 0.0, 0.0]
    totals = {row["factor"]: row["value"] for row in found["shares"] if row["measure"] == "met/watch"}
    assert totals["luck"] == totals["the rest"] == 0.0
    assert totals[TARGET] > 0.5
    swing = next(row for row in found["swings"] if row["factor"] == TARGET and row["measure"] == "fulfilment")
    assert (swing["value"], swing["told_low"], swing["told_high"]) == (-0.5, "10", "20")
    levels = [row["value"] for row in found["levels"] if row["measure"] == "fulfilment"]
    assert levels == [1.0, 1.0, 1.0, 0.5, 0.5]
    names = sorted(file.name for file in (tmp_path / "o" / "figures").iterdir() if file.suffix == ".png")
    assert names == [f"sensitivity-{part}-ten.png" for part in ("curves", "map", "screening", "shares", "swings")]
    assert (tmp_path / "o" / "findings" / "sensitivity.json").is_file()


def test_sensitivity_tells_what_is_not_analysed(say):
    said = say("sensitivity", FILE, "--policy", "twenty", "--trajectories", "2", "--workers", "1")
    assert said.code == 2
    assert "nothing varied (Weighted fulfilment: 1; Watch: 1)" in said.err


def test_sensitivity_of_a_run_folder_makes_no_run(say, tossed):
    found = told(say("sensitivity", tossed, "--json"))
    assert {row["input"] for row in found["drivers"]} == {TARGET, "suppliers.house.lateness"}
    assert not any(row["stands_out"] for row in found["drivers"])  # luck decides here, and luck is no input
    assert {row["n"] for row in found["drivers"]} == {128}


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        (("--parts", "screning"), "--parts: no part 'screning'. Did you mean 'screening'?"),
        (("--parts", "shares"), "--parts: found no screening and no --input; expected one of them"),
        (("--base", "100"), "--base: found 100; expected a power of two"),
        (("--most", "13"), "--most: found 13; expected a whole number from 1 to 12."),
        (("--input", "missions.watch.targt"), "no sampled input 'missions.watch.targt'"),
    ],
)
def test_sensitivity_refuses_what_it_cannot_do_before_any_run(say, typed, complaint):
    said = say("sensitivity", FILE, "--policy", "ten", *typed)
    assert (said.code, said.out) == (2, "")
    assert complaint in said.err


def test_a_policy_has_to_be_named_where_there_are_several(say):
    said = say("discover", FILE)
    assert said.code == 2
    assert "--policy: found none; expected one of ten, ten_again, tossed, twenty." in said.err


def test_discover_says_the_box_in_a_sentence(say):
    said = say(
        "discover", FILE, "--policy", "ten", "--points", "60", "--luck", "2", "--measure", "watch", "--workers", "1"
    )
    assert said.code == 0
    assert "Watch is missed in 100.0 % of futures where “Watch: target” is at least 20;" in " ".join(said.out.split())
    assert "Runs: 120 (points × luck); less than a minute on 1 worker." in said.err


@pytest.mark.parametrize("policy", ["ten", "tossed"])
def test_discover_in_a_run_folder_regresses_luck_away_and_makes_no_run(say, both, policy):
    found = told(say("discover", both, "--policy", policy, "--measure", "watch", "--json"))
    box = found["boxes"][0]
    if policy == "ten":  # the target decides
        assert (box["conditions"], box["value"], box["confirmed"]) == ("“Watch: target” is at least 20", 1.0, True)
    else:  # a toss decides, and no box of inputs holds it
        assert not box["confirmed"]


def test_voi_says_what_to_find_out_first_and_under_which_world_each_is_best(say):
    small = ("--points", "60", "--luck", "2", "--workers", "1")
    found = told(say("voi", FILE, "--policies", "ten,twenty", "--value-of-success", "0.15", *small, "--json"))
    worth = {(row["measure"], row["of"]): row for row in found["worth"]}
    target = worth["net_benefit", TARGET]
    assert (target["surely"], target["unit"], target["confidence"]) == (True, "yen", "assumption")
    assert target["low"] < 25e6 < target["high"]  # worked out in the tests of the method
    assert worth["fulfilment", TARGET]["value"] <= 0.0
    conditions = {row["policy"]: row["conditions"] for row in found["worlds"] if row["measure"] == "fulfilment"}
    assert conditions == {"ten": "“Watch: target” is at most 10", "twenty": "“Watch: target” is at least 20"}


def test_yen_are_told_only_with_a_value_of_success(say):
    small = ("--points", "40", "--luck", "2", "--workers", "1")
    found = told(say("voi", FILE, "--policies", "ten,twenty", *small, "--json"))
    assert {row["unit"] for row in found["worth"]} == {"share"}
    assert "expected at least two to choose from" in say("voi", FILE, "--policies", "ten").err


def test_sweep_of_two_values_is_a_map(say, tmp_path):
    typed = ("--vary", f"{TARGET}=10,20", "--vary", "offers.toss.failure_chance=0,1")
    found = told(say("sweep", FILE, "--policy", "tossed", *typed, "-n", "4", "--workers", "1", "--json", "--out", "o"))
    cells = {(row["at_0"], row["at_1"]): row["value"] for row in found["cells"] if row["measure"] == "met/watch"}
    assert cells == {("10", "0"): 1.0, ("10", "1"): 0.0, ("20", "0"): 1.0, ("20", "1"): 0.0}
    assert found["about"]["axes"] == [TARGET, "offers.toss.failure_chance"]
    assert (tmp_path / "o" / "figures" / "sweep-watch-tossed.png").is_file()


def test_sweep_of_a_lever_needs_no_unit(say):
    typed = ("--vary", "policies.quantity_first.levers.over_order_margin=0:0.5:2", "-n", "2", "--workers", "1")
    found = told(say("sweep", TINY, "--policy", "quantity_first", *typed, "--json"))
    assert {row["at_0"] for row in found["cells"]} == {"0", "0.5"}


def test_the_page_about_it_prints_what_stands_in_it(monkeypatch, tmp_path):
    monkeypatch.setattr("sim.cli.analyses.seconds_a_run", lambda case, setup: 0.01)  # on no machine in particular
    page = (TOP / "docs" / "sensitivity.md").read_text()
    moved = [step for step, printed in read_through(page, tmp_path) if step.printed.split() != printed.split()]
    assert moved == []
    assert any(isinstance(step, Typed) for step in steps(page))


# --- update


def deliveries(tmp_path: Path, *rows: str) -> str:
    file = tmp_path / "deliveries.csv"
    file.write_text("\n".join(["date,offer,units", *rows]) + "\n")
    return str(file)


def test_update_by_a_delivery_leaves_only_the_futures_in_which_it_came(say, tmp_path, tossed):
    # the order of 1 April 2025 is in tender for 100 days and made in 100: it comes on 18 October or never
    came = deliveries(tmp_path, "2025-10-18,toss,20")
    found = told(say("update", tossed, came, "--until", "2026-03-31", "--json", "--out", "learnt"))
    met = next(row for row in found["answers"] if row["measure"] == "met/watch")
    assert 0.4 < met["prior_value"] < 0.6
    assert met["value"] == pytest.approx(1.0)
    assert 30 < found["about"]["effective"] < 128
    last = next(row for row in found["arrivals"] if row["date"] == "2026-03-31")
    assert (last["actual"], last["posterior_p10"], last["posterior_p90"]) == (20, 20.0, 20.0)
    assert (tmp_path / "learnt" / "figures" / "learning-arrivals-tossed.png").is_file()


def test_update_by_nothing_having_come_is_news_too(say, tmp_path, tossed):
    nothing = deliveries(tmp_path, "2026-03-31,toss,0")
    found = told(say("update", tossed, nothing, "--keep", "kept", "--json"))
    met = next(row for row in found["answers"] if row["measure"] == "met/watch")
    assert met["value"] < 1e-6  # 164 days off is 5.5 tolerances: a weight of 3 in ten million
    again = told(say("update", tossed, nothing, "--keep", "kept", "--json"))
    assert again["answers"] == found["answers"]
    assert len(list((tmp_path / "kept").rglob("arrivals-*.parquet"))) == 2


def test_update_refuses_what_no_future_is_like(say, tmp_path, tossed):
    said = say(
        "update", tossed, deliveries(tmp_path, "2025-05-01,toss,500"), "--until", "2027-03-31", "--tolerance", "1"
    )
    assert said.code == 2
    assert "days a unit off what has happened; expected at most 3 times the tolerance of 1." in said.err


def test_update_tells_every_fault_of_the_table_with_its_line(say, tmp_path, tossed):
    rows = ("2025-03-01,toss,20", "2025-10-18,tos,20", "2025-10-18,toss,-1", "18.10.2025,toss,3")
    said = say("update", tossed, deliveries(tmp_path, *rows))
    assert said.code == 2
    first = "found '2025-03-01'; expected a day from 2025-04-02 to 2028-03-31"
    for line, what in (
        (2, first),
        (3, "found 'tos'; expected the name of a known offer"),
        (4, "found '-1'"),
        (5, "found '18."),
    ):
        assert any(f"deliveries.csv:{line}: " in told_line and what in told_line for told_line in said.err.splitlines())
