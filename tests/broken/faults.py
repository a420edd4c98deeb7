"""The faults that `make broken` plants, and the test that each must turn red.

A row is `Fault(name, file, find, replace, test)`, described in `planter.py`: in a copy of the tree, the text
`find`, which stands exactly once in `file`, becomes `replace`, and `test`, a pytest node id that is green
without the fault, must then fail. A row is one mistake that a careful person could make:

    Fault(
        name="money lapses a day early",
        file="sim/rules/budget.py",
        find="day >= year_end",
        replace="day >= year_end - 1",
        test="tests/stories/test_budget.py::test_the_last_day_of_march_still_signs",
    )

Why: a test that nobody has seen red proves nothing, and only a list keeps the habit.
"""

from __future__ import annotations

from tests.broken.driving_faults import DRIVING
from tests.broken.faults_factory import FACTORY
from tests.broken.faults_home import LEARNING, LINES, PARTS
from tests.broken.faults_home_figures import HOME_FIGURES
from tests.broken.faults_service import FAULTS_SERVICE
from tests.broken.import_faults import HISTORY, WORKS
from tests.broken.money_faults import FISCAL_YEAR, ORDERS, OUTLAYS
from tests.broken.planter import Fault
from tests.broken.statistics_faults import STATISTICS

FAULTS: tuple[Fault, ...] = (
    *FISCAL_YEAR,
    *ORDERS,
    *OUTLAYS,
    *WORKS,
    *HISTORY,
    *FAULTS_SERVICE,
    *LEARNING,
    *LINES,
    *PARTS,
    *FACTORY,
    *HOME_FIGURES,
    *STATISTICS,
    *DRIVING,
)
