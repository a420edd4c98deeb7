"""How to get the same numbers again: the command, the seed, the digests, the versions.

The second command needs nothing but the run folder.

Why: a number that cannot be made again cannot be defended.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any, Final

from sim.report import wording
from sim.report.material import Material
from sim.report.picture import Picture
from sim.store.place import RESOLVED

TITLE: Final = "How to get these numbers again"


def content(material: Material, pictures: Sequence[Picture]) -> dict[str, Any]:
    """What the manifest says of how the study was made."""
    manifest = material.study.manifest
    command = manifest["command"]
    return {
        "command": shlex.join(command) if command else None,
        "again": shlex.join(_again(manifest)),
        "rows": [
            ("Scenario", ", ".join(manifest["scenario"]["files"])),
            ("Digest of the scenario", manifest["scenario"]["digest"]),
            ("Digest of the study", manifest["study_digest"]),
            ("Seed, purpose, design", f"{manifest['seed']}, {manifest['purpose']}, {manifest['design']}"),
            (
                "Replications",
                f"{manifest['replications']:,} of each policy; {wording.counted(manifest['failed'], 'run')} failed",
            ),
            ("Run", f"{manifest['started']} to {manifest['ended']}"),
            ("Versions", ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())),
        ],
        "tables": manifest["tables"],
    }


def _again(manifest: dict[str, Any]) -> list[str]:
    """The command that runs the resolved scenario of the folder."""
    size = ["--replications", str(manifest["replications"]), "--seed", str(manifest["seed"])]
    policies = [part for policy in manifest["policies"] for part in ("--policy", policy)]
    return ["run_sim.py", "run", RESOLVED, *size, *policies]
