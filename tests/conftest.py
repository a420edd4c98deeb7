"""What every test shares: how hard Hypothesis looks, no window for a figure, and rubbish that is looked for seldom.

Nothing here may change what a test means; a fixture that builds a scenario lives beside its tests.

Why: a suite that draws other examples each time is red on the day nothing was changed.
"""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import Phase, settings

# The same examples at every run; HYPOTHESIS_PROFILE=thorough looks further, and elsewhere each time.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=50, print_blob=True)
settings.register_profile("thorough", derandomize=False, deadline=None, max_examples=1000, print_blob=True)
# Says at once that a law fails, without looking for its smallest example.
settings.register_profile("quick", settings.get_profile("steady"), phases=[Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

os.environ.setdefault("MPLBACKEND", "Agg")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the golden digests anew."""
    parser.addoption("--update-golden", action="store_true", help="store the ledgers' digests as they are now")


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later search for rubbish, and search more seldom.

    Else a seventh of the suite's time goes into looking through modules and tests that stay until the end.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 10)
