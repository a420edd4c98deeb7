"""The evidence of home production, batches, comparison and sensitivity: issues 5 to 8.

Where an answer is known on paper or a scenario is small, that one is shown; what needs the baseline is kept short.

Why: a planner believes a command he can wait for.
"""

from __future__ import annotations

from typing import Final

from tools.evidence_item import BASELINE, HOME, PAPER, TINY, Item

_SHOCKS: Final = " ".join(
    f"--shock scenarios/shocks/{name}.yaml"
    for name in ("china_dual_use_embargo", "magnet_licences", "line_fire", "export_surge", "yen_175")
)

LATER: Final = (
    Item(
        "5.1",
        "Firms and lines",
        (
            "pytest -q tests/stories/test_home_line.py tests/stories/test_home_opening.py tests/textbook/test_learning.py"
            " tests/textbook/test_learning_tables.py tests/laws/test_line_by_the_day.py | tail -n 1",
        ),
    ),
    Item(
        "5.2",
        "The parts network",
        ("pytest -q tests/stories/test_home_parts.py tests/textbook/test_rules_parts.py | tail -n 1",),
    ),
    Item(
        "5.3",
        "Firms in the baseline, each number an assumption with its low, mode and high",
        (
            "python -c \"from sim.scenario.load import load; s = load('scenarios/fy2027_baseline.yaml').scenario;"
            " [print(o.line.firm, o.id, o.line.plant) for o in s.offers.values() if o.line];"
            " print({f.confidence for f in s.facts if f.path.startswith('home_offers') and '.work.' in f.path})\"",
            "pytest -q tests/qc/test_home_reentered.py | tail -n 1",
        ),
    ),
    Item(
        "5.4",
        "Price and cost, capital and subsidy, and what a yen of subsidy does",
        (
            "pytest -q tests/stories/test_home_levers.py tests/textbook/test_home_facts.py | tail -n 1",
            "pytest -q tests/rooms/study/test_slopes_down.py tests/rooms/study/test_ramp.py | tail -n 1",
            f"python run_sim.py slopes {BASELINE} --policy foreign_then_home --only subsidy -n 24 2>/dev/null",
        ),
    ),
    Item("5.5", "Exports and aid", ("pytest -q tests/stories/test_home_exports.py | tail -n 1",)),
    Item(
        "5.6",
        "Policies of both legs, and the levers that came with them",
        (
            f"python run_sim.py show {BASELINE} policies | grep -E 'home|dual|buy_time'",
            "pytest -q tests/stories/test_home_rules.py tests/stories/test_levers.py | tail -n 1",
        ),
    ),
    Item(
        "5.7",
        "Shocks, several at once; one that strikes nothing is refused",
        (
            "ls scenarios/shocks | xargs",
            f"python run_sim.py validate {BASELINE} {_SHOCKS} | tail -n 1",
            f'python run_sim.py validate {TINY} --shock scenarios/shocks/line_fire.yaml 2>&1; echo "exit $?"',
        ),
    ),
    Item(
        "5.8",
        "Measures and figures of both legs",
        (
            f"python run_sim.py run {HOME} -n 40 --no-report --out $ROOM/home > /dev/null;"
            " for name in deliveries ramp unit_cost origins waits flow;"
            " do python run_sim.py plot $ROOM/home $name --policy foreign_then_home --out $ROOM/$name.png; done",
            "pytest -q tests/rooms/study/test_home.py tests/rooms/outcome | tail -n 1",
        ),
    ),
    Item("5.9", "Stories and laws", ("pytest -q -n 2 tests/laws/test_home.py tests/stories -k home | tail -n 1",)),
    Item("5.10", "The pages", ("grep -c 'R2[0-6]' docs/model.md; grep -c home_offers docs/scenario_reference.md",)),
    Item("5.11", "Bad input", ("pytest -q tests/rooms/scenario/test_bad_home.py | tail -n 1",)),
    Item(
        "6.1",
        "Chunks, and memory bounded by them",
        (
            "pytest -q tests/rooms/study/test_streamed.py tests/rooms/test_store.py | tail -n 1",
            "python benchmarks/batch_memory.py --help | head -n 3; grep -i -A 8 'memory' docs/cluster.md | head -n 24",
        ),
    ),
    Item(
        "6.2",
        "The same numbers always",
        (
            f"for c in 64 128; do python run_sim.py run {TINY} -n 200 --chunk $c --no-report --out $ROOM/c$c > /dev/null;"
            " python run_sim.py digest $ROOM/c$c | sha256sum; done",
            f"python run_sim.py run {TINY} -n 70 --no-report --out $ROOM/grown > /dev/null;"
            " python run_sim.py extend $ROOM/grown -n 200 --no-report > /dev/null;"
            " python run_sim.py digest $ROOM/grown | sha256sum",
            "pytest -q tests/rooms/study/test_batch.py tests/rooms/study/test_batch_cut.py | tail -n 1",
        ),
    ),
    Item(
        "6.3",
        "Resume and extend",
        ("pytest -q tests/rooms/study/test_batch_goes_on.py tests/rooms/study/test_batch_killed.py | tail -n 1",),
    ),
    Item(
        "6.4",
        "A failed replication is a row",
        ("pytest -q tests/cli/test_failures.py tests/cli/test_batches.py | tail -n 1",),
    ),
    Item(
        "6.5",
        "Executors: in-process, local, Dask, shards",
        ("pytest -q tests/rooms/study/test_batch_cluster.py | tail -n 1",),
    ),
    Item(
        "6.6",
        "How many runs",
        (
            f"python run_sim.py run {PAPER} --policy tossed --until 0.04 --no-report --out $ROOM/until 2>&1 | tail -n 4",
            f"python run_sim.py plan {PAPER} --policies ten,twenty 2>/dev/null | head -n 12",
        ),
    ),
    Item(
        "6.7",
        "Statistics that state themselves",
        (
            "pytest -q tests/coverage tests/textbook/test_statistics.py tests/rooms/study/test_statistics.py | tail -n 1",
        ),
    ),
    Item(
        "6.8",
        "Two kinds of uncertainty",
        (f"python run_sim.py split {PAPER} --policies ten,tossed 2>/dev/null | head -n 14",),
    ),
    Item(
        "6.9",
        "Reproduce, and tell two apart",
        (
            "python run_sim.py reproduce $ROOM/grown",
            f"python run_sim.py diff {TINY} {HOME} --inputs | head -n 8",
            "python run_sim.py diff $ROOM/c64 $ROOM/c128 | head -n 4",
        ),
    ),
    Item("6.10", "Progress", ("pytest -q tests/cli/test_progress.py | tail -n 1",)),
    Item("7.1", "Compare on the same futures", (f"python run_sim.py compare {PAPER} -n 100 2>/dev/null | head -n 30",)),
    Item(
        "7.2",
        "Choose the best, judged on other futures",
        (
            f"python run_sim.py choose {PAPER} --most 600 -n 100 --policies ten,twenty,ten_again 2>/dev/null | head -n 20",
        ),
    ),
    Item(
        "7.3",
        "Robustness under shocks",
        (
            f"python run_sim.py robustness {TINY} -n 16 --shock scenarios/shocks/tender_failures_doubled.yaml"
            " --shock scenarios/shocks/budget_late.yaml 2>/dev/null | head -n 24",
        ),
    ),
    Item(
        "7.4",
        "Where the missing units are",
        ("python run_sim.py waterfall $ROOM/c64 --policies typed 2>/dev/null | head -n 24",),
    ),
    Item(
        "7.5",
        "What would have helped",
        (
            f"python run_sim.py bottlenecks {HOME} -n 16 --policy foreign_then_home 2>/dev/null | head -n 20",
            f"python run_sim.py slopes {HOME} --policy foreign_then_home -n 16 2>/dev/null | head -n 26",
        ),
    ),
    Item(
        "7.6",
        "Latest dates",
        (
            f"python run_sim.py deadlines {TINY} --decision signing --every 4 -n 16 2>/dev/null | head -n 18",
            f"python run_sim.py deadlines {BASELINE} --policy foreign_then_home --decision seats --every 4 -n 40"
            " 2>/dev/null",
            "pytest -q tests/rooms/study/test_deadlines.py | tail -n 1",
        ),
    ),
    Item(
        "7.7",
        "Joint confidence",
        ("python run_sim.py confidence $ROOM/c64 --policy typed 2>/dev/null | head -n 16",),
    ),
    Item(
        "7.8",
        "Replay: sentences, a Gantt picture, where two policies part, typical runs",
        (
            "python run_sim.py replay $ROOM/c64 --compare typed quantity_first --replication 3 | head -n 8",
            "python run_sim.py typical $ROOM/c64 --policies typed | head -n 10",
            "python run_sim.py replay $ROOM/c64 --policy typed --replication 3 --gantt $ROOM/gantt.png | tail -n 2",
        ),
    ),
    Item("7.9", "Quantity against quality", ("pytest -q tests/rooms/study/test_quality.py | tail -n 1",)),
    Item("7.10", "What remains after", ("python run_sim.py aftermath $ROOM/home 2>/dev/null | head -n 24",)),
    Item(
        "8.1",
        "Screening and shares",
        (
            f"python run_sim.py sensitivity {TINY} --policy typed --parts screening --trajectories 4 2>/dev/null | head -n 16",
            "pytest -q tests/textbook/test_variance_shares.py | tail -n 1",
        ),
    ),
    Item(
        "8.2",
        "From runs already made",
        (
            "python run_sim.py sensitivity $ROOM/c64 --policy typed 2>/dev/null | head -n 12; pytest -q tests/textbook/test_given_data.py | tail -n 1",
        ),
    ),
    Item(
        "8.3",
        "Tornado, curves, sweeps",
        (
            f"python run_sim.py sweep {TINY} --policy typed --vary offers.tb2_baykar.price=6:16:3 -n 16 2>/dev/null | head -n 12",
        ),
    ),
    Item(
        "8.4",
        "Scenario discovery",
        (
            "pytest -q tests/textbook/test_prim.py | tail -n 1; python run_sim.py discover $ROOM/c64 --policy typed 2>/dev/null | head -n 10",
        ),
    ),
    Item("8.5", "Value of information", ("pytest -q tests/textbook/test_information.py | tail -n 1",)),
    Item(
        "8.6",
        "Each policy's own world",
        (f"python run_sim.py voi {TINY} --points 48 --luck 2 2>/dev/null | tail -n 14",),
    ),
    Item("8.7", "Learning from deliveries", ("pytest -q tests/cli/test_driving.py -k update | tail -n 1",)),
    Item(
        "8.8",
        "A failed run stops an analysis",
        ("pytest -q tests/rooms/study/test_sensitivity.py tests/cli/test_driving.py | tail -n 1",),
    ),
)
