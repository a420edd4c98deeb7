"""What changed since a study was begun: its scenario's files, the copy it keeps, the program and its libraries.

Nothing is gone on with over a difference unless the planner says so.

Why: half a study of one scenario and half of another look like a whole one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from sim.errors import TheirsError
from sim.scenario.canonical import resolved_yaml
from sim.scenario.load import Loaded
from sim.scenario.load import load as load_scenario
from sim.study.versions import versions

MOST_TOLD: Final = 10
_TOUCH_NUMBERS: Final = ("python", "numpy", "scipy", "simpy", "drone-procurement-sim")


def unchanged(place: Path, manifest: Mapping[str, Any], copy: Path, digest: str, *, regardless: bool) -> Loaded:
    """The scenario that a study keeps.

    Parameters
    ----------
    copy, digest
        The file with the scenario as it is run, and the SHA-256 of what it holds now.
    regardless
        Go on with that copy whatever its files and the libraries have become.

    Raises
    ------
    TheirsError
        When something changed, with what it was and what it is; when the copy itself did, always.
    """
    if digest != manifest["scenario"]["digest"]:
        raise TheirsError(
            f"{copy}: found another scenario than the one the study was begun with; expected it as it was written."
            f" What was changed cannot be told from {place} alone: put the file back, or run the scenario anew."
        )
    kept = load_scenario(copy)
    differs = [*_versions(manifest["versions"]), *_scenario(kept, manifest["made_of"])]
    if differs and not regardless:
        more = [f"  and {len(differs) - MOST_TOLD} more"] if len(differs) > MOST_TOLD else []
        raise TheirsError(
            "\n".join(
                [
                    f"{place}: found what the study was begun with changed since; expected it as it was:",
                    *(f"  {one}" for one in differs[:MOST_TOLD]),
                    *more,
                    "Put it back; or run it anew; or go on with the scenario as it was begun: --regardless.",
                ]
            )
        )
    return kept


def _versions(before: Mapping[str, str]) -> Iterator[str]:
    now = versions()
    for name in _TOUCH_NUMBERS:
        if before.get(name) != now[name]:
            yield f"{name}: was {before.get(name)}, is {now[name]}"


def _scenario(kept: Loaded, made_of: Mapping[str, Any] | None) -> Iterator[str]:
    """What its files say now; nothing where they are not here."""
    if made_of is None or not all(Path(file).exists() for file in (made_of["file"], *made_of["shocks"])):
        return
    try:
        now = load_scenario(made_of["file"], made_of["shocks"], made_of["sets"])
    except TheirsError as error:
        yield f"the scenario cannot be loaded any more: {str(error).splitlines()[0]}"
        return
    if resolved_yaml(now) != resolved_yaml(kept):
        yield from differences(kept.written, now.written)


def differences(before: object, now: object, where: str = "") -> Iterator[str]:
    """Where two written scenarios differ, leaf by leaf.

    >>> list(differences({"a": {"b": 1}, "c": [1]}, {"a": {"b": 2}, "c": [1]}))
    ['a.b: was 1, is 2']
    """
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*before, *now)):
            path = f"{where}.{key}" if where else str(key)
            yield from differences(before.get(key), now.get(key), path)
    elif isinstance(before, list | tuple) and isinstance(now, list | tuple) and len(before) == len(now):
        for place, (was, found) in enumerate(zip(before, now, strict=True)):
            yield from differences(was, found, f"{where}[{place}]")
    elif before != now:
        yield f"{where}: was {_told(before)}, is {_told(now)}"


def _told(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
