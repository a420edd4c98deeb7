"""A progress file: one JSON object that says how far a batch is, replaced whole each time.

Why: whoever watches from another machine must never read half a line.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.store.folder import told_where


def write_standing(place: Path, standing: Mapping[str, Any]) -> None:
    """Write how far a batch is. Raises TheirsError if the place cannot be written."""
    aside = place.parent / f".{place.name}.{os.getpid()}"
    with told_where(place):
        aside.write_text(json.dumps(standing, ensure_ascii=False) + "\n")
        aside.replace(place)
