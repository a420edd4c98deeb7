"""The answer in five sentences: how likely, which missions, what is missing, what it costs, how sure.

Each is worked out from the answer alone; a number stands with its interval and with how many futures it rests on.

Why: five sentences are what gets read aloud, so they have to be true by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sim.report import wording
from sim.report.material import Material, or_zero
from sim.study.answer import MissionAnswer, PolicyAnswer, Spread
from sim.study.statistics import Interval


def five_sentences(material: Material) -> tuple[str, str, str, str, str]:
    """What the study says, of its leading policy and of the policies beside each other."""
    if material.answer.replications == 1:
        return of_one_future(material)
    return (
        _how_likely(material),
        _which_missions(material),
        _what_is_missing(material),
        _what_it_costs(material),
        _how_sure(material),
    )


def of_one_future(material: Material) -> tuple[str, str, str, str, str]:
    """What one future says: what happened in it, and that this is no chance."""
    policy, count = material.leading, len(material.answer.policies)
    short = [mission for mission in policy.missions if mission.missing is not None]
    met = len(policy.missions) - len(short)
    which = f", of the {count} policies the one that brings most" if count > 1 else ""
    wanted = f"{wording.percent(or_zero(policy.fulfilment))} % of what is wanted, by weight, is in service when due"
    owed = wording.billions(or_zero(policy.owed.p50)) if policy.owed.p50.value else "nothing"
    return (
        f"In this one future, {wanted} under “{policy.title}”{which}.",
        f"{met or 'None'} of {len(policy.missions)} missions {'is' if met <= 1 else 'are'} in time.",
        _missing_once(material, short),
        f"It costs {wording.billions(or_zero(policy.cost.p50))}; {wording.billions(or_zero(policy.lapsed.p50))} of"
        f" appropriated money lapse unspent, and {owed} is owed at the horizon.",
        "One future says what can happen and not how likely it is: run a few hundred for chances and intervals.",
    )


def _missing_once(material: Material, short: Sequence[MissionAnswer]) -> str:
    if not short:
        return "No mission falls short, so nothing is missing when it is due."
    widest = max(short, key=_gap)
    assert widest.missing is not None, "only missions that fall short are looked at"
    units = wording.counted(widest.missing.of_units, widest.counted_as)
    return (
        f"The widest gap against its target is {_name(material, widest)}, with {units} missing when due, mostly"
        f" {wording.PLACES[widest.missing.place]}."
    )


def told(found: Interval) -> str:
    """An estimate in percent, with its interval and how many futures it rests on.

    >>> told(Interval(0.25, 0.2, 0.31, 47, 50, 0.95, "wilson"))
    '25.0 % (20.0–31.0; 47 of 50)'
    """
    between = f"no interval, {found.kind.removeprefix('none: ')}"
    if found.low is not None and found.high is not None:
        between = f"{wording.percent(found.low)}–{wording.percent(found.high)}"
    return f"{wording.percent(or_zero(found))} % ({between}; {found.n:,} of {found.N:,})"


def _how_likely(material: Material) -> str:
    policy = material.leading
    count = len(material.answer.policies)
    which = f", of the {count} policies the one with the highest mean fulfilment" if count > 1 else ""
    wanted = f"on average {told(policy.fulfilment)} of what is wanted, by weight, is in service when due"
    if policy.joint is None:
        return f"Under “{policy.title}”{which}, {wanted}."
    joint = material.scenario.joint
    all_of = wording.listed([_small(material.missions[mission]) for mission in joint])
    have = wording.inside(wording.so_many(policy.joint, "has", "have"))
    goal = f"all of {all_of}" if len(joint) > 1 else all_of
    return f"Under “{policy.title}”{which}, {have} {goal} in time, {told(policy.joint)}, and {wanted}."


def _which_missions(material: Material) -> str:
    ranked = sorted(material.leading.missions, key=lambda mission: -or_zero(mission.chance))
    first, last = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return f"{material.missions[first.mission]} is in time in {told(first.chance)} of the futures."
    likely = sum(or_zero(mission.chance) >= 0.5 for mission in ranked)
    return (
        f"Of {len(ranked)} missions, {likely or 'none'} {'is' if likely == 1 else 'are'} in time in at least half of"
        f" the futures: the likeliest is {_name(material, first)}, {told(first.chance)}, and the least likely"
        f" {_name(material, last)}, {told(last.chance)}."
    )


def _what_is_missing(material: Material) -> str:
    short = [mission for mission in material.leading.missions if mission.missing is not None]
    if not short:
        return "No mission falls short in any future, so nothing is missing when it is due."
    counts = Counter(mission.missing.place for mission in short if mission.missing is not None)
    places = wording.listed([f"{wording.PLACES[place]} ({_missions(count)})" for place, count in counts.most_common(3)])
    widest = max(short, key=_gap)
    assert widest.missing is not None, "only missions that fall short are looked at"
    units = wording.counted(widest.missing.of_units, widest.counted_as)
    return (
        f"Of the {len(short)} missions that fall short in some future, what is missing when due is mostly {places};"
        f" the widest gap against its target is {_name(material, widest)}, with {units} missing on average, mostly"
        f" {wording.PLACES[widest.missing.place]}, in the {widest.missing.runs:,} of"
        f" {widest.deployed.p50.n:,} futures that fall short."
    )


def _what_it_costs(material: Material) -> str:
    policy = material.leading
    return (
        f"Half of the futures cost no more than {_money(policy.cost)}; {_money(policy.lapsed)} of appropriated money"
        f" lapse unspent in the middle one, lines that serve no mission included, and {_owed(policy)}"
        f" ({wording.runs(policy.cost.p50.n, policy.cost.p50.N)})."
    )


def _how_sure(material: Material) -> str:
    if len(material.answer.policies) == 1:
        return "Only one policy was run, so this study compares it with no other."
    ranked = sorted(material.answer.policies, key=lambda policy: -or_zero(policy.fulfilment))
    first, last = ranked[0], ranked[-1]
    spread = (
        f"Mean fulfilment runs from {told(last.fulfilment)} under “{last.title}” to {told(first.fulfilment)} under"
        f" “{first.title}”"
    )
    near = _overlapping(first, ranked[1:])
    if near is None:
        return f"{spread}, and with so few futures no interval says how far apart the policies are."
    if not near:
        return f"{spread}, and the interval of the best lies above that of every other policy."
    return (
        f"{spread}; the interval of the best overlaps {_of(near)}, and this page, which compares no pairs, does not"
        " part them."
    )


# -- parts of sentences


def _missions(count: int) -> str:
    return f"{count} mission{'' if count == 1 else 's'}"


def _small(name: str) -> str:
    """A title inside a sentence; names and abbreviations keep their capitals."""
    return wording.inside(name) if name[1:2].islower() or name[1:2] == "-" else name


def _name(material: Material, mission: MissionAnswer) -> str:
    return _small(material.missions[mission.mission])


def _gap(mission: MissionAnswer) -> float:
    """Mean shortfall as a share of the median target."""
    assert mission.missing is not None, "only missions that fall short are looked at"
    return mission.missing.of_units / max(or_zero(mission.target.p50), 1.0)


def _money(spread: Spread) -> str:
    middle, tenths = wording.money(spread)
    return f"{middle} (P10–P90 {tenths})" if spread.varies else middle


def _owed(policy: PolicyAnswer) -> str:
    owed = or_zero(policy.owed.p90)
    if not policy.owed.varies:
        return f"{wording.billions(owed) if owed else 'nothing'} is still owed at the horizon in any of them"
    if not or_zero(policy.owed.p50):
        return f"nothing is owed at the horizon in {'nine tenths' if not owed else 'half'} of them or more"
    return f"at the horizon {wording.billions(or_zero(policy.owed.p50))} is still owed in the middle one"


def _overlapping(first: PolicyAnswer, others: Sequence[PolicyAnswer]) -> list[str] | None:
    """Titles of the policies whose interval reaches into the first one's; None where there are no intervals."""
    low = first.fulfilment.low
    if low is None:
        return None
    return [other.title for other in others if other.fulfilment.high is None or other.fulfilment.high >= low]


def _of(titles: Sequence[str]) -> str:
    return f"that of {wording.listed([f'“{title}”' for title in titles])}"
