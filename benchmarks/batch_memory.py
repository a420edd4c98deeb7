"""Peak memory of a batch at 10^3, 10^4, 10^5 and 10^6 replications of five policies, on a model that costs nothing.

Each size runs in a process of its own, here and without workers, from the plan to the summary; the peak is the
system's own count (maximum resident set). Told beside it: runs a second, and the size on the disk.

    python benchmarks/batch_memory.py 1000 10000 100000

Why: memory that grows with the number of replications is found out on the night when it matters.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP))

from benchmarks.stub import POLICIES, scenario_of_one_mission, stub_model  # noqa: E402  # the path to them is set above
from sim.study.batch import Ask, run_batch  # noqa: E402  # the path to them is set above

SIZES = (1_000, 10_000, 100_000)
MEBI = 1 << 20


def one(replications: int, place: Path) -> None:
    """Run one size in this process and print what it took."""
    loaded = scenario_of_one_mission()
    began = time.perf_counter()
    folder = run_batch(
        loaded,
        Ask(
            replications=replications,
            chunk=1024,
            keep_monthly=False,
            out=place,
            policies=tuple(f"p{number}" for number in range(POLICIES)),
            model=stub_model,
        ),
    )
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    disk = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    runs = replications * POLICIES
    print(f"{replications:>9,} x {POLICIES}: peak {peak / MEBI:7.1f} MiB   {seconds:7.1f} s   "
          f"{1e6 * seconds / runs:6.1f} us a run   {disk / MEBI:8.1f} MiB on the disk", flush=True)  # fmt: skip


def main(sizes: list[int]) -> None:
    """Each size in a process of its own."""
    with tempfile.TemporaryDirectory() as work:
        for size in sizes:
            place = Path(work) / str(size)
            subprocess.run([sys.executable, __file__, "--one", str(size), str(place)], check=True)
            shutil.rmtree(place)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
