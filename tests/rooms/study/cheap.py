"""Studies of a model that costs nothing: asked for, broken off, and what is written meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.store import load
from sim.study.batch import Ask, run_batch
from sim.study.carry_on import How, Interrupted
from tests.rooms.study.handmade import tiny
from tests.rooms.study.stub import cheap_model

CHEAP = How(model=cheap_model)


def ask(place: Path, replications: int = 200, **more) -> Ask:
    return Ask(replications=replications, out=place, model=cheap_model, **more)


def undisturbed(tmp_path_factory):
    """Two hundred replications of two policies, undisturbed."""
    return load(run_batch(tiny(), ask(tmp_path_factory.mktemp("whole") / "made")))


def broken_off(place: Path, after: int = 3, **more) -> Path:
    """A study that Ctrl-C broke off after so many chunks of runs."""

    def stop(done: int, *_: int) -> None:
        if done >= after * 64:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted, match=r"Interrupted; what is done is kept: run_sim\.py resume .*made goes on\."):
        run_batch(tiny(), ask(place, **more), stop)
    return place.parent / f"{place.name}.part"


def jobs_done(monkeypatch) -> list[str]:
    """Names of the chunks that are written from now on."""
    written: list[str] = []
    from sim.study import jobs

    sound = jobs.write_chunk

    def write_chunk(chunks, name, tables):
        written.append(name)
        sound(chunks, name, tables)

    monkeypatch.setattr(jobs, "write_chunk", write_chunk)
    return written
