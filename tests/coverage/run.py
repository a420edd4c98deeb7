"""``make coverage``: every claim of the statistics room played 2,000 times, as the table of docs/statistics.md.

Exit code 1 if a claim that is tested falls outside of its binomial bounds.

Why: a few dozen plays in the suite find a broken procedure, and not one that is a little too narrow.
"""

from __future__ import annotations

import sys
from typing import Final

from tests.coverage.claims import CLAIMS, CONTRASTS, Claim

PLAYS: Final = 2000
HEAD: Final = "| claim | promised | kept | bounds, percent |\n|---|---|---|---|"


def _row(claim: Claim) -> tuple[str, bool]:
    kept, (low, high) = claim.kept(PLAYS), claim.bounds(PLAYS)
    sound = low <= kept <= high
    promised = f"{claim.promise} {100 * claim.level:.0f} %"
    bounds = f"{100 * low / PLAYS:.1f} to {100 * high / PLAYS:.1f}"
    return f"| {claim.name} | {promised} | {100 * kept / PLAYS:.1f} %{'' if sound else ' !'} | {bounds} |", sound


def main() -> int:
    print(HEAD)
    found = []
    for claim in CLAIMS:
        row, sound = _row(claim)
        found.append(sound)
        print(row, flush=True)
    print(f"\nWhat they are there to avoid, or cannot do:\n\n{HEAD}")
    for claim in CONTRASTS:
        print(_row(claim)[0], flush=True)
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
