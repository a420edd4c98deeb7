"""The report's files: all of them or those that were there before, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import errno
import os
import shutil
from pathlib import Path

import pytest

from sim.errors import TheirsError
from sim.report import files
from sim.report.chart import Asked, Numbers
from sim.report.figures import figures
from sim.report.files import write_picture, write_pictures, write_report
from sim.report.material import material_of
from sim.report.picture import csv_of, picture_of
from sim.store import load
from tests.rooms.report.studies import ATTACK, TYPED

STORED = ("chunks", "manifest.json", "scenario.resolved.yaml", "summary.csv")


@pytest.fixture
def copy(study, tmp_path):
    """The study in a folder of its own."""
    shutil.copytree(study.folder, tmp_path / "study")
    return material_of(load(tmp_path / "study"))


@pytest.fixture
def quick(monkeypatch, pictures):
    """The pictures as they were drawn for other tests."""
    monkeypatch.setattr(files, "pictures_of", lambda _: pictures)


def picture(material, name="chance", asked=Asked()):  # noqa: B008  # a tuple
    (chart,) = figures()[name].charts(material, asked)
    return picture_of(figures()[name].HEADING, chart)


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_report_adds_a_page_and_figures_and_changes_nothing_else(copy, quick):
    folder = copy.study.folder
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert write_report(copy) == folder / "report.html"
    assert listing(folder) == sorted((*STORED, "figures", "report.html"))
    assert {path: path.read_bytes() for path in before} == before
    assert copy.study.digests() == copy.study.manifest["tables"]


def test_each_figure_is_there_as_png_svg_and_csv(copy, quick, pictures):
    write_report(copy)
    names = [picture.chart.name for picture in pictures]
    kinds = (".csv", ".png", ".svg")
    assert listing(copy.study.folder / "figures") == sorted(f"{name}{kind}" for name in names for kind in kinds)
    with (copy.study.folder / "figures" / "chance.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    typed = next(row for row in rows if (row["policy"], row["mission"]) == (TYPED, ATTACK))
    assert (typed["chance"], typed["n"], typed["N"]) == ("0.3", "50", "50")
    png = (copy.study.folder / "figures" / "chance.png").read_bytes()
    assert png.startswith(b"\x89PNG")


def test_a_second_report_replaces_the_first_and_keeps_what_is_ours_to_keep(copy, quick):
    page = write_report(copy)
    first = page.read_bytes()
    page.write_text("old")
    (page.parent / "figures" / "mine.txt").write_text("mine")
    write_report(copy)
    assert page.read_bytes() == first
    assert (page.parent / "figures" / "mine.txt").read_text() == "mine"


def test_a_full_disk_leaves_the_report_that_was_there(copy, quick, monkeypatch):
    page = write_report(copy)
    page.write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files, "_write", full)
    with pytest.raises(TheirsError, match=r"study: the report cannot be written \(No space left on device\)"):
        write_report(copy)
    assert page.read_text() == "old"
    assert not [name for name in listing(page.parent) if name.startswith(".")]


def test_ctrl_c_leaves_nothing_half_written(copy, monkeypatch):
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "pictures_of", stop)
    with pytest.raises(KeyboardInterrupt):
        write_report(copy)
    assert listing(copy.study.folder) == list(STORED)


def test_a_folder_where_the_page_should_be_is_told(copy, quick):
    (copy.study.folder / "report.html").mkdir()
    with pytest.raises(TheirsError, match="the report cannot be written"):
        write_report(copy)


def test_one_picture_goes_where_it_is_told_with_its_numbers_beside_it(material, tmp_path):
    made = picture(material)
    assert write_picture(tmp_path / "mine.svg", made) == tmp_path / "mine.svg"
    assert listing(tmp_path) == ["mine.csv", "mine.svg"]
    assert (tmp_path / "mine.svg").read_bytes() == made.svg


def test_a_picture_overwrites_nothing(material, tmp_path):
    made = picture(material)
    (tmp_path / "mine.csv").write_text("mine")
    with pytest.raises(TheirsError, match=r"mine\.csv: something is there already"):
        write_picture(tmp_path / "mine.png", made)
    with pytest.raises(TheirsError, match=r"found '\.gif'; expected a name that ends in \.png or \.svg"):
        write_picture(tmp_path / "mine.gif", made)
    with pytest.raises(TheirsError, match="cannot be written"):
        write_picture(tmp_path / "nowhere" / "mine.png", made)
    assert listing(tmp_path) == ["mine.csv"]


def test_pictures_of_a_folder_stand_among_its_figures(copy):
    made = picture(copy, "cost", Asked(TYPED))
    assert write_pictures(copy.study.folder, [made]) == [copy.study.folder / "figures" / "cost-typed.png"]
    assert listing(copy.study.folder / "figures") == ["cost-typed.csv", "cost-typed.png", "cost-typed.svg"]


def test_no_cell_runs_as_a_formula():
    text = csv_of(Numbers(("=a", "b"), [("+1", -3), ("@x", None), ("plain", 2.5)])).decode()
    assert text.splitlines() == ["'=a,b", "'+1,-3", "'@x,", "plain,2.5"]
