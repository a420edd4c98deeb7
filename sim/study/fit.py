"""Fitted beliefs: the numbers of the scenarios that come from tables, worked out again from their rows.

Fits are by maximum likelihood, open cases censored; nothing here is random.

Why: a number that nobody can recompute is an assumption in disguise.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from sim.scenario.csv_facts import FACTS_CLOSED_ON, Deal, deals, slip_ratios

RECORD: Final = "record"
US_GOVERNMENT: Final = "us_government"

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

_LOG_ROOT_2_PI: Final = 0.5 * log(2 * np.pi)


@dataclass(frozen=True, slots=True)
class Fit:
    """A log-normal fitted by maximum likelihood."""

    log_mean: float
    log_sd: float
    """Maximum likelihood: with nothing censored the divisor is n."""
    se_log_mean: float
    """Standard errors: from the observed information at the fit."""
    se_log_sd: float
    n: int
    """All cases."""
    censored: int
    """Cases of which only a lower bound is known."""

    @property
    def sample_log_sd(self) -> float:
        """Log-sd with divisor n − 1, as the fact files print it and the scenarios use it."""
        return self.log_sd * sqrt(self.n / (self.n - 1))

    @property
    def median(self) -> float:
        """In the unit of the sample."""
        return exp(self.log_mean)


def fit_lognormal(ratios: Sequence[float], censored: Sequence[bool]) -> Fit:
    """Fit a log-normal to a sample in which some values are only lower bounds.

    The log-likelihood is concave in (mean/sd, 1/sd), so the one zero of its gradient is its maximum.

    Parameters
    ----------
    ratios
        Values above zero: seen, or for a censored case the bound it has passed.
    censored
        For each value whether it is only a lower bound.

    Raises
    ------
    ValueError
        If the sequences differ in length, a value is not above zero, or fewer than two different values were seen,
        which leaves the spread undefined.

    Source: R16 of the model; A. C. Cohen, *Truncated and Censored Samples* (1991), ch. 2; concavity: J. Burridge,
    *J. R. Statist. Soc. B* 43 (1981) 41-45.

    >>> fit = fit_lognormal((1.0, 4.0), (False, False))
    >>> round(fit.median, 6), round(fit.log_sd, 6), round(fit.sample_log_sd, 6)
    (2.0, 0.693147, 0.980258)
    """
    logs, is_open = _checked(ratios, censored)
    seen = logs[~is_open]
    if not is_open.any():
        mean, sd = float(seen.mean()), float(seen.std())
    else:
        mean, sd = _solve(logs, is_open)
    information = -_second_derivatives(mean, sd, logs, is_open)
    se = np.sqrt(np.diag(np.linalg.inv(information)))
    return Fit(mean, sd, float(se[0]), float(se[1]), len(logs), int(is_open.sum()))


def _checked(ratios: Sequence[float], censored: Sequence[bool]) -> tuple[Floats, Truths]:
    values, is_open = np.asarray(ratios, dtype=float), np.asarray(censored, dtype=bool)
    if values.shape != is_open.shape or values.ndim != 1:
        raise ValueError(f"{len(ratios)} values with {len(censored)} marks of censoring: expected as many of each")
    if not np.all(np.isfinite(values) & (values > 0)):
        raise ValueError("a value is zero, negative or not finite: expected values above zero")
    if len(np.unique(values[~is_open])) < 2:
        raise ValueError("fewer than two different values were seen: expected at least two, for a spread")
    return np.log(values), is_open


def _solve(logs: Floats, is_open: Truths) -> tuple[float, float]:
    """Maximum by Newton steps in (mean/sd, 1/sd), where the log-likelihood is concave; from the seen values' fit."""
    seen = logs[~is_open]
    start = np.array([seen.mean(), 1.0]) / seen.std()
    found = optimize.minimize(
        lambda point: -_concave(point, logs, is_open)[0],
        start,
        jac=lambda point: -_concave(point, logs, is_open)[1],
        hess=lambda point: -_concave(point, logs, is_open)[2],
        method="trust-exact",
        options={"gtol": 1e-10, "maxiter": 1_000},
    )
    # the search may stop for lack of digits; what counts is that the gradient is nil
    if not np.all(np.abs(found.jac) < 1e-6 * len(logs)):
        raise ValueError(f"the fit of {len(logs)} values does not settle: {found.message}")
    return float(found.x[0] / found.x[1]), float(1 / found.x[1])


def _concave(point: Floats, logs: Floats, is_open: Truths) -> tuple[float, Floats, Floats]:
    """Log-likelihood, gradient and second derivatives by (mean/sd, 1/sd), the constant left out."""
    shift, scale = point
    if scale <= 0:
        return -np.inf, np.zeros(2), np.zeros((2, 2))
    seen, bound = scale * logs[~is_open] - shift, scale * logs[is_open] - shift
    hazard = _hazard(bound)
    slope = hazard * (hazard - bound)
    value = len(seen) * log(scale) - (seen**2).sum() / 2 + special.log_ndtr(-bound).sum()
    by_shift = seen.sum() + hazard.sum()
    by_scale = len(seen) / scale - (seen * logs[~is_open]).sum() - (hazard * logs[is_open]).sum()
    mixed = logs[~is_open].sum() + (slope * logs[is_open]).sum()
    curve = [
        [-len(seen) - slope.sum(), mixed],
        [mixed, -len(seen) / scale**2 - (logs[~is_open] ** 2).sum() - (slope * logs[is_open] ** 2).sum()],
    ]
    return float(value), np.array([by_shift, by_scale]), np.array(curve)


