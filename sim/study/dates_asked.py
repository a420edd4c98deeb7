"""Which decisions a planner asks the latest day of: kinds of decisions, offers, alone or inside a plan.

A kind that was named and finds nothing is refused with what there is; nothing named is left out in silence.

Why: fifty decisions of a plan take hours to try, and the meeting is about its three subsidies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sim.errors import TheirsError, nearest
from sim.scenario.resolved import PolicySpec, Scenario
from sim.study.decisions import RELIEVES, decisions_of, purchases_of
from sim.study.orders import ORDER, SIGNING, START, in_the_plan, of_orders, offers_asked
from sim.study.question import Question

ALONE: Final = (ORDER, SIGNING)
"""Kinds that are asked about without a plan."""
INSIDE: Final = (START, *RELIEVES)
"""Kinds that only a policy has."""
_WHERE: Final = "deadlines --decision"


def require_kinds(kinds: Sequence[str], *, planned: bool) -> None:
    """Refuse a kind there is not, or one that is not asked about in this way. Raises TheirsError.

    Parameters
    ----------
    planned
        Whether a policy was named.
    """
    for kind in kinds:
        if kind not in (*ALONE, *INSIDE):
            raise TheirsError(
                f"{_WHERE}: found '{kind}'; expected a kind of decision. {nearest(kind, (*ALONE, *INSIDE))}"
                f" Without a policy: {', '.join(ALONE)}; with --policy NAME: the others."
            )
        if planned and kind in ALONE:
            raise TheirsError(
                f"{_WHERE}: found {kind} and --policy beside it; an {ORDER} and its {SIGNING} are asked about alone."
                f" Leave --policy out, or ask for {START}: the first order on each offer in the plan."
            )
        if not planned and kind in INSIDE:
            raise TheirsError(f"{_WHERE}: found {kind} and no policy; expected --policy NAME, whose {kind} to move.")


def questions_of(
    scenario: Scenario,
    policy: PolicySpec | None,
    offers: Sequence[str],
    quantities: Sequence[int],
    kinds: Sequence[str],
    *,
    inside: bool,
) -> list[Question]:
    """The decisions to try, in the order of the offers and of the plan.

    Parameters
    ----------
    policy
        None: each order alone.
    offers
        Only decisions on these; empty: on all.
    quantities
        Units of an order alone; empty: the smallest.
    kinds
        Only decisions of these kinds; empty: of all.
    inside
        A plan's purchases with every limit as it is.

    Raises TheirsError for an offer, a quantity or a kind there is not, and for a kind of which nothing is found.
    """
    require_kinds(kinds, planned=policy is not None)
    asked = offers_asked(scenario, offers)
    if policy is None:
        every = list(of_orders(scenario, asked, quantities))
    else:
        purchases = (each for each in decisions_of(scenario, policy, inside=inside) if _on(each, offers))
        every = [*in_the_plan(scenario, policy, asked), *purchases]
    for kind in kinds:
        if all(each.kind != kind for each in every):
            raise TheirsError(_none_of(scenario, policy, offers, kind, every))
    return [each for each in every if not kinds or each.kind in kinds]


def _on(purchase: Question, offers: Sequence[str]) -> bool:
    return not offers or purchase.subject in offers


def _none_of(
    scenario: Scenario, policy: PolicySpec | None, offers: Sequence[str], kind: str, every: Sequence[Question]
) -> str:
    of = f" of {', '.join(offers)}" if offers else ""
    there = ", ".join(dict.fromkeys(each.kind for each in every)) or "nothing to decide"
    if policy is None:
        return f"{_WHERE}: found no {kind}{of}; there is {there}."
    others = ", ".join(_policies_with(scenario, offers, kind)) or "none"
    return f"{_WHERE}: found no {kind}{of} in '{policy.id}', which has {there}. Policies that have it: {others}."


def _policies_with(scenario: Scenario, offers: Sequence[str], kind: str) -> Iterator[str]:
    for policy in scenario.policies.values():
        bought = [each.subject for each in purchases_of(policy) if each.kind == kind]
        started = in_the_plan(scenario, policy, offers or tuple(scenario.offers)) if kind == START else ()
        if any(not offers or subject in offers for subject in bought) or any(True for _ in started):
            yield policy.id
