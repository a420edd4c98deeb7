"""The studies that the tests of the report share; each is made once."""

from __future__ import annotations

import pytest

from sim.report.material import Material, material_of
from sim.report.picture import Picture, pictures_of
from sim.store import Study
from tests.rooms.report.home_studies import home_study_of
from tests.rooms.report.studies import study_of


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Fifty futures of two policies."""
    return study_of(tmp_path_factory.mktemp("report") / "study")


@pytest.fixture(scope="session")
def material(study: Study) -> Material:
    return material_of(study)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """Twenty futures of three policies with home production."""
    return material_of(home_study_of(tmp_path_factory.mktemp("home") / "study"))


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The same, with three of the fifty runs of ``typed`` failed: two that met the target and one that did not."""
    return material_of(study_of(tmp_path_factory.mktemp("failing") / "study", failed=(11, 20, 45)))


@pytest.fixture(scope="session")
def pictures(material: Material) -> tuple[Picture, ...]:
    return tuple(pictures_of(material))
