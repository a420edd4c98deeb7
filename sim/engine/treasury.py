"""The treasury: each line's authority, what is reserved and obligated of it, and what it owes.

Authority is spent carried-over first, never twice, and never beyond what there is but for the debt of R12; every
yen that moves is in the ledger, so R13 can be added up from there.

Why: money that expires on 31 March is half of the planner's problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sim.engine.entries import (
    Appropriated,
    CarriedIn,
    CarriedOut,
    Charged,
    Entry,
    Gained,
    Lapsed,
    Obligated,
    Owed,
    Paid,
    Released,
    Reserved,
    Returned,
    Settled,
    Used,
)
from sim.errors import OursError
from sim.rules.money import charge, close_year, take


class Claim(NamedTuple):
    """A hold on authority: of which line and year, and out of which pot."""

    line: str
    fiscal_year: int
    carried_yen: int
    fresh_yen: int

    @property
    def yen(self) -> int:
        """The whole hold."""
        return self.carried_yen + self.fresh_yen


class Account:
    """One line in one fiscal year."""

    __slots__ = ("appropriated", "carried", "carry_share", "debt", "fiscal_year", "fresh", "open")

    def __init__(self, fiscal_year: int, carry_share: int) -> None:
        self.fiscal_year = fiscal_year
        self.carry_share = carry_share
        self.appropriated = 0
        self.fresh = 0
        self.carried = 0
        self.debt = 0
        self.open = False


class Treasury:
    """All lines of one run."""

    def __init__(self, carry_shares: Mapping[str, int], fiscal_year: int, ledger: list[Entry], limitless: bool) -> None:
        self._accounts = {line: Account(fiscal_year, share) for line, share in carry_shares.items()}
        self._enter = ledger.append
        self._limitless = limitless
        self.spent: dict[tuple[str, str], int] = {}
        """(line, mission) -> yen held for the mission from the line in its current year; for the ``shares`` rule."""

    # -- the year's course

    def appropriate(self, day: int, line: str, yen: int) -> None:
        """New authority; an open debt is taken from it first (R12)."""
        account = self._accounts[line]
        account.appropriated += yen
        account.fresh += yen
        self._enter(Appropriated(day, line, account.fiscal_year, yen))
        self._settle(day, line, account)

    def _settle(self, day: int, line: str, account: Account) -> None:
        settled = min(account.debt, account.fresh)
        if settled:
            account.debt -= settled
            account.fresh -= settled
            self._enter(Settled(day, line, account.fiscal_year, settled))

    def open_year(self) -> None:
        """The budget has passed: authority can be used (R9)."""
        for account in self._accounts.values():
            account.open = True

    def close(self, day: int, next_day: int) -> None:
        """Close the year on 31 March (``day``) and carry over into the next (R11). Reservations are released before."""
        self.spent.clear()
        for line, account in self._accounts.items():
            carried_out, lapsed = close_year(account.fresh, account.appropriated, account.carry_share, account.carried)
            if lapsed:
                self._enter(Lapsed(day, line, account.fiscal_year, lapsed))
            if carried_out:
                self._enter(CarriedOut(day, line, account.fiscal_year, carried_out))
            account.fiscal_year, account.carried, account.fresh = account.fiscal_year + 1, carried_out, 0
            account.appropriated, account.open = 0, False
        # All lines close on 31 March before any opens on 1 April: the ledger's days never run backwards.
        for line, account in self._accounts.items():
            if account.carried:
                self._enter(CarriedIn(next_day, line, account.fiscal_year, account.carried))

    # -- holds

    def free(self, line: str) -> int:
        """Yen that may be promised today; nothing before the budget passes."""
        account = self._accounts[line]
        if not account.open:
            return 0
        return account.carried + account.fresh

    def appropriated(self, line: str) -> int:
        """The line's appropriation of the current year so far."""
        return self._accounts[line].appropriated

    def is_open(self, line: str) -> bool:
        """Whether the year's budget has passed."""
        return self._accounts[line].open

    def _hold(self, day: int, line: str, yen: int) -> Claim:
        account = self._accounts[line]
        if self._limitless:
            self._give_what_is_missing(day, line, account, yen)
        from_carried, from_fresh = take(account.carried, account.fresh, yen)
        account.carried -= from_carried
        account.fresh -= from_fresh
        return Claim(line, account.fiscal_year, from_carried, from_fresh)

    def _give_what_is_missing(self, day: int, line: str, account: Account, yen: int) -> None:
        """Where money is no limit (R38), what is missing is given, and the books say so."""
        missing = yen - account.carried - account.fresh
        if missing > 0:
            account.fresh += missing
            account.appropriated += missing
            self._enter(Appropriated(day, line, account.fiscal_year, missing))

    def reserve(self, day: int, order: str, mission: str, line: str, yen: int) -> Claim:
        """Set authority aside (R10)."""
        claim = self._hold(day, line, yen)
        self._note_spent(line, mission, yen)
        self._enter(Reserved(day, order, line, claim.fiscal_year, yen))
        return claim

    def release(self, day: int, order: str, mission: str, claim: Claim) -> None:
        """Give a reservation back to its pots; it must be of the current year."""
        self._give_back(claim)
        self._note_spent(claim.line, mission, -claim.yen)
        self._enter(Released(day, order, claim.line, claim.fiscal_year, claim.yen))

    def _give_back(self, claim: Claim) -> None:
        account = self._accounts[claim.line]
        if account.fiscal_year != claim.fiscal_year:
            raise OursError(f"a hold of FY{claim.fiscal_year} on {claim.line} outlived its year")
        account.carried += claim.carried_yen
        account.fresh += claim.fresh_yen

    def _note_spent(self, line: str, mission: str, yen: int) -> None:
        self.spent[line, mission] = self.spent.get((line, mission), 0) + yen

    def obligate(
        self, day: int, order: str, mission: str, line: str, yen: int, held: Claim | None, *, forced: bool = False
    ) -> Claim:
        """Sign for ``yen``: the reservation, if any, is given up for the obligation (R10).

        ``forced``: the signature is history, so what the line lacks is owed instead (R8, R12).
        """
        if held is not None:
            self._give_back(held)
            self._note_spent(line, mission, -held.yen)
        account = self._accounts[line]
        missing = yen - account.carried - account.fresh
        if forced and missing > 0 and not self._limitless:
            account.debt += missing
            self._enter(Owed(day, order, line, missing))
            yen -= missing
        claim = self._hold(day, line, yen)
        self._note_spent(line, mission, yen)
        self._enter(Obligated(day, order, line, claim.fiscal_year, yen))
        return claim

    def take_over(self, day: int, order: str, line: str, fiscal_year: int, yen: int) -> Claim:
        """A contract signed before the start: authority of its own, closed year covers it whole (R8)."""
        self._enter(Appropriated(day, line, fiscal_year, yen))
        self._enter(Obligated(day, order, line, fiscal_year, yen))
        return Claim(line, fiscal_year, 0, yen)

    def give_back_obligation(self, day: int, order: str, mission: str, claim: Claim, yen: int) -> None:
        """Return part of a cancelled obligation to its own year: free if alive, lapsed if closed (R11)."""
        account = self._accounts[claim.line]
        self._enter(Returned(day, order, claim.line, claim.fiscal_year, yen))
        if account.fiscal_year != claim.fiscal_year:
            self._enter(Lapsed(day, claim.line, claim.fiscal_year, yen))
            return
        self._note_spent(claim.line, mission, -yen)
        to_fresh = min(yen, claim.fresh_yen)
        account.fresh += to_fresh
        account.carried += yen - to_fresh

    def use(self, day: int, name: str, line: str, yen: int) -> int:
        """Obligate and pay for something that serves no mission; at most what is free. Returns the yen used."""
        used = min(yen, self.free(line)) if not self._limitless else yen
        if used:
            claim = self._hold(day, line, used)
            self._enter(Used(day, name, line, claim.fiscal_year, used))
        return used

    # -- outlays

    def pay(self, day: int, order: str, claim: Claim, planned_yen: int, actual_yen: int) -> None:
        """Pay, and book the difference from the plan: charged, owed, or gained (R12)."""
        self._enter(Paid(day, order, claim.line, claim.fiscal_year, planned_yen, actual_yen))
        difference = actual_yen - planned_yen
        if difference < 0:
            self._enter(Gained(day, order, claim.line, -difference))
        elif difference > 0:
            self.charge(day, order, claim.line, difference)

    def charge(self, day: int, order: str, line: str, loss_yen: int) -> None:
        """Charge a loss to the line's free authority; owe what does not fit (R12)."""
        account = self._accounts[line]
        if self._limitless:
            self._give_what_is_missing(day, line, account, loss_yen)
        charged, owed = charge(loss_yen, loss_yen if self._limitless else self.free(line))
        if charged:
            from_carried, from_fresh = take(account.carried, account.fresh, charged)
            account.carried -= from_carried
            account.fresh -= from_fresh
            self._enter(Charged(day, order, line, account.fiscal_year, charged))
        if owed:
            account.debt += owed
            self._enter(Owed(day, order, line, owed))
