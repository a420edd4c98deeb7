"""The home industry of one run: every firm, line, source, window and request, and what a policy may do there.

Built only where the scenario has firms; without any, the engine does what it did before.

Why: one place to see what home production consists of, and one door through which a policy reaches it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.engine.entries.home import LineStopped, SourceQualified, Subsidised, ToolingCame
from sim.engine.entries.home_buys import HomeBuy, HomeTerms
from sim.engine.home.exports import Exports
from sim.engine.home.firm import Firm
from sim.engine.home.line import Line
from sim.engine.home.parts import Source
from sim.engine.home.purchases import Purchases
from sim.engine.home.windows import PartWindows
from sim.engine.ladder import Rung
from sim.engine.world import World
from sim.policy.observation import BuyParts, BuyTooling, Qualify, SetTerms, Subsidise
from sim.scenario.resolved import Shock
from sim.units import share_of

TOOLING_RANK, QUALIFIED_RANK = 1 << 43, 1 << 43


class Industry:
    """Home production."""

    def __init__(self, world: World) -> None:
        scenario = world.scenario
        self._world = world
        self.windows = PartWindows(world, self._look_again)
        self._sources = {
            source.id: Source(world, source, place, self.windows)
            for place, source in enumerate(scenario.part_sources.values())
        }
        self.firms = {id: Firm(world, id, place, self._sources) for place, id in enumerate(scenario.firms)}
        self.lines: dict[str, Line] = {}
        for place, offer in enumerate(scenario.offers.values()):
            if offer.line is not None:
                firm = self.firms[offer.line.firm]
                self.lines[offer.id] = line = Line(world, offer, place, firm)
                firm.lines.append(line)
        self.purchases = Purchases(world)
        self._exports = Exports(world, self.lines)
        self._development_line: str | None = None
        self._tooling_bought: dict[str, int] = {}
        self._bought: set[tuple[str, str]] = set()

    def open(self) -> None:
        """Lines that run are ready; windows and requests are on the ladder."""
        self.windows.open()
        self._exports.open()
        for line in self.lines.values():
            line.opening.open()

    def _look_again(self) -> None:
        for source in self._sources.values():
            source.look_again()

    def develop(self, offer: str, yen: int, begin: Callable[[], None]) -> None:
        """A type's development begins when its money is there."""
        if self._development_line is None or not yen:
            begin()
        else:
            self.purchases.add(f"development of {offer}", self._development_line, yen, begin)

    # -- what a policy does

    def set_terms(self, terms: SetTerms) -> None:
        """Standing terms of a policy: stock to keep, exports let in, the line that pays for development."""
        self._world.ledger.append(HomeTerms(self._world.days.today, terms.export_share))
        self._development_line = terms.development_line
        for firm in self.firms.values():
            firm.safety_months = dict(terms.safety_months)
            firm.export_cap = terms.export_share

    def subsidise(self, decision: Subsidise) -> None:
        """Pay a share of a line's capital."""
        line = self.lines[decision.offer]

        def paid() -> None:
            line.opening.subsidy = max(line.opening.subsidy, decision.share)
            self._world.ledger.append(Subsidised(self._world.days.today, decision.offer, line.opening.subsidy))

        yen = share_of(self._world.future.whole(line.terms.capital_yen), decision.share)
        self._buy("a subsidy", decision.offer, decision.line, decision.share, yen, paid)

    def buy_tooling(self, decision: BuyTooling) -> None:
        """Buy tooling steps; each comes after a lead of its own."""
        line = self.lines[decision.offer]
        step = line.terms.step
        if step is None:
            return
        number = self._tooling_bought.get(decision.offer, 0)
        self._tooling_bought[decision.offer] = number + 1

        def paid() -> None:
            world = self._world
            lead = max(1, world.draw(step.lead, f"tooling_lead/{decision.offer}", number))
            place = list(self.lines).index(decision.offer)
            rank = TOOLING_RANK + (place << 16) + number
            world.days.call(world.days.today + lead, Rung.CAPACITY, rank, lambda _: come())

        def come() -> None:
            slots = step.slots * decision.steps
            self._world.ledger.append(ToolingCame(self._world.days.today, decision.offer, slots))
            line.slots_come(slots)

        yen = self._world.future.whole(step.yen) * decision.steps
        self._buy("tooling", decision.offer, decision.line, decision.steps, yen, paid)

    def qualify(self, decision: Qualify) -> None:
        """Qualify the second source of a family for a product."""
        world, line = self._world, self.lines[decision.offer]
        family = world.scenario.part_families[decision.family]
        if family.second_source is None or family.qualification is None:
            return
        yen = 0 if family.qualification_yen is None else world.future.whole(family.qualification_yen)
        qualification = family.qualification

        def paid() -> None:
            days = world.draw(qualification, f"qualification/{decision.offer}:{decision.family}", 0)
            places = list(self.lines).index(decision.offer), list(world.scenario.part_families).index(decision.family)
            rank = QUALIFIED_RANK + (places[0] << 16) + places[1]
            world.days.call(world.days.today + max(1, days), Rung.RESULT, rank, lambda _: counts())

        def counts() -> None:
            world.ledger.append(SourceQualified(world.days.today, decision.offer, decision.family))
            line.costing.second_share[decision.family] = decision.share

        self._buy("a second source", decision.offer, decision.line, decision.share, yen, paid, decision.family)

    def buy_parts(self, decision: BuyParts) -> None:
        """Buy parts for so many weeks of expected need ahead of any order, at the sources' prices."""
        world, line = self._world, self.lines[decision.offer]
        units = line.planned_units(decision.weeks * 7)
        wanted = [part for part in line.terms.kit if part.family in decision.families and part.pieces * units]
        families = world.scenario.part_families
        yen = sum(
            part.pieces * units * line.costing.piece_yen(part.family, families[part.family].first_source)
            for part in wanted
        )

        def paid() -> None:
            for part in wanted:
                share = line.costing.second_share.get(part.family, 0)
                line.firm.order_parts("military", families[part.family], part.pieces * units, share)

        if wanted:
            self._buy("parts ahead of orders", decision.offer, decision.line, decision.weeks, yen, paid)

    def _buy(
        self, what: str, offer: str, line: str, size: int, yen: int, act: Callable[[], None], family: str = ""
    ) -> None:
        self._bought.add((what, offer))
        name = f"{what} for {offer}" + (f" ({family})" if family else "")
        self._world.ledger.append(HomeBuy(self._world.days.today, what, family, size, offer, line))
        self.purchases.add(name, line, yen, act)

    # -- what a policy may see

    def ready_in(self, offer: str) -> int | None:
        """Days until a line should be ready: 0 when it is, at least 1 while it opens, None before it is opened."""
        line = self.lines[offer]
        if line.is_ready:
            return 0
        return max(1, line.opening.promised_day - self._world.days.today) if line.opening.ordered else None

    def commitment(self, offer: str) -> int:
        """Units that a firm asks for before it opens a line; 0 once it has agreed."""
        opening = self.lines[offer].opening
        return 0 if opening.ordered or opening.ready else opening.asked()

    def built(self, offer: str) -> int:
        """Units that a line has built."""
        return self.lines[offer].built

    def has_bought(self, what: str, offer: str) -> bool:
        """Whether the policy has decided on such a purchase."""
        return (what, offer) in self._bought

    # -- shocks

    def stop_busiest(self, shock: Shock) -> None:
        """The line with most units waiting or under way, of those a shock names, stands still."""
        ready = [line for id, line in self.lines.items() if id in shock.subjects and line.is_ready]
        if not ready:
            return
        busiest = max(ready, key=lambda line: line.units_ahead())
        until = self._world.days.today + shock.size
        self._world.ledger.append(LineStopped(self._world.days.today, busiest.offer.id, until))
        busiest.firm.lose_parts(busiest, shock.stock_lost_months)
        busiest.stop(until)


def quotes(lines: Mapping[str, Line]) -> dict[str, int]:
    """A unit's price of each line's first lot, yen: what a buyer is told at the start."""
    return {id: line.costing.price(0, line.offer.lot) // line.offer.lot for id, line in lines.items()}
