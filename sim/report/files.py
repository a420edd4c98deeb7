"""The report's files: ``report.html`` and ``figures/`` in a run folder, each replaced whole or left as it was.

Everything is written aside first and renamed when all of it is there; nothing that somebody else put into the folder is
touched.

Why: a report that was cut off in the middle looks like a finished one with fewer findings.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sim.errors import TheirsError
from sim.report.material import Material
from sim.report.page import page
from sim.report.picture import Picture, csv_of, pictures_of

REPORT: Final = "report.html"
FIGURES: Final = "figures"


def write_report(material: Material) -> Path:
    """Write the report of a study into its run folder.

    Returns
    -------
    The page.

    Raises
    ------
    TheirsError
        If the folder cannot be written. What was there before is still there then.
    """
    folder = material.study.folder
    with _told_where(folder), _aside(folder) as aside:
        pictures = tuple(pictures_of(material))
        _fill(aside / FIGURES, pictures)
        (aside / REPORT).write_text(page(material, pictures), encoding="utf-8")
        _settle(aside / FIGURES, folder / FIGURES)
        (aside / REPORT).replace(folder / REPORT)
    return folder / REPORT


def write_pictures(folder: Path, pictures: Iterable[Picture]) -> list[Path]:
    """Write pictures into a run folder's ``figures``; returns the PNG files. Raises TheirsError as ``write_report``."""
    drawings = tuple(pictures)
    with _told_where(folder), _aside(folder) as aside:
        _fill(aside / FIGURES, drawings)
        _settle(aside / FIGURES, folder / FIGURES)
    return [folder / FIGURES / f"{each.chart.name}.png" for each in drawings]


def write_picture(place: Path, picture: Picture) -> Path:
    """Write one picture to a file of its own, its numbers beside it.

    Raises
    ------
    TheirsError
        If the name ends neither in .png nor in .svg, if something is there already, or if it cannot be written.
    """
    kinds = {".png": picture.png, ".svg": picture.svg}
    kind = place.suffix.lower()
    if kind not in kinds:
        raise TheirsError(f"{place}: found '{place.suffix}'; expected a name that ends in .png or .svg.")
    contents = {place.name: kinds[kind], place.with_suffix(".csv").name: csv_of(picture.chart.numbers)}
    for name in contents:
        if os.path.lexists(place.parent / name):
            raise TheirsError(
                f"{place.parent / name}: something is there already; expected a new file. It was left as it is: name"
                " another with --out FILE."
            )
    with _told_where(place), _aside(place.parent) as aside:
        _write(aside, contents)
        _settle(aside, place.parent)
    return place


def _fill(place: Path, pictures: Iterable[Picture]) -> None:
    place.mkdir()
    for each in pictures:
        name, numbers = each.chart.name, csv_of(each.chart.numbers)
        _write(place, {f"{name}.svg": each.svg, f"{name}.png": each.png, f"{name}.csv": numbers})


def _write(place: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        (place / name).write_bytes(content)


def _settle(aside: Path, place: Path) -> None:
    """Move each file to its place."""
    place.mkdir(exist_ok=True)
    for file in sorted(aside.iterdir()):
        file.replace(place / file.name)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the places that is gone afterwards, however it ends."""
    aside = folder / f".report.{os.getpid()}"
    aside.mkdir()
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _told_where(place: Path) -> Iterator[None]:
    """Turn a system's refusal to write into a sentence with the place and a way out."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise TheirsError(
            f"{place}: the report cannot be written ({reason}); expected a folder with room that you may write to. What"
            " was there before has not changed."
        ) from error
