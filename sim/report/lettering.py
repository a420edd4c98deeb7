"""Lettering: how wide words are, where a line of them ends, and how labels make room for each other.

Widths are measured in the house's own font, word by word.

Why: a label that is cut off or lies on another is the first thing a reader sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import inf

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from sim.report import wording


def width_pt(text: str, size_pt: float, weight: str = "normal") -> float:
    """Width of a text when it is drawn, in points: of its words and the spaces between them."""
    words = text.split(" ")
    return sum(_word_pt(word, size_pt, weight) for word in words) + (len(words) - 1) * _space_pt(size_pt, weight)


@cache
def _word_pt(word: str, size_pt: float, weight: str) -> float:
    prop = FontProperties(size=size_pt, weight=weight)
    return float(text_to_path.get_text_width_height_descent(word, prop, ismath=False)[0])


@cache
def _space_pt(size_pt: float, weight: str) -> float:
    return _word_pt("n n", size_pt, weight) - 2 * _word_pt("n", size_pt, weight)


def wrapped(text: str, most_pt: float, size_pt: float, weight: str = "normal") -> list[str]:
    """A text in lines no wider than ``most_pt`` points, cut between words; inside one only where it is wider."""
    space_pt = _space_pt(size_pt, weight)
    lines: list[str] = []
    wide_pt = most_pt
    for word in wording.together(text).split(" "):
        for piece in _pieces(word, most_pt, size_pt, weight):
            piece_pt = _word_pt(piece, size_pt, weight)
            if lines and wide_pt + space_pt + piece_pt <= most_pt:
                lines[-1] += f" {piece}"
                wide_pt += space_pt + piece_pt
            else:
                lines.append(piece)
                wide_pt = piece_pt
    return lines


def _pieces(word: str, most_pt: float, size_pt: float, weight: str) -> list[str]:
    """A word in pieces that fit a line: of one that has no spaces because its script has none, several."""
    pieces = [word]
    while len(pieces[-1]) > 1 and _word_pt(pieces[-1], size_pt, weight) > most_pt:
        word = pieces.pop()
        fits = max(1, int(len(word) * most_pt / _word_pt(word, size_pt, weight)))
        pieces += [word[:fits], word[fits:]] if fits < len(word) else [word[:-1], word[-1:]]
    return pieces


def one_line(text: str, most_pt: float, size_pt: float, weight: str = "normal") -> str:
    """A text that fits one line, or as many of its words as do before an ellipsis."""
    if len(wrapped(text, most_pt, size_pt, weight)) < 2:
        return text
    return f"{wrapped(text, most_pt - width_pt(' …', size_pt, weight), size_pt, weight)[0]} …"


def even(text: str, most_pt: float, size_pt: float, weight: str) -> list[str]:
    """The same in as many lines, of about one width: no last line of a single word."""
    lines = wrapped(text, most_pt, size_pt, weight)
    widest = most_pt
    while widest > most_pt / 2 and len(wrapped(text, widest - 12, size_pt, weight)) == len(lines):
        widest -= 12
    return wrapped(text, widest, size_pt, weight)


def apart(wanted: Sequence[float], least: float, lowest: float = -inf, highest: float = inf) -> list[float]:
    """Places on a line as near to the wanted ones as they can be with ``least`` between neighbours.

    None is higher or lower than there is room for, and where there is no room for all, they end too high.

    >>> apart([5.0, 0.0, 5.0], 2.0), apart([5.0, 0.0, 5.0], 2.0, lowest=1.0, highest=5.0)
    ([4.0, 0.0, 6.0], [3.0, 1.0, 5.0])
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    groups: list[tuple[float, list[int]]] = []
    for place in order:
        group = (wanted[place], [place])
        while groups and group[0] - groups[-1][0] < least * (len(group[1]) + len(groups[-1][1])) / 2:
            members = groups.pop()[1] + group[1]
            middle = sum(wanted[each] for each in members) / len(members)
            group = (middle, members)
        groups.append(group)
    found = [0.0] * len(wanted)
    for middle, members in groups:
        for step, place in enumerate(members):
            found[place] = middle + least * (step - (len(members) - 1) / 2)
    settled = sorted(order, key=lambda each: found[each])
    for place in reversed(settled):
        found[place] = min(found[place], highest)
        highest = found[place] - least
    for place in settled:
        found[place] = max(found[place], lowest)
        lowest = found[place] + least
    return found