def log_likelihood(mean: float, sd: float, logs: Floats, is_open: Truths) -> float:
    """Log-likelihood of normal logarithms: density where seen, upper tail where open.

    Raises ValueError if ``sd`` is not above zero.
    """
    if sd <= 0:
        raise ValueError(f"log-sd {sd}: expected above zero")
    z = (logs - mean) / sd
    seen = -log(sd) - _LOG_ROOT_2_PI - z[~is_open] ** 2 / 2
    return float(seen.sum() + special.log_ndtr(-z[is_open]).sum())


def _hazard(z: Floats) -> Floats:
    """Normal density over upper tail, also far out where both vanish."""
    log_tail: Floats = special.log_ndtr(-z)
    hazard: Floats = np.exp(-(z**2) / 2 - _LOG_ROOT_2_PI - log_tail)
    return hazard


def _second_derivatives(mean: float, sd: float, logs: Floats, is_open: Truths) -> Floats:
    """Of the log-likelihood by (mean, sd): a 2 × 2 matrix."""
    z = (logs - mean) / sd
    seen, bound = z[~is_open], z[is_open]
    hazard = _hazard(bound)
    slope = hazard * (hazard - bound)
    mean_mean = -len(seen) - slope.sum()
    mean_sd = -2 * seen.sum() - (hazard + bound * slope).sum()
    sd_sd = (1 - 3 * seen**2).sum() - (2 * bound * hazard + bound**2 * slope).sum()
    return np.array([[mean_mean, mean_sd], [mean_sd, sd_sd]]) / sd**2


def fit_slip(path: Path) -> dict[str, Fit]:
    """Slip classes from the table of promises and outcomes: all pairs, and those of US government sales (R16).

    Raises ScenarioError if the table cannot be read.
    """
    rows = slip_ratios(path)
    classes = {RECORD: rows, US_GOVERNMENT: tuple(row for row in rows if row.us_government)}
    return {
        name: fit_lognormal([row.ratio for row in pairs], [row.censored for row in pairs])
        for name, pairs in classes.items()
    }


class LeadQuantiles(NamedTuple):
    """How long a class of deals took from contract to first delivery, days (Kaplan and Meier)."""

    n: int
    open_deals: int
    p10_days: int | None
    """None where too many deals are open to say."""
    median_days: int | None
    p90_days: int | None


def lead_quantiles(
    path: Path, *, by_country: bool = False, closed_on: datetime.date = FACTS_CLOSED_ON
) -> dict[str, LeadQuantiles]:
    """Quantiles of the lead time by class of system, from the table of deals.

    With ``by_country`` the classes are told apart by the supplier's country: ``"MALE_UAV, Turkey"``.

    A deal without a delivery date is open on ``closed_on``, though a few of them may have been delivered unseen: the
    quantiles lean to the long side. Left out are deals without a contract date, and those of which only the last
    delivery is dated.

    Raises ScenarioError if the table cannot be read.
    """
    leads: dict[str, list[tuple[int, bool]]] = {}
    for deal in deals(path):
        lead = _lead(deal, closed_on)
        if lead is not None:
            name = f"{deal.kind}, {deal.supplier_country}" if by_country else deal.kind
            leads.setdefault(name, []).append(lead)
    return {kind: _lead_quantiles(leads[kind]) for kind in sorted(leads)}


def _lead(deal: Deal, closed_on: datetime.date) -> tuple[int, bool] | None:
    """(Days, whether still open), or None where the deal cannot say."""
    if deal.contract_date is None:
        return None
    if deal.first_delivery_date is not None and deal.first_delivery_date <= closed_on:
        return (deal.first_delivery_date - deal.contract_date).days, False
    if deal.first_delivery_date is None and deal.last_delivery_date is not None:
        return None
    if deal.contract_date >= closed_on:
        return None
    return (closed_on - deal.contract_date).days, True


def _lead_quantiles(leads: Sequence[tuple[int, bool]]) -> LeadQuantiles:
    curve = kaplan_meier(leads)
    p10, median, p90 = (quantile(curve, share) for share in (0.1, 0.5, 0.9))
    return LeadQuantiles(len(leads), sum(is_open for _, is_open in leads), p10, median, p90)


def kaplan_meier(times: Iterable[tuple[int, bool]]) -> Mapping[int, float]:
    """Share still open after each time at which something ended, in order.

    Parameters
    ----------
    times
        (Time, whether still open then); what ends at a time counts before what is open at it.

    Source: E. L. Kaplan & P. Meier, *J. Amer. Statist. Assoc.* 53 (1958) 457-481.

    >>> kaplan_meier([(3, False), (5, True), (8, False), (8, False)])
    {3: 0.75, 8: 0.0}
    """
    in_order = sorted(times)
    open_share, curve = 1.0, dict[int, float]()
    for place, (time, is_open) in enumerate(in_order):
        if not is_open:
            at_risk = len(in_order) - place
            open_share *= 1 - 1 / at_risk
            curve[time] = open_share
    return curve


def quantile(curve: Mapping[int, float], share: float) -> int | None:
    """First time by which at least ``share`` has ended; None if the curve does not say.

    >>> quantile({3: 0.75, 8: 0.0}, 0.5), quantile({3: 0.75}, 0.5)
    (8, None)
    """
    # a share of 0.9 and a curve at 0.1 must meet although neither is exact in binary
    slack = 1e-12
    return next((time for time, still_open in curve.items() if still_open <= 1 - share + slack), None)
