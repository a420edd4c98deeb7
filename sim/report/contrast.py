"""Contrast: whether words on a colour are written in black or in white.

Relative luminance and the ratio of two are those of the web's rules; of black and white the better one reaches at
least 4.58 : 1 on any colour, and small words need 4.5 : 1.

Why: a digit that is faint on its cell is lost on a printer, and with it the number.

Source: W3C, *Web Content Accessibility Guidelines 2.2* (2023), 1.4.3 and the definition of relative luminance.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_rgb
from matplotlib.typing import ColorType

from sim.report.house import BLACK, WHITE

_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)
"""Of red, green and blue in what is seen as light."""


def luminance(colour: ColorType) -> float:
    """Relative luminance, 0 of black to 1 of white.

    >>> luminance("#000000"), luminance("#FFFFFF"), round(luminance("#D55E00"), 4)
    (0.0, 1.0, 0.2215)
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))


def contrast(one: ColorType, other: ColorType) -> float:
    """The ratio of two colours, 1 to 21.

    >>> contrast("#FFFFFF", "#000000"), round(contrast("#FFFFFF", "#767676"), 2)
    (21.0, 4.54)
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: ColorType) -> str:
    """Black or white, whichever is seen better on a colour.

    >>> ink_on("#E69F00"), ink_on("#0072B2")
    ('#000000', '#FFFFFF')
    """
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, colour))


def ink_in(cells: QuadMesh, value: float) -> str:
    """The same, on the cell of a heat map that has this value."""
    ((red, green, blue, _),) = cells.to_rgba(np.array([value]))
    return ink_on((red, green, blue))
