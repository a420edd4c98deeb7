"""The policy that an analysis looks at when none is named: the best of all on search futures of its own.

Why: the futures on which a policy was picked flatter it, so what is said of it afterwards comes from others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sim.scenario.resolved import Scenario
from sim.study.asked import policy_asked
from sim.study.cases import Case
from sim.study.trial import Futures

SEARCH: Final = "search"
LOOKED_AT: Final = 64


def leading(scenario: Scenario, futures: Futures) -> str:
    """The policy with the highest mean fulfilment on at most 64 search futures; the first of those that are level.

    Raises OursError if more runs fail than is put up with.
    """
    names = list(scenario.policies)
    if len(names) == 1:
        return names[0]
    first = replace(futures, purpose=SEARCH, replications=min(LOOKED_AT, futures.replications))
    tried = first.run([Case(name, scenario, name) for name in names])
    return max(names, key=lambda name: tried.mean(name, "fulfilment").value or 0.0)


def policy_or_leading(scenario: Scenario, name: str | None, futures: Futures) -> str:
    """The policy of this name, or the leading one. Raises TheirsError for one that does not exist."""
    return leading(scenario, futures) if name is None else policy_asked(scenario, name).id
