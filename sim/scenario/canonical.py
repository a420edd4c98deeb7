"""The canonical text of a loaded scenario: its merged written form, in one order and one style.

Equal scenarios have equal bytes, and the text loads again into an equal scenario.

Why: a result that is kept with the exact scenario it answers can be run again without the files it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, get_args

import yaml
from pydantic import BaseModel

from sim.scenario.fields import HEADINGS, ISO_DATE
from sim.scenario.forms import FORMS
from sim.scenario.load import Loaded
from sim.scenario.reading import reads_as_text
from sim.scenario.tree import Path
from sim.scenario.written import WrittenScenario

_WIDTH: Final = 110
_AN_ID: Final = 10_000
"""Rank of ids: after the grammar's keys, before the headings."""
_IN_WRITTEN_ORDER: Final = ("missions", "mass", "high")
_LISTED_AT_HOME: Final = 5
"""Steps to a mission's list of home offers, ``policies.<id>.missions.<id>.home``, whose order has a meaning too."""
"""Mappings of a policy whose written order has a meaning."""


def resolved_yaml(loaded: Loaded) -> str:
    """Canonical text of a loaded scenario, all files merged, with all sources."""
    ordered = _ordered(dict(loaded.written), ())
    return str(
        yaml.dump(
            ordered,
            Dumper=_Dumper,
            sort_keys=False,
            default_flow_style=None,
            allow_unicode=True,
            width=_WIDTH,
        )
    )


class _Dumper(yaml.CSafeDumper):
    """A safe dumper that quotes every text which this grammar would read as something else, and names nothing twice."""

    def ignore_aliases(self, data: object) -> bool:
        """Write every value out: the loader refuses aliases."""
        return True


class _Quantity(dict[object, object]):
    """A quantity, written in one line where it fits."""


def _text(dumper: Any, text: str) -> yaml.ScalarNode:
    style = None if reads_as_text(text) else "'"
    kind = "timestamp" if ISO_DATE.fullmatch(text) else "str"
    node: yaml.ScalarNode = dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text, style=style)
    return node


def _quantity(dumper: Any, quantity: _Quantity) -> yaml.MappingNode:
    node: yaml.MappingNode = dumper.represent_mapping("tag:yaml.org,2002:map", quantity.items(), flow_style=True)
    return node


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Quantity, _quantity)


def _ordered(value: object, path: Path) -> object:
    """Value with its mappings in canonical order: keys of the grammar as it states them, ids by name, headings last."""
    if isinstance(value, list):
        return [_ordered(below, (*path, "")) for below in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    kind = _Quantity if "unit" in value else dict
    if not _keeps_order(path):
        ranks = _ranks()
        keys.sort(key=lambda key: (ranks.get(key, _AN_ID), key))
    return kind((_key(key), _ordered(value[key], (*path, key))) for key in keys)


def _keeps_order(path: Path) -> bool:
    """Whether the written order of a mapping's keys has a meaning."""
    if path[:1] != ("policies",) or len(path) < 3:
        return False
    return path[-1] in _IN_WRITTEN_ORDER or (path[-1] == "home" and len(path) == _LISTED_AT_HOME)


def _key(key: str) -> str | int:
    """A year as a number, so that it stands without quotes."""
    return int(key) if key.isascii() and key.isdigit() and str(int(key)) == key else key


@lru_cache(maxsize=1)
def _ranks() -> Mapping[str, int]:
    """Place of each key of the grammar, by first appearance."""
    forms = [key for form in dict.fromkeys(FORMS.values()) for key in form.model_fields if key != "unit"]
    keys = dict.fromkeys([*forms, "unit", *_keys(WrittenScenario, set())])
    ranks = {key: place for place, key in enumerate(keys)}
    return ranks | {key: _AN_ID + 1 + place for place, key in enumerate(HEADINGS)}


def _keys(kind: Any, seen: set[type[BaseModel]]) -> Iterator[str]:
    """Keys of a model and of all models below it, in the order they are defined."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind in seen:
            return
        seen.add(kind)
        fields = kind.model_fields.items()
        yield from (field.alias or name for name, field in fields)
        for _, field in fields:
            yield from _keys(field.annotation, seen)
    else:
        for part in get_args(kind):
            yield from _keys(part, seen)
