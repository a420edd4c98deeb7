"""Studies cut, ordered, extended and divided otherwise have the same numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.errors import TheirsError
from sim.store import digest, load
from sim.study.batch import Ask, keeps_monthly, run_batch
from sim.study.carry_on import How, Interrupted
from sim.study.jobs import Job, jobs_of
from sim.study.merge import merge
from sim.study.resume import extend, resume
from tests.rooms.study.cheap import CHEAP, ask, jobs_done, undisturbed
from tests.rooms.study.handmade import tiny
from tests.rooms.study.stub import cheap_model


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return undisturbed(tmp_path_factory)


# --- the same numbers, whatever the cut


@pytest.mark.parametrize("chunk", [64, 128, 1024])
def test_the_cut_does_not_show_in_the_digests(whole, tmp_path, chunk):
    study = load(run_batch(tiny(), ask(tmp_path / "made", chunk=chunk)))
    assert study.manifest["tables"] == whole.manifest["tables"] == digest(study.folder)
    assert study.manifest["chunk_replications"] == chunk
    assert (study.folder / "summary.csv").read_bytes() == (whole.folder / "summary.csv").read_bytes()


def test_the_order_of_completion_does_not_show(whole, tmp_path):
    class Backwards:
        def do(self, brief, jobs):
            from sim.study.workers import do_jobs

            return do_jobs(brief, reversed(list(jobs)), 1)

    class Any(How):
        def executor(self):
            return Backwards()

    class Asked(Ask):
        def how(self):
            return Any(model=cheap_model)

    place = run_batch(tiny(), Asked(replications=200, out=tmp_path / "made", model=cheap_model))
    assert load(place).manifest["tables"] == whole.manifest["tables"]


def test_months_in_bins_are_what_the_runs_say(whole):
    monthly, step = whole.monthly, whole.steps.missions["small_attack"]
    own = monthly[(monthly.policy == "typed") & (monthly.mission == "small_attack") & (monthly.month == 2)].deployed
    found = whole.months
    found = found[(found.policy == "typed") & (found.of == "small_attack") & (found.measure == "deployed")]
    found = found[found.month == 2]
    assert step == 5
    assert found.runs.tolist() == (own // step * step).value_counts().sort_index().tolist()
    assert found.least.tolist() == sorted(set(own // step * step))
    assert found.total.sum() == own.sum()


def test_monthly_series_are_kept_up_to_4096_replications_or_when_asked_for(whole, tmp_path):
    assert [keeps_monthly(None, 4096), keeps_monthly(None, 4097), keeps_monthly(True, 10**6)] == [True, False, True]
    study = load(run_batch(tiny(), ask(tmp_path / "made", keep_monthly=False)))
    common = study.manifest["tables"]
    assert whole.manifest["tables"].keys() - common.keys() == {"monthly", "spending"}
    assert common == {name: whole.manifest["tables"][name] for name in common} == study.digests()
    with pytest.raises(TheirsError, match=r"found no table 'monthly', only its counts \('months'\); .*--keep-monthly"):
        _ = study.monthly


# --- extended


@pytest.mark.parametrize("chunk", [64, 1024])
def test_extended_twice_is_the_same_as_at_once(whole, tmp_path, chunk, monkeypatch):
    place = run_batch(tiny(), ask(tmp_path / "made", 70, chunk=chunk))
    extend(place, 150, CHEAP)
    written = jobs_done(monkeypatch)
    study = load(extend(place, 200, CHEAP))
    assert study.manifest["tables"] == whole.manifest["tables"] == digest(place)
    assert study.manifest["study_digest"] == whole.manifest["study_digest"]
    assert written and all(int(name.rsplit("-", 2)[1]) >= 128 for name in written)
    assert (place / "summary.csv").read_bytes() == (whole.folder / "summary.csv").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_extended_beyond_what_keeps_monthly_series_drops_them(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.study.batch.MONTHLY_UP_TO", 100)
    at_once = load(run_batch(tiny(), ask(tmp_path / "once", 128)))
    study = load(extend(run_batch(tiny(), ask(tmp_path / "made", 64)), 128, CHEAP))
    assert study.manifest["tables"] == at_once.manifest["tables"] == digest(study.folder)
    assert "monthly" not in study.manifest["tables"]


def test_the_smaller_study_stays_until_the_larger_is_whole(whole, tmp_path, monkeypatch):
    place = run_batch(tiny(), ask(tmp_path / "made", 64))
    before = load(place).manifest

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        extend(place, 200, CHEAP, stop)
    assert load(place).manifest == before
    with pytest.raises(TheirsError, match=r"it is being extended already; expected no made\.part"):
        extend(place, 300, CHEAP)
    assert load(resume(place, CHEAP)).manifest["tables"] == whole.manifest["tables"]
    assert load(place).replications == 200


def test_a_study_is_not_made_smaller(whole):
    with pytest.raises(TheirsError, match="replications: found 200; expected more than the 200 there are"):
        extend(whole.folder, 200, CHEAP)


def test_jobs_of_an_extended_study_keep_whole_blocks_where_they_lie():
    found = list(jobs_of(["a"], 200, 128, [70], inputs=False))
    assert found == [Job("a", 0, 63), Job("a", 64, 191), Job("a", 192, 199)]


# --- in shards


def test_shards_make_the_study(whole, tmp_path):
    for number in (3, 1, 2):
        run_batch(tiny(), ask(tmp_path / "made", shard=(number, 3)))
    study = load(merge(tmp_path / "made", CHEAP))
    assert study.manifest["tables"] == whole.manifest["tables"] == digest(study.folder)
    assert load(extend(study.folder, 210, CHEAP)).replications == 210


def test_a_missing_an_unfinished_and_a_strange_shard_are_told(tmp_path):
    run_batch(tiny(), ask(tmp_path / "made", shard=(1, 3)))
    with pytest.raises(TheirsError, match=r"found no shard 2, 3 of 3; expected all of them"):
        merge(tmp_path / "made", CHEAP)
    with pytest.raises(TheirsError, match="found one shard of a study; expected all of it"):
        load(tmp_path / "made.shard-1-of-3")
    run_batch(tiny(), ask(tmp_path / "made", shard=(2, 3)))
    run_batch(tiny(), ask(tmp_path / "made", shard=(3, 3), seed=2))
    with pytest.raises(TheirsError, match=r"found shards of two studies \(seed: 1 and 2; study_digest: .*\)"):
        merge(tmp_path / "made", CHEAP)
    assert not (tmp_path / "made.part").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"chunk": 100}, "chunk: found 100; expected a multiple of 64 up to 65,536"),
        ({"shard": (4, 3)}, "shard: found 4/3; expected i/n"),
        ({"shard": (1, 2), "out": None}, "shard: expected --out DIR"),
    ],
)
def test_a_cut_that_cannot_be_is_refused(tmp_path, monkeypatch, more, told):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TheirsError) as refused:
        run_batch(tiny(), replace(ask(tmp_path / "made"), **more))
    assert told in str(refused.value)
    assert list(tmp_path.iterdir()) == []
