"""The words of this page, each with its one meaning.

They are the model's own; none is used here in another sense.

Why: half of all quarrels about a number are about a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.report.material import Material
from sim.report.picture import Picture

TITLE: Final = "The words"
WORDS: Final = (
    ("acceptance", "the test of each lot after it has arrived; here also the wait for the approval of its type"),
    ("authority", "money that may be promised in a fiscal year, on a contract basis"),
    ("carried over", "the part of a year’s authority that may be used for one more year"),
    ("chance", "the share of the futures in which a mission has its target in service at the end of its due day"),
    ("fiscal year", "FY2027 runs from 1 April 2027 to 31 March 2028"),
    ("future", "everything the buyer does not choose, fixed before the clock starts: parameters and luck"),
    ("horizon", "the last day of the simulation; what has not happened by then is counted as not having happened"),
    ("in service", "accepted, approved, crewed and carried to its base"),
    ("interval", "where the value for endless futures would lie, as far as the number of futures run can say"),
    ("lapsed", "authority that was neither promised nor carried over when its year closed"),
    ("line", "a budget line: an authority for each fiscal year, and the missions it may pay for"),
    ("median, P50", "half of the futures lie at or below it"),
    ("mission", "a role with a required quantity and a due date"),
    ("obligated", "promised by signature"),
    ("outlays", "money paid"),
    ("owed", "what was due and could not be charged to any authority; it is taken first from the next appropriation"),
    ("P10, P90", "one in ten futures lies at or below P10, nine in ten at or below P90"),
    ("policy", "everything the buyer chooses: a rule and its levers, or a list of dated orders"),
    ("run", "what happened when one policy met one future"),
    ("Student t, Wilson, order statistics", "the procedures for intervals of means, of chances and of quantiles"),
    ("target", "the units a mission wants by its due day; where it differs between futures, each is judged by its own"),
    (
        "weighted fulfilment",
        "the mean over missions of the share of the target in service when due, at most 1, by weight",
    ),
)


def content(material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
    """The words in order."""
    return {"words": WORDS}
