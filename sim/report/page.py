"""The page: the sections in their templates, in one file that needs nothing else.

Whatever comes from a scenario is escaped where it enters a template; no script, no address, no font is asked for.

Why: the page is mailed, printed and opened years later on a machine without a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from sim.report import wording
from sim.report.material import Material
from sim.report.picture import Picture
from sim.report.sections import SectionFile, sections


def page(material: Material, pictures: Sequence[Picture]) -> str:
    """The whole report as HTML."""
    templates = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filled = [_section(templates, section, material, pictures) for section in sections()]
    return templates.get_template("page.html").render(
        title=material.scenario.title, under=_under(material), sections=filled
    )


def _template(name: str) -> str:
    return files("sim.report").joinpath(*name.split("/")).read_text(encoding="utf-8")


def _section(
    templates: Environment, section: SectionFile, material: Material, pictures: Sequence[Picture]
) -> dict[str, Any]:
    name = section.__name__.rpartition(".")[2]
    body = templates.get_template(f"sections/{name}.html").render(section.content(material, pictures))
    return {
        "id": name.partition("_")[2],
        "title": section.TITLE,
        "body": Markup(body),
    }  # it was escaped as it was filled


def _under(material: Material) -> str:
    clock = material.clock
    as_of, deadline, horizon = (
        wording.long_date(day, material.calendar) for day in (clock.as_of_day, clock.deadline_day, clock.horizon_day)
    )
    policies = material.answer.policies
    asked = material.answer.replications
    many = f"{len(policies)} policies, each in the same" if len(policies) > 1 else "One policy in"
    futures = "one future" if asked == 1 else f"{asked:,} futures"
    return f"{many} {futures}; as of {as_of}, deadline {deadline}, simulated to {horizon}."
