"""How fast the engine is: milliseconds a run, a lot and an order, against as many bare SimPy timeouts in the same run.

Both are timed in turn, several times over, in processor time of one core; the median of the ratios is what counts.

Counted is every event that SimPy took off its heap and processed: the ladder's own, and the two that each process
costs, its start and its end. Events that lie beyond the horizon are put on the heap and never processed; they are not
counted, though putting them there is timed. The bare run processes exactly as many: its hundred processes' starts
and ends, and timeouts for all the rest; making those processes is not timed, making our world is.

Why: a figure in milliseconds says more about the machine than about the engine.

Usage: python benchmarks/engine.py [SCENARIO] [REPLICATIONS]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from statistics import median

import simpy

from sim.engine import simulate
from sim.engine.entries import Deployed, Tendered
from sim.future import Sampler
from sim.outcome import measure
from sim.policy import policy_of
from sim.policy.belief import Beliefs
from sim.scenario.load import load
from sim.study.jobs import seldom_collected

ROUNDS = 5
PROCESSES = 100


class Kept:
    """A maker of environments that can be asked afterwards what they processed."""

    def __init__(self) -> None:
        self._made: list[simpy.Environment] = []

    def __call__(self) -> simpy.Environment:
        """One more environment."""
        self._made.append(simpy.Environment())
        return self._made[-1]

    def processed(self) -> int:
        """Events taken off the heaps: those that SimPy numbered, less those still waiting."""
        return sum(next(each._eid) - len(each._queue) for each in self._made)


def bare(events: int) -> float:
    """Seconds of processor time for so many bare events: timeouts shared by a hundred processes, and their two each."""

    def wait(environment: simpy.Environment, times: int) -> Generator[simpy.Event, None, None]:
        for _ in range(times):
            yield environment.timeout(1)

    environment = simpy.Environment()
    each, more = divmod(max(0, events - 2 * PROCESSES), PROCESSES)
    for place in range(PROCESSES):
        environment.process(wait(environment, each + (place < more)))
    began = time.process_time()
    environment.run()
    return time.process_time() - began


def main(path: str, replications: int) -> None:
    """Time every policy of a scenario."""
    scenario = load(path).scenario
    sampler, beliefs = Sampler(scenario, scenario.experiment.seed, "judge"), Beliefs(scenario)
    print(f"{scenario.id}: {replications} replications, {ROUNDS} rounds, processor time of one core")
    print(f"{'policy':<20}{'events':>8}{'orders':>8}{'lots':>7}{'ms/run':>9}{'µs/event':>10}{'ms/order':>10}"
          f"{'ms/lot':>8}{'× bare':>8}{'sample':>8}{'measure':>9}{'all':>7}")  # fmt: skip
    for id, spec in scenario.policies.items():
        policy = policy_of(spec, scenario, beliefs)
        kept = Kept()
        runs = [simulate(policy, sampler.future(k, k), environment=kept) for k in range(replications)]
        events = kept.processed()
        orders = sum(isinstance(entry, Tendered) for run in runs for entry in run.entries)
        lots = sum(isinstance(entry, Deployed) for run in runs for entry in run.entries)
        own, timeouts, sampled, measured = [], [], [], []
        for _ in range(ROUNDS):
            began = time.process_time()
            futures = [sampler.future(k, k) for k in range(replications)]
            sampled.append(time.process_time() - began)
            before = bare(events)
            began = time.process_time()
            runs = [simulate(policy, future) for future in futures]
            own.append(time.process_time() - began)
            timeouts.append((before + bare(events)) / 2)
            began = time.process_time()
            for run in runs:
                measure(run)
            measured.append(time.process_time() - began)
        spent = median(own)
        print(f"{id:<20}{events / replications:>8.0f}{orders / replications:>8.1f}{lots / replications:>7.0f}"
              f"{spent / replications * 1e3:>9.1f}{spent / events * 1e6:>10.1f}{spent / max(1, orders) * 1e3:>10.2f}"
              f"{spent / max(1, lots) * 1e3:>8.3f}{median(a / b for a, b in zip(own, timeouts, strict=True)):>8.1f}"
              f"{median(sampled) / replications * 1e3:>8.1f}{median(measured) / replications * 1e3:>9.1f}"
              f"{(median(sampled) + spent + median(measured)) / replications * 1e3:>7.1f}")  # fmt: skip


if __name__ == "__main__":
    # As a batch makes its runs: Python looks for cycles seldom.
    with seldom_collected():
        main(
            sys.argv[1] if len(sys.argv) > 1 else "scenarios/fy2027_baseline.yaml",
            int(sys.argv[2]) if len(sys.argv) > 2 else 20,
        )
