"""What it does not say: the limits of the model and of this study, the counted ones counted.

A limit that can be seen in the scenario or the tables is worked out from them.

Why: a page that only says what it knows is read as if it knew the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sim.report import wording
from sim.report.material import Material
from sim.report.picture import Picture
from sim.scenario.resolved import Scenario

TITLE: Final = "What it does not say"
HOME: Final = "Japan"
ALWAYS: Final = (
    "Only the offers in the scenario can be bought. A maker that is not in it does not exist, and none leaves"
    " unless a shock says so.",
    "It counts units in service. Whether they can be heard, armed, repaired and used together, and what an opponent"
    " does about them, it does not ask.",
    "A policy follows its rule to the end. A ministry that learns, negotiates or changes its mind is not modelled.",
)


def content(material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
    """The limits, one sentence or two each."""
    return {"limits": [*_of_beliefs(material.scenario), *_of_the_study(material), *_of_the_model(material.scenario)]}


def _of_beliefs(scenario: Scenario) -> Iterator[str]:
    uncertain = [fact for fact in scenario.facts if fact.kind != "fixed"]
    assumed = sum(fact.confidence == "assumption" for fact in uncertain)
    yield (
        f"A chance is a share of this model’s futures, not a frequency in the world. {assumed:,} of the scenario’s"
        f" {len(uncertain):,} uncertain numbers rest on an assumption; if they are wrong, so is the chance, and no"
        " interval shows it."
    )
    targets = {f"missions.{mission}.target": mission for mission in scenario.missions}
    guessed = sum(fact.path in targets and fact.confidence == "assumption" for fact in scenario.facts)
    if guessed:
        yield f"{guessed} of {len(targets)} targets are assumptions: no document states them."


def _of_the_study(material: Material) -> Iterator[str]:
    yield (
        "The intervals say how much the number of futures leaves open, and nothing else. More futures make them"
        " narrower and the beliefs no better."
    )
    if len(material.answer.policies) > 1:
        yield (
            "The policies are shown beside each other and not tested against each other. The one shown as leading was"
            " chosen on the futures that it is shown on, which flatters it a little."
        )
    failed = sum(policy.failed for policy in material.answer.policies)
    if failed:
        who = "It" if failed == 1 else "They"
        yield (
            f"{wording.counted(failed, 'run')} failed. {who} may have been harder or easier than the rest; the bounds"
            " allow for both."
        )


def _of_the_model(scenario: Scenario) -> Iterator[str]:
    shocks = wording.listed([shock.id.replace("_", " ") for shock in scenario.shocks])
    if shocks:
        yield f"Of events that strike everybody at once it knows only those that the scenario lists: {shocks}."
    else:
        yield "No shock is laid over this scenario: wars, embargoes and cuts that it does not list do not happen."
    if not any(scenario.suppliers[offer.supplier].country == HOME for offer in scenario.offers.values()):
        yield "None of the offers comes from a maker in Japan: what home industry could add is not in these numbers."
    yield from ALWAYS
