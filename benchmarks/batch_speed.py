"""What a batch costs beyond its runs: one worker against two, chunks and storage, and going on after a break.

Each comparison alternates its two sides and takes the median of the ratios, so that a machine that slows down meanwhile
slows both. What chunks and storage cost is taken within one batch: the processor time of a job less that of its runs,
over that of its runs, on two policies of the baseline. All other runs are those of the tiny scenario's typed orders.

    python benchmarks/batch_speed.py [replications]

Why: planners are promised that two cores halve the night and that keeping every run costs next to nothing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP))

import sim.study.jobs as jobs  # noqa: E402  # the path to them is set above
from sim.engine import simulate  # noqa: E402  # the path to them is set above
from sim.future import Sampler  # noqa: E402  # the path to them is set above
from sim.outcome import measure  # noqa: E402  # the path to them is set above
from sim.policy import policy_of  # noqa: E402  # the path to them is set above
from sim.scenario.load import load  # noqa: E402  # the path to them is set above
from sim.study.batch import Ask, run_batch  # noqa: E402  # the path to them is set above
from sim.study.carry_on import How, Interrupted  # noqa: E402  # the path to them is set above
from sim.study.jobs import seldom_collected  # noqa: E402  # the path to them is set above
from sim.study.model import Simulated  # noqa: E402  # the path to them is set above
from sim.study.resume import resume  # noqa: E402  # the path to them is set above

ALTERNATIONS = 5
LOADED = load(TOP / "scenarios" / "tiny.yaml")
BOTH_LEGS = ("quantity_first", "foreign_then_home")
STORED_RUNS = 128


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bare(replications: int) -> None:
    """The runs and their measures, and nothing kept."""
    sampler = Sampler(LOADED.scenario, 1, "judge")
    policy = policy_of(LOADED.scenario.policies["typed"], LOADED.scenario)
    with seldom_collected():
        for number in range(replications):
            measure(simulate(policy, sampler.future(number, number)))


def batch(replications: int, work: Path, workers: int = 1) -> Path:
    """The same runs as a stored and answered study."""
    place = work / f"{time.perf_counter_ns()}"
    ask = Ask(policies=("typed",), replications=replications, workers=workers, out=place)
    return run_batch(LOADED, ask)


def storing(replications: int, work: Path) -> float:
    """Processor time of tables and chunks, as a share of that of the runs, in one batch of this process."""
    baseline = load(TOP / "scenarios" / "fy2027_baseline.yaml")
    place = work / f"{time.perf_counter_ns()}"
    ask = Ask(policies=BOTH_LEGS, replications=replications, out=place)
    spent = {"runs": 0.0, "jobs": 0.0}

    def timed(name: str, done: Callable[..., object]) -> Callable[..., object]:
        def called(*given: object) -> object:
            began = time.process_time()
            try:
                return done(*given)
            finally:
                spent[name] += time.process_time() - began

        return called

    run, job, sampled = jobs.one_result, jobs.Worker.do, Simulated.inputs
    jobs.one_result, jobs.Worker.do = timed("runs", run), timed("jobs", job)
    Simulated.inputs = timed("runs", sampled)  # the inputs of a block are sampled there, for the runs that follow
    try:
        run_batch(baseline, ask)
    finally:
        jobs.one_result, jobs.Worker.do, Simulated.inputs = run, job, sampled
    return (spent["jobs"] - spent["runs"]) / spent["runs"]


def broken_off(replications: int, work: Path) -> Path:
    """The same, broken off after half of the runs."""
    place = work / f"{time.perf_counter_ns()}"

    def stop(done: int, *_: int) -> None:
        if 2 * done >= replications:
            raise KeyboardInterrupt

    try:
        run_batch(LOADED, Ask(policies=("typed",), replications=replications, out=place), stop)
    except Interrupted:
        return place
    raise RuntimeError("expected the study to be broken off")


def median_ratio(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, list[float]]:
    """How many times as long the first takes: median, and each alternation."""
    ratios = [seconds(first) / seconds(second) for _ in range(ALTERNATIONS)]
    return statistics.median(ratios), ratios


def told(what: str, ratio: float, ratios: list[float]) -> None:
    """Print one figure."""
    print(f"{what:<58} {ratio:6.3f}   of {', '.join(f'{each:.3f}' for each in ratios)}", flush=True)


def main(replications: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        bare(64)
        one = partial(batch, replications, work)
        told("one worker / two workers", *median_ratio(one, partial(batch, replications, work, 2)))
        shares = [storing(STORED_RUNS, work) for _ in range(ALTERNATIONS)]
        told("tables and chunks / runs, processor time within a batch", statistics.median(shares), shares)
        told("stored and answered, one worker / bare runs", *median_ratio(one, partial(bare, replications)))
        ratios = []
        for _ in range(ALTERNATIONS):
            place, whole = broken_off(replications, work), seconds(one)
            ratios.append(seconds(partial(resume, place, How())) / whole)
        told("going on after half / all of it at once", statistics.median(ratios), ratios)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1024)
