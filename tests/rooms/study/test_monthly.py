"""Bands month by month: quantiles over the runs, from the runs themselves or from their counts in bins."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sim.store.columns import plain
from sim.store.counts import Steps, counted_months
from sim.store.tables import MONTHLY, MONTHS, SPENDING
from sim.study.monthly import levels_of, levels_of_counts
from tests.rooms.study.handmade import tiny

CLOCK = tiny().scenario.clock
ATTACK = "small_attack"


def monthly(units):
    """Rows of ``typed`` in months 0 and 1: so many in service in month 0 of each run, and one more in month 1."""
    rows = [
        {"policy": "typed", "replication": run, "month": month, "mission": ATTACK, "deployed": own + month,
         "available": 0, "in_pipeline": 0}
        for run, own in enumerate(units)
        for month in (0, 1)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=MONTHLY.schema)


def columns(table, *names):
    return {name: np.array(table[name].to_pylist()) for name in names}


def counts(units, step):
    tables = {MONTHLY.name: monthly(units), SPENDING.name: SPENDING.schema.empty_table()}
    counted = counted_months("typed", tables, Steps({ATTACK: step}, {}))
    assert plain(counted).schema == MONTHS.schema
    return columns(counted, "month", "of", "measure", "least", "runs")


def test_a_band_is_the_smallest_value_that_so_many_runs_do_not_exceed():
    found = levels_of(columns(monthly(range(50)), "month", "mission", "deployed"), ATTACK, CLOCK)
    # 0 to 49: the 5th, 13th, 25th, 38th and 45th; in month 1 one more
    assert found.quantiles.T.tolist() == [[4, 12, 24, 37, 44], [5, 13, 25, 38, 45]]
    assert [CLOCK.calendar.iso(int(day)) for day in found.days] == ["2025-04-30", "2025-05-31"]


def test_counts_in_bins_of_one_give_the_runs_own_values():
    units = [(7 * run) % 23 for run in range(40)]
    own = levels_of(columns(monthly(units), "month", "mission", "deployed"), ATTACK, CLOCK)
    binned = levels_of_counts(counts(units, 1), ATTACK, CLOCK)
    assert binned.quantiles.tolist() == own.quantiles.tolist()
    assert binned.days.tolist() == own.days.tolist()


def test_wider_bins_give_the_lower_end_of_the_bin():
    units = [(7 * run) % 23 for run in range(40)]
    own = levels_of(columns(monthly(units), "month", "mission", "deployed"), ATTACK, CLOCK)
    binned = levels_of_counts(counts(units, 5), ATTACK, CLOCK)
    assert binned.quantiles.tolist() == (own.quantiles // 5 * 5).tolist()
