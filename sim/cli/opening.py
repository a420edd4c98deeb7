"""Opening a scenario for a command: its file, what is laid over it, and what was set by hand.

Each setting is told on stderr with its unit and with what it replaces, so that stdout stays the command's own.

Why: "price=11.3" is eleven million dollars or eleven yen, and whoever typed it should see which.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario.by_hand import Setting
    from sim.scenario.load import Loaded


def opened(scenario: Path, shocks: Sequence[Path] | None, sets: Sequence[str] | None) -> Loaded:
    """Load a scenario with its shocks and settings, and tell the settings. Raises ScenarioError as ``load`` does."""
    from sim.scenario.load import load

    loaded = load(scenario, shocks or (), sets or ())
    for setting in loaded.settings:
        print(in_words(setting), file=sys.stderr)
    return loaded


def in_words(setting: Setting) -> str:
    """What a setting did, in one sentence.

    >>> from sim.scenario.by_hand import Setting
    >>> in_words(Setting("offers.tb2.price", "low 5.0, mode 11.3, high 17.8 m USD", "12 m USD"))
    'Set offers.tb2.price to 12 m USD; it was low 5.0, mode 11.3, high 17.8 m USD.'
    >>> in_words(Setting("offers.tb2.windows", "", "a list of 1"))
    'Set offers.tb2.windows to a list of 1; there was nothing.'
    """
    was = f"it was {setting.before}" if setting.before else "there was nothing"
    return f"Set {setting.path} to {setting.now}; {was}."
