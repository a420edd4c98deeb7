"""Exchange rates and budget rates of one run.

A rate moves on the first of a month and holds inside it; nothing moves before ``as_of``, since the past is given.

Why: an order is planned at one rate, paid at another, and the difference has to come from somewhere.
"""

from __future__ import annotations

from sim.engine.entries import BudgetRate, Entry, ExchangeRate
from sim.future import Future
from sim.rules.money import cholesky, exchange_step, mean_rate
from sim.scenario.resolved import Scenario, Shock
from sim.units import RATE_SCALE

YEN = "JPY"


class Market:
    """What the yen is worth, day by day."""

    def __init__(self, scenario: Scenario, future: Future, ledger: list[Entry]) -> None:
        self._scenario = scenario
        self._future = future
        self._enter = ledger.append
        self._ids = tuple(id for id in scenario.currencies if id != YEN)
        self._factor = _factor_of(scenario, self._ids)
        self._history: dict[str, list[int]] = {}
        """Currency -> rate of each month since the start's month, as if nothing ever pinned it."""
        self._moves: dict[str, tuple[int, int]] = {}
        """Currency -> its volatility and drift, basis points a year."""
        self._in_force: dict[str, list[int]] = {}
        """The same with pins."""
        self._planning: dict[tuple[str, int], int] = {}
        self.minor_per_major = {id: each.minor_per_major for id, each in scenario.currencies.items()} | {YEN: 1}
        """Currency -> minor units in a major one."""
        for id in self._ids:
            self._history[id] = [future.whole(scenario.currencies[id].rate_at_start)]
            self._in_force[id] = list(self._history[id])
            currency = scenario.currencies[id]
            self._moves[id] = (future.whole(currency.volatility), future.whole(currency.drift))
        self._pins: dict[str, list[Shock]] = {id: [] for id in self._ids}
        """Currency -> the shocks that hold its rate; the last to strike is in force."""

    def open(self) -> None:
        """Publish the rates of the first day."""
        for id in self._ids:
            self._enter(ExchangeRate(0, id, self._history[id][0]))

    def rate(self, currency: str) -> int:
        """Today's market rate in 1/10,000 yen per major unit."""
        if currency == YEN:
            return RATE_SCALE
        pins = self._pins[currency]
        return pins[-1].size if pins else self._history[currency][-1]

    def step(self, day: int, month: int) -> None:
        """The first of a month: every rate takes its step, correlated as the scenario says."""
        moves = day > self._scenario.clock.as_of_day
        scores = [self._future.normal(f"exchange/{id}", month) for id in self._ids] if moves else []
        size = len(self._ids)
        for place, id in enumerate(self._ids):
            rate = self._history[id][-1]
            if moves:
                score = 0.0
                for k in range(place + 1):
                    score += self._factor[place * size + k] * scores[k]
                rate = exchange_step(rate, *self._moves[id], score)
            self._history[id].append(rate)
            self._in_force[id].append(self.rate(id))
            if moves and not self._pins[id]:
                self._enter(ExchangeRate(day, id, rate))

    def hold(self, day: int, shock: Shock) -> None:
        """A shock pins a rate."""
        for id in shock.subjects:
            self._pins[id].append(shock)
            self._enter(ExchangeRate(day, id, shock.size))

    def let_go(self, day: int, shock: Shock) -> None:
        """A shock's pin ends; an older pin, or the path underneath, is in force again."""
        for id in shock.subjects:
            before = self.rate(id)
            self._pins[id].remove(shock)
            if self.rate(id) != before:
                self._enter(ExchangeRate(day, id, self.rate(id)))

    def draft(self, day: int, fiscal_year: int) -> None:
        """Fix the budget rate of a year: as stated, or the mean of the three months before the draft's (R10)."""
        for id in self._ids:
            stated = self._scenario.currencies[id].planning_rates.get(fiscal_year)
            rate = mean_rate(self._in_force[id][-4:-1]) if stated is None else self._future.whole(stated)
            self._planning[id, fiscal_year] = rate
            self._enter(BudgetRate(day, id, fiscal_year, rate))

    def budget_rate(self, currency: str, fiscal_year: int) -> int:
        """The planning rate of a year; of a year before the start, as stated, else the rate at the start (R8)."""
        if currency == YEN:
            return RATE_SCALE
        known = self._planning.get((currency, fiscal_year))
        if known is not None or fiscal_year >= self._scenario.clock.calendar.fiscal_year(0):
            return self._planning[currency, fiscal_year]
        stated = self._scenario.currencies[currency].planning_rates.get(fiscal_year)
        return self._history[currency][0] if stated is None else self._future.whole(stated)

    def budget_rates(self) -> dict[tuple[str, int], int]:
        """Every planning rate published so far."""
        return self._planning


def _factor_of(scenario: Scenario, ids: tuple[str, ...]) -> tuple[float, ...]:
    """The lower triangle, row by row, that turns independent scores into correlated ones."""
    pairs = scenario.exchange_correlations
    matrix = [1.0 if a == b else pairs.get((min(a, b), max(a, b)), 0) / 10_000 for a in ids for b in ids]
    return cholesky(matrix, len(ids)) if ids else ()
