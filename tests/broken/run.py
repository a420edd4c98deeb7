"""`make broken`: plant every fault of the table, two at a time, and say which were caught.

It ends with 0 only if there was a fault to plant, every named test was green without it and red with it.

Why: the reader of a green suite wants to know what it would have noticed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.broken.faults import FAULTS
from tests.broken.planter import Fault, Verdict, faults_in_table, not_green, plant, read_tree

AT_A_TIME: Final = 2


def main(faults: Sequence[Fault], top: Path) -> int:
    """Plant the faults in copies of the tree at ``top``; 0 if all were caught, else 1."""
    started = time.monotonic()
    complaints = faults_in_table(faults)
    if not complaints:
        tree = read_tree(top)
        complaints = not_green(tree, faults)
    if complaints:
        print(*(f"broken: {complaint}" for complaint in complaints), sep="\n", file=sys.stderr)
        return 1
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        verdicts = [_told(verdict) for verdict in pool.map(lambda fault: plant(tree, fault), faults)]
    caught = sum(verdict.caught for verdict in verdicts)
    print(f"broken: {caught} of {len(verdicts)} faults caught in {time.monotonic() - started:.0f} s")
    return 0 if caught == len(verdicts) else 1


def _told(verdict: Verdict) -> Verdict:
    fault = verdict.fault
    if verdict.caught:
        print(f"caught    {fault.name}  ({fault.test})", flush=True)
    else:
        print(f"NOT CAUGHT  {fault.name}  ({fault.test}): {verdict.seen}", flush=True)
    return verdict


if __name__ == "__main__":
    sys.exit(main(FAULTS, Path(__file__).resolve().parents[2]))
