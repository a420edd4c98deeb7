"""Kept frames: parts of an analysis that was broken off, each under the digest of all that decides it.

A part is written aside and renamed whole; one that is missing, or is not what was written, is made anew.

Why: an analysis takes as long as a batch, and a laptop that was closed should not cost an afternoon.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.store.folder import told_where

if TYPE_CHECKING:
    import pandas as pd

_SUM: Final = ".sha256"


def kept(folder: Path, identity: str, part: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """A frame from the folder, or made and put there.

    Parameters
    ----------
    folder
        Where frames are kept; it is created where it is missing.
    identity
        Everything that decides the frame, as text; another identity is another place.
    part
        Of that identity.

    Raises
    ------
    TheirsError
        If the folder cannot be written.
    """
    import pandas as pd

    place = folder / hashlib.sha256(identity.encode()).hexdigest()[:32]
    file, summed = place / f"{part}.parquet", place / f"{part}{_SUM}"
    with told_where(folder):
        place.mkdir(parents=True, exist_ok=True)
        if file.is_file() and summed.is_file():
            content = file.read_bytes()
            if hashlib.sha256(content).hexdigest() == summed.read_text():
                return pd.read_parquet(BytesIO(content))
    made = make()
    with told_where(folder):
        aside = place / f".{part}.{os.getpid()}"
        made.to_parquet(aside)
        summed.write_text(hashlib.sha256(aside.read_bytes()).hexdigest())
        aside.replace(file)
    return made
