"""``schema``: the grammar of scenario files, for editors.

Printed, never written: where it goes is the caller's choice.

Why: an editor that knows the grammar spares its user the first twenty errors.
"""

from __future__ import annotations

import json
from typing import Final

NAME: Final = "schema"


def command() -> None:
    """Print the JSON Schema of scenario files."""
    from sim.scenario.json_schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
