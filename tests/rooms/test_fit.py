"""Fitted numbers against the printed ones, against answers that can be written down, and against twins.

Why: the scenarios state these numbers, and a planner may ask where each comes from.
"""

from __future__ import annotations

import datetime
from math import exp, log, pi, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize

from sim.distributions import normal_quantile
from sim.scenario.csv_facts import deals, slip_ratios
from sim.study.fit import (
    LeadQuantiles,
    fit_lognormal,
    fit_slip,
    kaplan_meier,
    lead_quantiles,
    log_likelihood,
    quantile,
)

FACTS = Path(__file__).resolve().parents[2] / "scenarios" / "facts"


# --- the printed numbers


def test_all_sixteen_pairs_give_the_printed_record() -> None:
    fit = fit_slip(FACTS / "slip_ratios.csv")["record"]
    # the source prints 0.256 and 0.320; its sd has the divisor n - 1, maximum likelihood has n
    assert (fit.n, fit.censored) == (16, 0)
    assert (round(fit.log_mean, 3), round(fit.sample_log_sd, 3), round(fit.log_sd, 3)) == (0.256, 0.320, 0.310)


def test_the_nine_government_sales_give_the_printed_class() -> None:
    fit = fit_slip(FACTS / "slip_ratios.csv")["us_government"]
    # printed 0.302 and 0.213, again with n - 1
    assert fit.n == 9
    assert (round(fit.log_mean, 3), round(fit.sample_log_sd, 3), round(fit.log_sd, 3)) == (0.302, 0.213, 0.201)


def test_the_government_sales_are_the_printed_nine() -> None:
    rows = slip_ratios(FACTS / "slip_ratios.csv")
    assert [row.ratio for row in rows if row.us_government] == [
        1.41, 1.61, 1.58, 1.44, 1.66, 1.00, 1.09, 1.62, 1.00,
    ]  # fmt: skip
    assert [row.deal for row in rows if row.country == "United States" and not row.us_government] == ["Orca XLUUV"]


def test_what_the_table_marks_as_open_is_fitted_as_open(tmp_path: Path) -> None:
    path, table = tmp_path / "slips.csv", (FACTS / "slip_ratios.csv").read_text(encoding="utf-8")
    path.write_text(table.replace("1.61,false", "1.61,true"), encoding="utf-8")
    assert fit_slip(path)["record"].censored == fit_slip(path)["us_government"].censored == 1


def test_the_one_forecast_in_the_record_would_widen_it_if_taken_as_a_bound() -> None:
    # Taiwan's aircraft were forecast, not delivered, when the table was made; the source counts the forecast
    rows = slip_ratios(FACTS / "slip_ratios.csv")
    fit = fit_lognormal([row.ratio for row in rows], [row.deal == "Taiwan MQ-9B" for row in rows])
    assert (fit.n, fit.censored) == (16, 1)
    assert (round(fit.log_mean, 3), round(fit.log_sd, 3)) == (0.268, 0.324)


def test_censored_fits_of_lead_times_agree_with_those_the_source_prints() -> None:
    # months to first delivery of Turkish MALE deals with standard buyers; printed 2.854, 0.519 (n - 1), and with
    # Indonesia open at 22.9 months 2.941, 0.499 (maximum likelihood)
    turkish = [16.7, 13.7, 30.2, 14.5, 8.3, 32.8]
    complete = fit_lognormal(turkish, [False] * 6)
    assert (round(complete.log_mean, 2), round(complete.sample_log_sd, 2)) == (2.85, 0.52)
    fit = fit_lognormal([*turkish, 22.9], [False] * 6 + [True])
    assert fit.log_mean == pytest.approx(2.941, abs=0.002)
    assert fit.log_sd == pytest.approx(0.499, abs=0.001)
    # new-built US MALE; printed 3.537, 0.408, and with Taiwan open at 30.4 months 3.575, 0.358
    american = [38.0, 61.3, 29.9, 34.6, 19.9]
    complete = fit_lognormal(american, [False] * 5)
    assert (round(complete.log_mean, 3), round(complete.sample_log_sd, 2)) == (3.537, 0.41)
    fit = fit_lognormal([*american, 30.4], [False] * 5 + [True])
    assert (round(fit.log_mean, 3), round(fit.log_sd, 3)) == (3.575, 0.358)


# --- answers that can be written down


