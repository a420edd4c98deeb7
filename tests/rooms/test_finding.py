"""Findings: stored whole or not at all, read back as they were, put only where they belong."""

from __future__ import annotations

import pytest

from sim.errors import TheirsError
from sim.store.finding import Finding, Grid, finding_names, read_finding, require_room, write_finding

ABOUT = {"scenario": "tiny", "seed": 1, "replications": 3, "titles": {}}
FOUND = Finding("robustness", ABOUT, {"cells": Grid(("policy", "value"), (("a", 0.1), ("b", None)))})


def test_a_finding_is_read_back_as_it_was(tmp_path):
    place = write_finding(FOUND, tmp_path / "new")
    assert read_finding(place, "robustness") == FOUND
    assert finding_names(place) == ["robustness"]
    assert [path.name for path in place.iterdir()] == ["findings"]
    assert read_finding(place, "robustness").grids["cells"].records()[1] == {"policy": "b", "value": None}


def test_without_a_place_it_goes_to_a_new_one_in_results(tmp_path):
    first = write_finding(FOUND, None, tmp_path / "results")
    second = write_finding(FOUND, None, tmp_path / "results")
    assert first != second
    assert first.name.startswith("tiny-robustness-")


def test_a_second_finding_joins_the_first_and_one_of_the_same_name_replaces_it(tmp_path):
    place = write_finding(FOUND, tmp_path / "new")
    write_finding(Finding("quality", ABOUT, {}), place)
    write_finding(Finding("robustness", ABOUT, {}), place)
    assert finding_names(place) == ["quality", "robustness"]
    assert read_finding(place, "robustness").grids == {}


def test_nothing_that_is_no_folder_of_ours_is_touched(tmp_path):
    (tmp_path / "letters").mkdir()
    for ask in (lambda: write_finding(FOUND, tmp_path / "letters"), lambda: require_room(tmp_path / "letters", "tiny")):
        with pytest.raises(TheirsError, match="something is there already; expected a new folder"):
            ask()
    assert list((tmp_path / "letters").iterdir()) == []
    place = write_finding(FOUND, tmp_path / "new")
    other = Finding("robustness", {**ABOUT, "scenario": "other"}, {})
    with pytest.raises(TheirsError, match="found a folder about 'tiny'; expected one about 'other'"):
        write_finding(other, place)
    assert read_finding(place, "robustness") == FOUND


def test_what_cannot_be_read_is_told_with_a_way_out(tmp_path):
    place = write_finding(FOUND, tmp_path / "new")
    with pytest.raises(TheirsError, match="Did you mean 'robustness'"):
        read_finding(place, "robust")
    (place / "findings" / "robustness.json").write_text("{")
    with pytest.raises(TheirsError, match="Run the command again that made it"):
        read_finding(place, "robustness")


def test_a_number_that_is_none_is_not_stored():
    with pytest.raises(ValueError, match="not JSON compliant"):
        Finding("x", ABOUT, {"cells": Grid(("value",), ((float("nan"),),))}).text()
