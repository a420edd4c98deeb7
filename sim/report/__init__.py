"""The report: stored results as one page, as figures and as words.

It reads stored tables and works out nothing that the answer holds already; every colour of the house is here.

Why: whoever takes the decision reads one page, and every number on it must be one that is stored.
"""

from __future__ import annotations

import logging

# On a machine that has never drawn, and where a font has no bold, Matplotlib tells stderr what no planner can act on.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
