"""The verdicts that are read first, of a comparison on three missions made by hand."""

from __future__ import annotations

from sim.report.findings.compare import first_tables, tables
from sim.report.verdicts import chances_together, left_out, shown_whole
from sim.store.finding import Finding, Grid
from sim.study.compared_finding import COLUMNS
from sim.study.statistics import NEVER_VARIED

MEASURES = {
    "fulfilment": "weighted fulfilment",
    "all_met": "chance of all of: Watch, Strike",
    "met/watch": "chance of Watch",
    "met/strike": "chance of Strike",
    "met/haul": "chance of Haul",
    "deployed/watch": "in service: Watch",
    "deployed/strike": "in service: Strike",
    "deployed/haul": "in service: Haul",
    "cost": "cost",
}
POLICIES = {"plain": "Plain", "bold": "Bold", "shy": "Shy"}
TANGO = "score interval for pairs (Tango), Bonferroni of 2"


def compared(verdicts: dict[tuple[str, str], tuple], primary: str = "fulfilment", measures=MEASURES) -> Finding:
    """A comparison with Plain; (measure, policy) -> difference, low, high, verdict."""
    rows = []
    for measure in measures:
        for policy in ("bold", "shy"):
            value, low, high, word = verdicts.get((measure, policy), (0.01, -0.1, 0.12, "not enough runs"))
            kind = NEVER_VARIED if low is None else TANGO
            of = {
                "measure": measure, "unit": "yen" if measure == "cost" else "share", "policy": policy, "mean": 0.5,
                "reference_mean": 0.25, "value": value, "low": low, "high": high, "n": 80, "N": 80, "level": 0.95,
                "kind": kind, "zone": 0.02, "verdict": word, "runs_more": 64 if word == "not enough runs" else None,
            }  # fmt: skip
            rows.append(tuple(of.get(column) for column in COLUMNS))
    about = {
        "scenario": "story", "title": "A story", "seed": 1, "replications": 80, "reference": "plain",
        "primary": primary, "family_level": 0.95, "zone_share": 0.02, "failed": 0, "decided": False,
        "rule": "fixed number of futures", "titles": {"policies": POLICIES, "measures": dict(measures)},
    }  # fmt: skip
    return Finding("compare", about, {"comparisons": Grid(COLUMNS, tuple(rows))})


SEEN = {
    ("met/watch", "bold"): (0.25, 0.1, 0.4, "better"),
    ("met/watch", "shy"): (-0.2, -0.3, -0.1, "worse"),
    ("met/strike", "bold"): (0.0, -0.01, 0.01, "inside the indifference zone"),
    ("met/haul", "bold"): (0.0, None, None, "no interval"),
    ("met/haul", "shy"): (0.0, None, None, "no interval"),
}


def test_every_mission_has_one_row_with_who_is_better_and_who_is_worse():
    found = chances_together(compared(SEEN))
    assert found.headings == ("Mission", "Reference", "Better", "Worse", "No different", "Not told apart")
    assert found.rows == [
        ("Watch", "25.0 %", "Bold: +25.0 (+10.0 to +40.0)", "Shy: −20.0 (−30.0 to −10.0)", "", ""),
        ("Strike", "25.0 %", "", "", "Bold", "1 of 2"),
        ("Haul", "25.0 %", "", "", "", "never varied: 2 of 2"),
    ]
    assert found.title == (
        "Chance of each mission against “Plain”: some policy is better on 1 of 3, some worse on 1 of 3"
    )
    assert "95 % intervals that hold together in each row (score interval for pairs (Tango), Bonf" in found.note
    assert found.note.endswith("80 of 80 futures; seed 1.")


def test_a_column_in_which_nothing_stands_is_left_out():
    nobody = chances_together(compared({}))
    assert nobody.headings == ("Mission", "Reference", "Not told apart")
    assert nobody.rows[0] == ("Watch", "25.0 %", "2 of 2")
    assert nobody.title.endswith("some policy is better on none of 3, some worse on none of 3")


def test_what_is_read_first_is_fulfilment_the_joint_list_and_the_chances_in_one_table():
    found = compared(SEEN)
    titles = [each.title.split(" against ")[0] for each in first_tables(found)]
    assert titles == ["Weighted fulfilment", "Chance of all of: Watch, Strike", "Chance of each mission"]
    assert len(list(tables(found))) == 9
    assert left_out(found).startswith(
        "7 tables more: each mission’s chance policy by policy, units in service and cost. --all-tables"
    )


def test_the_primary_measure_is_shown_whole_and_counted_out_of_the_rest():
    found = compared(SEEN, primary="cost")
    assert shown_whole(found) == ["fulfilment", "all_met", "cost"]
    assert left_out(found).startswith("6 tables more: each mission’s chance policy by policy and units in service")


def test_where_nothing_is_left_out_nothing_is_said():
    assert left_out(compared({}, measures={"fulfilment": "weighted fulfilment"})) == ""