def test_two_seen_and_one_open_have_an_exact_answer() -> None:
    """With a bound at the mean, the hazard there is c = sqrt(2/pi), and the gradient is nil at mean 0 and sd 1 when
    the seen z add up to -c and their squares to 2: z = -c/2 +- sqrt(1 - c^2/4)."""
    c = sqrt(2 / pi)
    seen = (-c / 2 - sqrt(1 - c * c / 4), -c / 2 + sqrt(1 - c * c / 4))
    fit = fit_lognormal([exp(z) for z in (*seen, 0.0)], [False, False, True])
    assert fit.log_mean == pytest.approx(0.0, abs=1e-9)
    assert fit.log_sd == pytest.approx(1.0, abs=1e-9)
    # information: by mean 2 + c^2, by sd 2 x 3 - 2 = 4, mixed -(2c - c) = -c; determinant 8 + 6/pi
    determinant = 8 + 6 / pi
    assert fit.se_log_mean == pytest.approx(sqrt(4 / determinant), rel=1e-8)
    assert fit.se_log_sd == pytest.approx(sqrt((2 + 2 / pi) / determinant), rel=1e-8)
    # the same sample in another unit and spread: mean 0.3, sd 0.25
    fit = fit_lognormal([exp(0.3 + 0.25 * z) for z in (*seen, 0.0)], [False, False, True])
    assert fit.log_mean == pytest.approx(0.3, abs=1e-9)
    assert fit.log_sd == pytest.approx(0.25, abs=1e-9)


def test_with_nothing_open_the_fit_is_the_closed_form() -> None:
    ratios = [1.39, 1.0, 1.05, 1.41, 2.58, 0.66]
    fit = fit_lognormal(ratios, [False] * 6)
    logs = [log(ratio) for ratio in ratios]
    mean = sum(logs) / 6
    sd = sqrt(sum((x - mean) ** 2 for x in logs) / 6)
    assert (fit.log_mean, fit.log_sd) == pytest.approx((mean, sd), rel=1e-12)
    assert fit.sample_log_sd == pytest.approx(sqrt(sum((x - mean) ** 2 for x in logs) / 5), rel=1e-12)
    # Fisher information of a normal sample: n / sd^2 and 2 n / sd^2
    assert (fit.se_log_mean, fit.se_log_sd) == pytest.approx((sd / sqrt(6), sd / sqrt(12)), rel=1e-12)
    assert fit.median == pytest.approx(exp(mean))


def test_a_large_censored_sample_gives_back_what_it_was_made_from() -> None:
    # 2,000 midpoint quantiles of log-normal (0.3, 0.25); whatever passes 1.5 (some 34 %) is only known to pass it
    sample = [exp(0.3 + 0.25 * normal_quantile((k + 0.5) / 2_000)) for k in range(2_000)]
    is_open = [value > 1.5 for value in sample]
    fit = fit_lognormal([min(value, 1.5) for value in sample], is_open)
    assert fit.censored == sum(is_open) > 600
    assert fit.log_mean == pytest.approx(0.3, abs=5e-4)
    assert fit.log_sd == pytest.approx(0.25, abs=5e-4)
    # taking bounds for outcomes would say 0.236 and 0.189
    naive = fit_lognormal([min(value, 1.5) for value in sample], [False] * 2_000)
    assert (naive.log_mean < 0.25, naive.log_sd < 0.2) == (True, True)


# --- twins


SAMPLE = [1.39, 1.00, 1.05, 1.41, 1.61, 1.58, 2.10, 0.66, 1.20]
OPEN = [False, False, True, False, True, False, False, False, True]


def test_no_other_point_is_likelier() -> None:
    fit = fit_lognormal(SAMPLE, OPEN)
    logs, is_open = np.log(SAMPLE), np.array(OPEN)
    twin = optimize.minimize(
        lambda point: -log_likelihood(point[0], exp(point[1]), logs, is_open),
        (0.0, -1.0),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 10_000},
    )
    assert (fit.log_mean, log(fit.log_sd)) == pytest.approx(tuple(twin.x), abs=1e-6)


def test_standard_errors_are_the_curvature_of_the_likelihood() -> None:
    fit = fit_lognormal(SAMPLE, OPEN)
    logs, is_open, step = np.log(SAMPLE), np.array(OPEN), 1e-4

    def likelihood(mean_steps: int, sd_steps: int) -> float:
        return log_likelihood(fit.log_mean + mean_steps * step, fit.log_sd + sd_steps * step, logs, is_open)

    mean_mean = (likelihood(1, 0) - 2 * likelihood(0, 0) + likelihood(-1, 0)) / step**2
    sd_sd = (likelihood(0, 1) - 2 * likelihood(0, 0) + likelihood(0, -1)) / step**2
    corners = likelihood(1, 1) - likelihood(1, -1) - likelihood(-1, 1) + likelihood(-1, -1)
    mean_sd = corners / (4 * step**2)
    determinant = mean_mean * sd_sd - mean_sd**2
    assert fit.se_log_mean == pytest.approx(sqrt(-sd_sd / determinant), rel=1e-4)
    assert fit.se_log_sd == pytest.approx(sqrt(-mean_mean / determinant), rel=1e-4)


