"""Output for machines: one JSON object on one line.

Numbers are raw: whole yen, shares between 0 and 1, days and dates as stored.

Why: a program that reads our output should not have to undo our wording.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def print_json(found: Mapping[str, Any]) -> None:
    """Print one object on one line."""
    print(json.dumps(found, ensure_ascii=False))
