"""The kinds of quantity that the fields of a scenario hold: dimension, bounds, and whether it is sampled.

A field's kind alone decides whether its number is a parameter of the future, luck of one event, or fixed.

Why: "days" and "a share between 0 and 1" are said once here, and the editor's schema says them too.
"""

from __future__ import annotations

from typing import Annotated

from sim.scenario.quantity import Holds, Quantity, units_of

_DAY = units_of("duration")
_SHARE = units_of("share")
_SHARE_OR_YEARLY = units_of("share", "share/year")
_YEARLY = units_of("share/year")
_YEN = units_of("money:JPY")
_MONEY = units_of("money")
_EXCHANGE = units_of("exchange")
_WORK = units_of("work")
_NOT_BELOW_ZERO = "Leave the key out if there is none."
_WHOLE_SHARE = "A share lies between 0 and 1, or 0 and 100 percent."

DayLuck = Annotated[Quantity, Holds("luck", _DAY, "day", low=0)]
ShareParameter = Annotated[Quantity, Holds("parameter", _SHARE, "share", low=0, high=1, why=_WHOLE_SHARE)]
ChanceParameter = Annotated[Quantity, Holds("parameter", _SHARE_OR_YEARLY, "share", low=0, high=1, why=_WHOLE_SHARE)]
YearlyShareParameter = Annotated[Quantity, Holds("parameter", _YEARLY, "share", low=0, high=1, why=_WHOLE_SHARE)]
YearlyEventParameter = Annotated[Quantity, Holds("parameter", units_of("events/year"), "event", low=0, high=1)]
FixedShare = Annotated[Quantity, Holds("fixed", _SHARE, "share", low=0, high=1, why=_WHOLE_SHARE)]
CorrelationShare = Annotated[Quantity, Holds("fixed", (*_SHARE, "1"), "share", low=-1, high=1)]
SeatShare = Annotated[Quantity, Holds("choice", _SHARE, "share", low=0, high=10)]
VolatilityParameter = Annotated[Quantity, Holds("parameter", _YEARLY, "share", low=0, high=2)]
DriftParameter = Annotated[Quantity, Holds("parameter", _YEARLY, "share", low=-2, high=2)]
EscalationParameter = Annotated[Quantity, Holds("parameter", _YEARLY, "share", low=-0.5, high=1)]
GrowthParameter = Annotated[Quantity, Holds("parameter", _SHARE, "share", low=0, high=5)]
RateGrowthParameter = Annotated[Quantity, Holds("parameter", units_of("share/month"), "share", low=-0.5, high=1)]
FactorParameter = Annotated[Quantity, Holds("parameter", units_of("factor"), "factor", low=0, high=100)]
FactorLuck = Annotated[Quantity, Holds("luck", units_of("factor"), "factor", low=0, high=100)]
FixedFactor = Annotated[Quantity, Holds("fixed", units_of("factor"), "factor", low=0, high=100)]
QualityFactor = Annotated[
    Quantity,
    Holds("fixed", units_of("factor"), "factor", low=0.0001, high=100, why="A product without worth is left out."),
]
FixedLog = Annotated[Quantity, Holds("fixed", units_of("factor"), "factor", low=-10, high=10)]
FixedLogSd = Annotated[Quantity, Holds("fixed", units_of("factor"), "factor", low=0, high=5)]
PriceParameter = Annotated[Quantity, Holds("parameter", _MONEY, "minor", low=0, why="A price is zero or more.")]
FixedPrice = Annotated[Quantity, Holds("fixed", _MONEY, "minor", low=0)]
YenParameter = Annotated[Quantity, Holds("parameter", _YEN, "yen", low=0, why=_NOT_BELOW_ZERO)]
YenLuck = Annotated[Quantity, Holds("luck", _YEN, "yen", low=0)]
FixedYen = Annotated[Quantity, Holds("fixed", _YEN, "yen", low=0)]
ExchangeParameter = Annotated[Quantity, Holds("parameter", _EXCHANGE, "exchange", low=0.0001, high=1e9)]
TargetParameter = Annotated[
    Quantity,
    Holds("parameter", ("unit",), "unit", low=1, why="A mission that needs no unit is left out of the file."),
]
PeopleParameter = Annotated[
    Quantity, Holds("parameter", ("person",), "person", low=1, why="Without people, leave crew out.")
]
PlacesParameter = Annotated[
    Quantity, Holds("parameter", ("place",), "place", low=1, why="Without a queue, leave bench out.")
]
RateParameter = Annotated[
    Quantity,
    Holds(
        "parameter",
        units_of("rate"),
        "rate",
        low=1,
        why="Without a limit, leave rate out; a stop is a shock.",
        any_period=True,
    ),
]
RunningCost = Annotated[Quantity, Holds("parameter", (*_SHARE, *_YEN), None, low=0)]
"""Yearly: a share of the unit's price, or yen."""
NamedParameter = Annotated[
    Quantity,
    Holds(
        "parameter",
        (
            *_MONEY,
            *_DAY,
            *_SHARE,
            *_YEARLY,
            "share/month",
            "percent/month",
            "unit",
            "person",
            "place",
            "1",
            *units_of("rate"),
            *_EXCHANGE,
            "events/year",
            *units_of("pieces"),
            *_WORK,
            "JPY/hour",
        ),
        None,
    ),
]
MonthlyEventParameter = Annotated[
    Quantity,
    Holds("parameter", units_of("events/year"), "event", low=0, high=12, why="At most one opens a month."),
]
ShareLuck = Annotated[Quantity, Holds("luck", _SHARE, "share", low=0, high=1, why=_WHOLE_SHARE)]
UnitLuck = Annotated[Quantity, Holds("luck", ("unit",), "unit", low=1)]
LabourParameter = Annotated[
    Quantity, Holds("parameter", _WORK, "minute", low=1, why="A unit takes some labour; write it in hours.")
]
FixedLabour = Annotated[Quantity, Holds("fixed", _WORK, "minute", low=0)]
HeadDay = Annotated[Quantity, Holds("fixed", _WORK, "minute", low=1, high=1_440, why="A day has 24 hours.")]
LabourRate = Annotated[Quantity, Holds("parameter", units_of("JPY/hour"), "yen", low=0)]
SlopeParameter = Annotated[
    Quantity,
    Holds(
        "parameter",
        _SHARE,
        "share",
        low=0.5001,
        high=1,
        why="A slope is above 0.5 and at most 1: at 0.85 the 200th unit takes 85 percent of the 100th.",
    ),
]
YieldParameter = Annotated[
    Quantity,
    Holds("parameter", _SHARE, "share", low=0.0001, high=1, why="A yield is above 0 and at most 1."),
]
ReworkParameter = Annotated[Quantity, Holds("parameter", _SHARE, "share", low=0, high=10)]
SlotsParameter = Annotated[
    Quantity,
    Holds("parameter", units_of("rate"), "rate", low=1, why="A line without tooling makes nothing; a stop is a shock."),
]
FixedSlots = Annotated[Quantity, Holds("fixed", units_of("rate"), "rate", low=1)]
PieceRateParameter = Annotated[
    Quantity,
    Holds(
        "parameter",
        units_of("pieces"),
        "rate",
        low=1,
        why="Without a limit, leave capacity out; a stop is a window or a shock.",
    ),
]
ShockSize = Annotated[
    Quantity,
    Holds("fixed", ("1", *_SHARE, "share/month", "percent/month", *_DAY, "unit", *_EXCHANGE), None, low=0),
]
"""Its unit must be the one of the shock's kind."""
