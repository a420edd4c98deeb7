"""Batches: the same numbers on any number of workers, failures that are counted, and nothing left half done."""

from __future__ import annotations

import csv
import datetime
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import OursError, TheirsError
from sim.store import load
from sim.study import model
from sim.study.answer import answer
from sim.study.batch import Ask, batch_of, run_batch
from sim.study.jobs import Job, jobs_of
from tests.rooms.study.handmade import TOP, tiny

TYPED = ("typed",)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """Seventy replications of one policy, in this process."""
    place = tmp_path_factory.mktemp("batch") / "alone"
    return load(run_batch(tiny(), Ask(policies=TYPED, replications=70, out=place)))


# --- the same numbers


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same_digests(alone, tmp_path, workers):
    together = run_batch(tiny(), Ask(policies=TYPED, replications=70, workers=workers, out=tmp_path / "made"))
    assert load(together).manifest["tables"] == alone.manifest["tables"]


def test_a_worker_that_the_system_kills_is_replaced_and_its_job_done_again(alone, tmp_path):
    killed = []

    def kill_one(*_: int) -> None:
        if not killed:
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            workers = [pid for pid in children if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]
            os.kill(int(workers[0]), signal.SIGKILL)
            killed.append(workers[0])

    place = run_batch(tiny(), Ask(policies=TYPED, replications=70, workers=2, out=tmp_path / "made"), kill_one)
    assert killed
    assert load(place).manifest["tables"] == alone.manifest["tables"]


def test_a_policy_meets_the_same_futures_whoever_runs_beside_it(alone, tmp_path):
    place = run_batch(tiny(), Ask(policies=("quantity_first", "typed"), replications=5, out=tmp_path / "made"))
    ours = load(place).runs
    assert ours[ours.policy == "typed"].digest.tolist() == alone.runs.digest.tolist()[:5]
    assert load(place).inputs.equals(alone.inputs[:5])


def test_another_seed_gives_other_ledgers(alone, tmp_path):
    place = run_batch(tiny(), Ask(policies=TYPED, replications=5, seed=2, out=tmp_path / "made"))
    assert not set(load(place).runs.digest) & set(alone.runs.digest)


def test_the_inputs_are_those_that_are_sampled_by_path(alone):
    paths = alone.inputs.columns.tolist()
    assert paths[0] == "parameter"
    assert "parameters.shield_share" in paths
    assert "offers.tb2_baykar.price" in paths
    assert "currencies.USD.drift" not in paths  # a constant
    assert "budget.lines.surveillance.years.2027.amount" not in paths  # a formula
    assert alone.inputs["parameters.shield_share"].between(0.30, 0.55).all()


def test_a_future_is_sampled_once_for_the_inputs_and_once_for_each_policy(monkeypatch, tmp_path):
    sampled = []
    sound = model.Sampler.future

    def future(sampler, parameter, luck):
        sampled.append(parameter)
        return sound(sampler, parameter, luck)

    monkeypatch.setattr(model.Sampler, "future", future)
    run_batch(tiny(), Ask(replications=3, out=tmp_path / "made"))
    assert sorted(sampled) == [0, 0, 0, 1, 1, 1, 2, 2, 2]


# --- jobs


def test_jobs_are_blocks_of_64_and_the_last_is_what_remains():
    assert list(jobs_of(("a", "b"), 70)) == [
        Job(None, 0, 63), Job("a", 0, 63), Job("b", 0, 63), Job(None, 64, 69), Job("a", 64, 69), Job("b", 64, 69),
    ]  # fmt: skip
    assert sum(job.runs for job in jobs_of(("a", "b"), 70)) == 140


# --- failures


