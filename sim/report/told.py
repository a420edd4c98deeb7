"""Numbers of stored findings in words: shares, points, sums and days, each with its interval and what it rests on.

A number without an interval says why it has none.

Why: a table of a finding and the caption of its chart must read one stored row in one way.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sim.calendar import Calendar
from sim.report import wording
from sim.store.finding import Finding
from sim.study.statistics import Interval

Record = Mapping[str, Any]
NONE: Final = "none: "
CERTAIN: Final = ("identical", "exact")
"""How the kinds begin that no further run could change."""


def interval_of(record: Record) -> Interval:
    """The estimate that a row holds."""
    return Interval(*(record[column] for column in ("value", "low", "high", "n", "N", "level", "kind")))


def only(finding: Finding, grid: str, **wanted: Any) -> list[dict[str, Any]]:
    """Rows of a table in which these columns have these values."""
    rows = finding.grids[grid].records() if grid in finding.grids else []
    return [row for row in rows if all(row[column] == value for column, value in wanted.items())]


def calendar_of(finding: Finding) -> Calendar:
    """The calendar of the finding's scenario."""
    return Calendar(datetime.date.fromisoformat(finding.about["start"]))


def told(found: Interval, number: Callable[[float], str]) -> str:
    """An estimate with its interval, or why it has none.

    >>> told(Interval(0.25, 0.2, 0.31, 300, 300, 0.95, "wilson"), percent)
    '25.0 % (20.0 to 31.0)'
    >>> told(Interval(0.0, None, None, 9, 9, 0.95, "none: never varied"), percent)
    '0.0 % (never varied)'
    """
    if found.value is None:
        return f"– ({found.kind.removeprefix(NONE)})" if found.kind.startswith(NONE) else wording.NOTHING
    value = number(found.value)
    if found.low is None and found.high is None:
        return f"{value} ({found.kind.removeprefix(NONE)})"
    if found.kind.startswith(CERTAIN):
        return f"{value} (exactly)"
    low, high = ("…" if end is None else bare(number(end)) for end in (found.low, found.high))
    return f"{value} ({low} to {high})"


def bare(number: str) -> str:
    """A number without its unit, which stands before it.

    >>> bare("25.0 %"), bare("¥3.2 bn"), bare("−¥3.2 bn"), bare("+4.1 points")
    ('25.0', '3.2', '−3.2', '+4.1')
    """
    return number.replace("¥", "").split(" ")[0]


def percent(share: float) -> str:
    """A share in percent."""
    return f"{wording.percent(share)} %"


def points(share: float) -> str:
    """A difference of shares in points, signed.

    >>> points(0.0412), points(-0.3), points(0.0)
    ('+4.1 points', '−30.0 points', '0.0 points')
    """
    rounded = round(100 * share, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):.1f} points"


def hundredths(share: float) -> str:
    """A difference of shares in points, signed, with two decimals.

    >>> hundredths(0.00412), hundredths(-0.00001)
    ('+0.41 points', '0.00 points')
    """
    rounded = round(100 * share, 2)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):.2f} points"


def yen(amount: float) -> str:
    """Yen in billions."""
    return wording.billions(amount)


def units(number: float) -> str:
    """A count.

    >>> units(1234.4), units(-0.2), units(-3)
    ('1,234', '0', '−3')
    """
    return f"{round(number):,}".replace("-", "−")


def rests_on(records: Iterable[Record], finding: Finding) -> str:
    """What the numbers rest on: futures, seed, and the procedures of their intervals, which are shown."""
    found = [interval_of(record) for record in records]
    kinds = [each for each in found if not each.kind.startswith(NONE)]
    how = (
        f"; intervals {100 * (kinds[0].level if kinds else 0.95):.0f} % ({wording.procedures(kinds)})" if kinds else ""
    )
    return f"{_counts(found, finding)}{how}."


def rests_on_futures(records: Iterable[Record], finding: Finding) -> str:
    """The same of numbers whose intervals are not shown: futures and seed."""
    return f"{_counts([interval_of(record) for record in records], finding)}."


def _counts(found: Sequence[Interval], finding: Finding) -> str:
    done = sorted({each.n for each in found}) or [0]
    asked = int(finding.about["replications"])
    counted = wording.runs(done[-1], asked) if len(done) == 1 else f"{done[0]:,} to {done[-1]:,} of {asked:,} futures"
    return f"{counted}; seed {finding.about['seed']}"


def title_of(finding: Finding, kind: str, id: str) -> str:
    """The title of a policy, mission or the like; its id where it has none."""
    return str(finding.about["titles"].get(kind, {}).get(id, id))


def short_titles(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles up to their first aside, whole where two would be alike."""
    short = {id: _until_aside(title) for id, title in titles.items()}
    alike = [name for name in short.values() if list(short.values()).count(name) > 1]
    return {id: titles[id] if name in alike else name for id, name in short.items()}


def _until_aside(title: str) -> str:
    for mark in ":,(":
        title = title.split(mark)[0]
    return title.strip() or title


def listed_titles(titles: Sequence[str], most: int = 3) -> str:
    """Several titles in quotation marks; beyond so many they are counted.

    >>> listed_titles(["a", "b"]), listed_titles(["a", "b", "c", "d"], 2)
    ('“a” and “b”', '“a”, “b” and 2 others')
    """
    quoted = [f"“{title}”" for title in titles]
    if len(quoted) > most:
        rest = len(quoted) - most
        quoted = [*quoted[:most], f"{rest} other{'s' if rest > 1 else ''}"]
    return wording.listed(quoted)
