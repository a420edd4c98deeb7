"""The screen: tables and lines that read well in a terminal, in 100 columns, and in a pipe.

Text from a scenario is printed as it stands: it is never taken for markup.

Why: what a planner sees on the screen is what gets pasted into the memo.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from rich import box
from rich.console import Console
from rich.table import Table

WIDTH: Final = 100
WIDEST: Final = 140


def screen(*, stderr: bool = False) -> Console:
    """A console without markup; 100 columns wide where nobody says how wide it is."""
    console = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    console.width = min(console.width, WIDEST)
    return console


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = (), whole: Sequence[int] = ()
) -> Table:
    """A table of text.

    Parameters
    ----------
    numbers
        Columns that align to the right.
    whole
        Columns whose cells stay on one line, while others wrap.
    """
    found = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="bold",
        title_justify="left",
    )
    for place, heading in enumerate(headings):
        justify: Literal["left", "right"] = "right" if place in numbers else "left"
        found.add_column(heading, justify=justify, overflow="fold", no_wrap=place in whole)
    for row in rows:
        found.add_row(*row)
    return found