def failing(numbers: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    sound = model.simulate

    def simulate(policy, future, *, lifted):
        if future.luck_number in numbers:
            raise RuntimeError(f"the test fails run {future.luck_number} of <thing at 0x7f00dfa5ea00>")
        return sound(policy, future, lifted=lifted)

    monkeypatch.setattr(model, "simulate", simulate)


def test_a_failed_run_is_a_row_and_every_number_says_n_of_n(monkeypatch, tmp_path):
    failing({1, 4, 8}, monkeypatch)
    told = []
    place = run_batch(
        tiny(), Ask(policies=TYPED, replications=10, out=tmp_path / "made"), lambda *now: told.append(now)
    )
    study = load(place)
    assert told[-1] == (10, 10, 3)
    assert study.manifest["failed"] == 3
    assert study.runs[study.runs.status == "failed"].replication.tolist() == [1, 4, 8]
    assert study.runs.error[1] == "RuntimeError: the test fails run 1 of <thing>"
    with (place / "failures.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["policy"], row["replication"], row["parameter"], row["luck"]) for row in rows] == [
        ("typed", number, number, number) for number in ("1", "4", "8")
    ]
    assert rows[0]["error"] == "RuntimeError: the test fails run 1 of <thing>"
    assert rows[0]["replay"] == f"run_sim.py replay {place} --policy typed --replication 1"
    found = answer(study, study.scenario).policies[0]
    assert found.failed == 3
    for interval in (found.fulfilment, found.joint, found.cost.p50, found.missions[0].chance):
        assert (interval.n, interval.N) == (7, 10)


def test_a_batch_with_too_many_failures_stops_says_which_and_keeps_what_is_done(monkeypatch, tmp_path):
    failing({2, 3, 5}, monkeypatch)
    with pytest.raises(OursError) as stopped:
        run_batch(tiny(), Ask(policies=TYPED, replications=10, most_failures=2, out=tmp_path / "made"))
    text = str(stopped.value)
    assert "3 of 10 runs failed (of 10 asked for; the batch puts up with 2). What is done is kept:" in text
    assert f"resume {tmp_path / 'made'} --max-failures N goes on." in text
    assert "RuntimeError: the test fails run 2" in text
    assert "--seed 1 --policy typed --replication 2" in text
    assert [path.name for path in tmp_path.iterdir()] == ["made.part"]


def test_a_batch_of_which_every_run_fails_is_no_study(monkeypatch, tmp_path):
    failing(set(range(4)), monkeypatch)
    with pytest.raises(OursError, match="4 of 4 runs failed"):
        run_batch(tiny(), Ask(policies=TYPED, replications=4, out=tmp_path / "made"))


def test_failures_in_worker_processes_are_counted_the_same(tmp_path):
    # an event limit between the least and the most events of these runs fails some of them, anywhere
    loaded = tiny()
    few = replace(loaded.scenario.experiment, event_limit=620)
    loaded = replace(loaded, scenario=replace(loaded.scenario, experiment=few))
    tables = []
    for workers in (1, 2):
        ask = Ask(policies=TYPED, replications=66, workers=workers, most_failures=66, out=tmp_path / str(workers))
        study = load(run_batch(loaded, ask))
        assert 0 < study.manifest["failed"] < 66
        assert study.runs.error.str.startswith("EventLimitExceeded").sum() == study.manifest["failed"]
        tables.append(study.manifest["tables"])
    assert tables[0] == tables[1]


def test_a_fault_of_the_workers_reaches_the_caller(tmp_path):
    place = tmp_path / "made"

    def take_away(*_: int) -> None:
        (tmp_path / "made.part" / "chunks").rename(tmp_path / "gone")

    with pytest.raises(TheirsError, match="made: cannot be written"):
        run_batch(tiny(), Ask(policies=TYPED, replications=20, workers=2, out=place), take_away)
    assert not place.exists()


# --- what is asked


def test_what_is_left_out_is_the_scenarios_own():
    batch = batch_of(tiny(), Ask())
    assert (batch.policies, batch.replications, batch.seed) == (("quantity_first", "typed"), 100, 1)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (Ask(policies=("tiped",)), "no policy 'tiped'. Did you mean 'typed'? Known: quantity_first, typed."),
        (Ask(replications=0), "replications: found 0; expected a whole number from 1 to 4,294,967,296."),
        (Ask(workers=0), "workers: found 0"),
        (Ask(seed=-1), "seed: found -1"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(tmp_path, ask, told, monkeypatch):
    monkeypatch.chdir(tmp_path)
    loaded = tiny()
    with pytest.raises(TheirsError) as refused:
        run_batch(loaded, ask)
    assert told in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_describes_the_study(alone):
    manifest = alone.manifest
    assert manifest["policies"] == ["typed"]
    assert (manifest["replications"], manifest["seed"], manifest["purpose"]) == (70, 1, "judge")
    assert (manifest["design"], manifest["status"], manifest["failed"]) == ("independent", "complete", 0)
    assert set(manifest["versions"]) >= {"python", "numpy", "simpy", "drone-procurement-sim"}
    assert datetime.datetime.fromisoformat(manifest["ended"]) >= datetime.datetime.fromisoformat(manifest["started"])
    assert manifest["scenario"]["files"] == [str(TOP / "scenarios" / "tiny.yaml")]


def test_two_studies_of_one_second_get_two_folders(monkeypatch, tmp_path):
    monkeypatch.setattr("sim.study.batch._now", lambda: datetime.datetime(2027, 4, 1, tzinfo=datetime.UTC))
    ask = Ask(policies=TYPED, replications=1, results=tmp_path)
    first, second = run_batch(tiny(), ask), run_batch(tiny(), ask)
    assert first.name.startswith("tiny-20270401-000000-")
    assert second.name == f"{first.name}-2"


# --- interrupted


@pytest.fixture
def hears_ctrl_c():
    """A shell starts what runs in its background deaf to Ctrl-C, and the deaf have deaf children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_and_a_request_to_end_keep_what_is_done_and_say_so(tmp_path, hears_ctrl_c, sent, code):
    command = [
        sys.executable, "run_sim.py", "run", "scenarios/tiny.yaml", "--policy", "typed", "-n", "5000", "--workers", "2",
        "--out", str(tmp_path / "made"),
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    give_up = time.monotonic() + 60
    while not list(tmp_path.glob("made.part/chunks/[!.]*")) and time.monotonic() < give_up:
        time.sleep(0.05)
    os.killpg(process.pid, sent)  # as a terminal does: to every process of the command
    out, err = process.communicate(timeout=60)
    assert process.returncode == code
    made = tmp_path / "made"
    assert (out, err) == ("", f"Interrupted; what is done is kept: run_sim.py resume {made} goes on.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["made.part"]


def test_a_script_without_a_main_guard_may_use_workers(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import sim\n"
        f"study = sim.run({str(TOP / 'scenarios' / 'tiny.yaml')!r}, replications=2, policies=['typed'], workers=2,"
        f" out={str(tmp_path / 'made')!r})\n"
        "print('rows', len(study.runs))\n"
    )
    ran = subprocess.run(
        [sys.executable, str(script)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "rows 2\n", "")


def test_the_summary_holds_the_answer_with_its_intervals(alone):
    with (alone.folder / "summary.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    chance = next(row for row in rows if (row["mission"], row["measure"]) == ("small_attack", "chance"))
    met = alone.missions[alone.missions.mission == "small_attack"].met
    assert float(chance["value"]) == met.mean()
    assert (chance["n"], chance["N"], chance["level"], chance["kind"]) == ("70", "70", "0.95", "wilson")
    assert json.loads((alone.folder / "manifest.json").read_text())["chunk_replications"] == 64
