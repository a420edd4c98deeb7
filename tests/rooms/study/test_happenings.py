"""What the world does, in words: shocks, prices and windows are told as they are."""

from __future__ import annotations

import dataclasses

from sim.engine.shocks import Conditions
from sim.scenario.load import load
from sim.study.happenings import price_in_words, shock_in_words, windows_drawn
from sim.study.replay import Titles, future_of, run_in, sentences
from tests.rooms.study.handmade import TOP, tiny

TINY = tiny().scenario


def test_every_shock_of_the_scenarios_is_told_by_what_it_does():
    files = sorted((TOP / "scenarios" / "shocks").glob("*.yaml"))
    scenario = load(TOP / "scenarios" / "fy2027_baseline.yaml", files).scenario  # all of them laid over it at once
    named = Titles(scenario).name
    told = {shock.id: named(shock.id) for shock in scenario.shocks}
    assert len(told) >= len(files)
    assert told["yen_175"] == "the USD is held at 175.00 yen (yen_175)"
    assert all(said.endswith(f" ({id})") and len(said) > 2 * len(id) for id, said in told.items())


def test_a_kind_without_words_of_its_own_is_told_with_what_it_strikes():
    (shock,) = load(
        TOP / "scenarios" / "fy2027_baseline.yaml", [TOP / "scenarios" / "shocks" / "targets_raised.yaml"]
    ).scenario.shocks[:1]
    odd = dataclasses.replace(shock, kind="part_flow", subjects=("motor",))
    assert shock_in_words(odd, str.upper) == f"part flow of MOTOR ({shock.id})"


def test_a_price_is_told_in_its_own_currency():
    assert price_in_words(TINY, "tb2_baykar", 1_130_000_050) == "USD 11,300,000.50"
    assert price_in_words(TINY, "drone40_defendtex", 9_164_022) == "¥9,164,022"


def test_windows_are_told_as_the_works_draw_them(monkeypatch):
    seen = {}
    drawn = Conditions._drawn

    def spy(self, id):
        seen[id] = drawn(self, id)
        return seen[id]

    monkeypatch.setattr(Conditions, "_drawn", spy)
    compared = 0
    for number in range(20):
        seen.clear()
        future = future_of(TINY, 1, "judge", number)
        run_in(future, "typed")
        for id, windows in seen.items():
            assert list(windows_drawn(TINY, future, id)) == windows
            compared += len(windows)
    assert compared >= 10


def test_a_window_stands_among_the_sentences_on_its_days():
    # the first future in which Turkey's window opens and closes inside the horizon
    for number in range(20):
        future = future_of(TINY, 1, "judge", number)
        windows = list(windows_drawn(TINY, future, "war_turkey"))
        if windows and windows[0][1] <= TINY.clock.horizon_day:
            break
    first, after, factor = windows[0]
    iso = TINY.clock.calendar.iso
    told = list(sentences(run_in(future, "typed"), future))
    begins = "War need at home or of an ally: the works for TB2 from Baykar make"
    assert f"{iso(first)}  {begins} {factor / 100:g} % of their rate." in told
    assert f"{iso(after)}  It is over: War need at home or of an ally." in told
    assert [sentence[:10] for sentence in told] == sorted(sentence[:10] for sentence in told)
    assert not any("It is over" in sentence for sentence in sentences(run_in(future, "typed")))
