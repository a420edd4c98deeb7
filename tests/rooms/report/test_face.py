"""The Python face: the public names, and figures that a notebook can show."""

from __future__ import annotations

import inspect

import pytest
from matplotlib.figure import Figure

import sim
from sim.errors import TheirsError
from tests.rooms.report.studies import ATTACK, TYPED


@pytest.fixture(scope="module")
def stored(study):
    return sim.load(study.folder)


def test_the_public_names_are_these():
    assert sim.__all__ == ["load", "run"]
    assert list(inspect.signature(sim.load).parameters) == ["folder"]
    assert list(inspect.signature(sim.run).parameters) == [
        "path", "replications", "policies", "seed", "shocks", "sets", "workers", "out",
    ]  # fmt: skip


def test_the_names_of_a_study_and_of_its_plot_are_these(stored):
    public = {name for name in dir(stored) if not name.startswith("_")}
    assert public == {
        "deliveries", "digests", "folder", "has", "inputs", "lines", "manifest", "missions", "money", "monthly",
        "months", "offers", "parts", "pieces", "plot", "policies", "replications", "runs", "scenario", "spending",
        "steps", "table",
    }  # fmt: skip
    of_both_legs = ("chance", "fan", "missing", "reached", "spending", "cost", "scatter", "flow")
    at_home = ("deliveries", "ramp", "unit_cost", "origins", "waits")
    assert dir(stored.plot) == sorted((*of_both_legs, *at_home, "findings"))


def test_a_figure_comes_back_and_nothing_is_written(stored):
    before = sorted(stored.folder.rglob("*"))
    assert isinstance(stored.plot.fan(ATTACK, policy=TYPED), Figure)
    assert stored.plot.cost(policy=TYPED)._repr_png_().startswith(b"\x89PNG")
    assert isinstance(stored.plot.reached(mission=ATTACK), Figure)
    assert sorted(stored.folder.rglob("*")) == before
    assert stored.missions.shape[0] == 200


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("fan", {"mission": "small_atack"}, "no mission 'small_atack' in this study. Did you mean 'small_attack'"),
        ("cost", {"policy": "tiped"}, "no policy 'tiped' in this study. Did you mean 'typed'"),
        ("cost", {"mission": "x"}, "no mission 'x' in this study"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(stored, name, options, told):
    with pytest.raises(TheirsError) as refused:
        getattr(stored.plot, name)(**options)
    assert told in str(refused.value)


def test_a_figure_that_does_not_exist_is_an_attribute_error(stored):
    with pytest.raises(AttributeError, match=r"no figure 'fam'. Known: chance, fan"):
        _ = stored.plot.fam
