"""How numbers are told: the same number in the same words everywhere."""

from __future__ import annotations

import datetime
import time

from sim.calendar import Calendar
from sim.cli.bar import Bar
from sim.report import wording
from sim.study.answer import Estimates
from sim.study.shortfall import MISSING_PLACES, TOO_LOW
from sim.study.statistics import Interval, wilson

CALENDAR = Calendar(datetime.date(2025, 4, 1))


def interval(value: float | None, kind: str = "order statistics") -> Interval:
    return Interval(value, None, None, 5, 5, 0.95, kind)


def test_every_place_has_words():
    assert set(wording.PLACES) == {*MISSING_PLACES, TOO_LOW}


def test_a_day_beyond_the_horizon_is_not_a_day():
    assert wording.day_or_not(interval(1095), CALENDAR, 1095) == "2028-03-31"
    assert wording.day_or_not(interval(1096), CALENDAR, 1095) == "not by 2028-03-31"
    assert wording.day_or_not(interval(None), CALENDAR, 1095) == "–"


def test_a_chance_is_told_with_its_interval_and_how_often():
    assert wording.chance(wilson(81, 263)) == "30.8 % (25.5–36.6)"
    assert wording.times(wilson(81, 263)) == "81 of 263"
    assert wording.times(wilson(81, 263, 265)) == "81 of 263, 2 failed"
    assert wording.chance(wilson(0, 0, 3)) == "–"
    assert wording.times(wilson(0, 0, 3)) == "0 of 0, 3 failed"
    assert wording.chance(interval(0.5, "none: 3 complete blocks of 64, 10 needed")) == "50.0 % (no interval)"


def test_a_spread_that_is_none_is_one_number():
    same, differ = Estimates(3, "independent").spread([7, 7, 7]), Estimates(3, "independent").spread([1000, 2000, 3000])
    assert (wording.spread(same), wording.spread(differ)) == ("7", "2,000 (1,000–3,000)")
    assert wording.money(Estimates(2, "independent").spread([])) == ("–", "–")


def test_the_bar_is_silent_where_there_is_no_terminal(capsys, monkeypatch):
    monkeypatch.setattr("sim.cli.bar.QUIET_SECONDS", 0.0)
    with Bar() as bar:
        bar.told(3, 10, 1)
        time.sleep(0.2)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
