"""Decisions and their latest dates in words: what is decided, on what, by when, and what else was a limit.

A date that is not there has a reason: the decision is not needed, or even at once it does not keep the chance.

Why: "too late" is read as somebody's fault, and often no day would have been early enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple

from sim.calendar import Calendar
from sim.report import wording
from sim.report.told import Record, calendar_of, only, short_titles
from sim.store.finding import Finding

DECISIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "order": "order",
        "signing": "signature",
        "start": "first order in the plan",
        "seats": "course seats",
        "subsidies": "subsidy",
        "tooling": "tooling",
        "second_sources": "second source",
        "long_lead": "parts ahead",
    }
)
ALONE: Final = ("order", "signing")
"""Decisions that are asked about without a plan."""
PURCHASES: Final = ("seats", "subsidies", "tooling", "second_sources", "long_lead")
"""Decisions that are to relieve a limit."""


class Decision(NamedTuple):
    """One decision with its dates, confidence by confidence."""

    decision: str
    subject: str
    detail: str
    quantity: int | None
    mission: str
    due_day: int
    dates: Sequence[Record]


def decisions_of(finding: Finding) -> list[Decision]:
    """Each decision once, in the order of the finding."""
    columns = ("decision", "subject", "detail", "quantity", "mission", "due_day")
    found = []
    for _, rows in groupby(only(finding, "dates"), key=lambda row: [row[column] for column in columns]):
        dates = list(rows)
        found.append(Decision(**{column: dates[0][column] for column in columns}, dates=dates))
    return found


def what(of: Decision) -> str:
    """The kind of the decision in words."""
    return DECISIONS.get(of.decision, of.decision.replace("_", " "))


def name_of(finding: Finding, of: Decision) -> str:
    """The offer or mission, and what tells this decision from others on it."""
    titles = [finding.about["titles"][kind] for kind in ("offers", "missions")]
    name = next((short_titles(each)[of.subject] for each in titles if of.subject in each), of.subject)
    return f"{name}: {of.detail}" if of.detail else name


def amount(of: Decision) -> str:
    """Units, steps of tooling, weeks, or a share."""
    if of.quantity is None:
        return wording.NOTHING
    if of.decision in ALONE:
        return wording.counted(of.quantity, "unit")
    if of.decision == "tooling":
        return wording.counted(of.quantity, "step")
    if of.decision == "long_lead":
        return wording.counted(of.quantity, "week")
    return f"{of.quantity / 100:g} %"


def date(row: Record, calendar: Calendar) -> str:
    """A latest date and between which it lies; or why there is none."""
    if row["needless"]:
        return "not needed"
    latest = "not even at once" if row["latest_day"] is None else calendar.iso(row["latest_day"])
    sure, most = ("none" if row[end] is None else calendar.iso(row[end]) for end in ("surely_day", "at_most_day"))
    return latest if sure == most else f"{latest} ({sure} to {most})"


def alone(finding: Finding, found: Sequence[Decision]) -> bool:
    """Whether all are purchases, each with no limit left but the one that it is to relieve."""
    limits = limits_left(finding)
    return all(of.decision in PURCHASES and len(limits.get(of.decision, ())) == 1 for of in found)


def limits_left(finding: Finding) -> Mapping[str, Sequence[str]]:
    """Kind of decision -> the limits that held; findings of the first months do not say it."""
    left: Mapping[str, Sequence[str]] = finding.about.get("limits", {})
    return left


def title(finding: Finding, found: Sequence[Decision]) -> str:
    """What is asked for first, and how many decisions are beyond any day."""
    said = _title(finding, found)
    return f"With no other limit, {wording.inside(said)}" if alone(finding, found) else said


def _title(finding: Finding, found: Sequence[Decision]) -> str:
    wanted = _middle(finding)
    percent = f"{100 * wanted:.0f} %"
    open_ = [
        (row["latest_day"], of)
        for of in found
        for row in of.dates
        if row["confidence"] == wanted and not row["needless"]
    ]
    if not open_:
        which = "None of the decisions" if len(found) > 1 else "The decision"
        return f"{which} is {'' if len(found) > 1 else 'not '}needed for {percent}"
    late = [of for day, of in open_ if day is None]
    dated = [(day, of) for day, of in open_ if day is not None]
    if not dated:
        return _beyond(finding, late, len(open_), percent)
    day, of = min(dated, key=lambda each: each[0])
    due = wording.long_date(day, calendar_of(finding))
    latest = f"due by {due}: {what(of)}, {name_of(finding, of)}"
    if not late:
        return f"For {percent}, the first decision is {latest}"
    return f"{_beyond(finding, late, len(open_), percent)}; the first of the others is {latest}"


def _beyond(finding: Finding, late: Sequence[Decision], asked: int, percent: str) -> str:
    """How many decisions do not keep the chance on any day; one that is alone is named."""
    if len(late) == asked == 1:
        return f"Even at once it does not keep {percent}: {what(late[0])}, {name_of(finding, late[0])}"
    do = "does" if len(late) == 1 else "do"
    return f"Even at once {len(late)} of {asked} decisions {do} not keep {percent}"


def _middle(finding: Finding) -> float:
    """80 % where it was asked about, else the middle one."""
    asked: Sequence[float] = finding.about["confidences"]
    return 0.8 if 0.8 in asked else asked[len(asked) // 2]