def test_a_bound_far_below_everything_says_nothing() -> None:
    without = fit_lognormal(SAMPLE, [False] * 9)
    with_bound = fit_lognormal([*SAMPLE, 1e-6], [False] * 9 + [True])
    assert (with_bound.log_mean, with_bound.log_sd) == pytest.approx((without.log_mean, without.log_sd), abs=1e-9)


def test_a_bound_far_above_everything_is_fitted_all_the_same() -> None:
    # the tail underflows in plain arithmetic there; its logarithm does not
    fit = fit_lognormal([1.0, 1.1, 1.2, 1e30], [False, False, False, True])
    assert fit.log_mean > 1
    assert fit.log_sd > 10


@pytest.mark.parametrize(
    ("ratios", "is_open", "words"),
    [
        ([1.0, 2.0], [False], "as many of each"),
        ([1.0, 0.0, 2.0], [False] * 3, "values above zero"),
        ([1.0, float("inf"), 2.0], [False] * 3, "values above zero"),
        ([1.0, 1.0, 1.0], [False] * 3, "at least two"),
        ([1.0, 2.0, 3.0], [False, True, True], "at least two"),
        ([], [], "at least two"),
    ],
)
def test_a_sample_without_spread_or_sense_is_refused(ratios: list[float], is_open: list[bool], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        fit_lognormal(ratios, is_open)


def test_a_spread_of_nothing_has_no_likelihood() -> None:
    with pytest.raises(ValueError, match="expected above zero"):
        log_likelihood(0.0, 0.0, np.array([1.0]), np.array([False]))


# --- lead times


def test_the_curve_of_the_textbook() -> None:
    """Weeks of remission under 6-MP (Freireich et al. 1963), the standard example; + is open."""
    weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    still_open = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = kaplan_meier([*((time, False) for time in weeks), *((time, True) for time in still_open)])
    printed = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {time: round(share, 3) for time, share in curve.items()} == printed
    assert (quantile(curve, 0.1), quantile(curve, 0.5), quantile(curve, 0.9)) == (6, 23, None)


def test_a_quantile_is_met_exactly() -> None:
    # of ten, the ninth leaves a tenth
    curve = kaplan_meier([(time, False) for time in range(1, 11)])
    assert (quantile(curve, 0.1), quantile(curve, 0.5), quantile(curve, 0.9)) == (1, 5, 9)


def test_leads_of_the_table_by_class() -> None:
    leads = lead_quantiles(FACTS / "deals.csv")
    # ScanEagle 270 and 285 days, V-BAT 328, Hermes 450 350
    assert leads["tactical_UAV"] == LeadQuantiles(4, 0, 270, 285, 350)
    # Global Hawk 16 Nov 2018 - 12 Mar 2022, Triton 26 Jun 2018 - 16 Jun 2024
    assert leads["HALE_UAV"] == LeadQuantiles(2, 0, 1212, 1212, 2182)
    # Warmate 59 days, ALTIUS 293; both Switchblades open, the first of them for 768 days: half of four at 293
    assert leads["loitering_munition"] == LeadQuantiles(4, 2, 59, 293, None)
    assert list(leads) == sorted(leads)


def test_leads_by_class_and_country_are_the_same_deals() -> None:
    path = FACTS / "deals.csv"
    whole, parts = lead_quantiles(path), lead_quantiles(path, by_country=True)
    for kind, lead in whole.items():
        of_kind = [part for name, part in parts.items() if name.startswith(f"{kind}, ")]
        assert sum(part.n for part in of_kind) == lead.n
        assert sum(part.open_deals for part in of_kind) == lead.open_deals
    assert "MALE_UAV, Turkey" in parts


def test_what_a_deal_can_say_depends_on_its_dates(tmp_path: Path) -> None:
    rows = [
        "a,UUV,X,s,b,2020-01-01,2020-01-11,,,,official,u",  # ten days
        "b,UUV,X,s,b,2020-01-01,,,,,official,u",  # open for 31 days on 1 February
        "c,UUV,X,s,b,2020-01-01,2020-03-01,,,,official,u",  # dated after the table's close: open for 31 days
        "d,UUV,X,s,b,,2020-01-11,,,,official,u",  # no contract date
        "e,UUV,X,s,b,2020-01-01,,2020-01-20,,,official,u",  # only the last delivery is dated
        "f,UUV,X,s,b,2020-02-01,,,,,official,u",  # signed on the day of closing
    ]
    path = tmp_path / "deals.csv"
    heading = (FACTS / "deals.csv").read_text(encoding="utf-8").splitlines()[0]
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    found = lead_quantiles(path, closed_on=datetime.date(2020, 2, 1))
    assert found == {"UUV": LeadQuantiles(3, 2, 10, None, None)}
    assert len(deals(path)) == 6
