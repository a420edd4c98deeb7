"""The arithmetic of parts: what a firm orders, what a window lets through, what a second source makes (chapter 6).

Pieces are whole; nothing is reserved for a lot, so a requirement is a sum over planned starts.

Why: a line stops for the one part that was ordered too late, and that order must be checkable by hand.

The day on which an order leaves a source whose capacity all its buyers share is R17's ``departure_day``: the
order is the lot, its ready day the earliest day, and the rates are pieces instead of units.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.units import BASIS_POINTS, share_of


def parts_to_order(
    planned: Sequence[tuple[int, int]],
    today: int,
    lead_days: int,
    safety_pieces: int,
    stock: int,
    on_order: int,
) -> int:
    """Pieces to order at a review: what planned lots need within the lead, plus safety, less what is there.

    Parameters
    ----------
    planned
        Planned start day of each lot and the pieces it needs, any order. Lots whose day has passed still
        need theirs; a lot that starts on the very day an order of today comes is inside the lead.
    today, lead_days
        Day of the review, expected days from order to arrival.
    safety_pieces
        Stock to keep beyond the plan; see ``safety_pieces``.
    stock, on_order
        Pieces in the store, and ordered and not yet come.

    Returns
    -------
    Zero or more: a surplus is kept, not sent back.

    Raises ValueError if the lead or a number of pieces is negative.

    Source: R23 of the model.

    >>> parts_to_order(((10, 4), (30, 4), (31, 4)), 0, 30, 2, 3, 1)
    6
    """
    if min(lead_days, safety_pieces, stock, on_order) < 0 or any(pieces < 0 for _, pieces in planned):
        raise ValueError(
            f"{lead_days} days of lead, {safety_pieces} pieces of safety, {stock} in stock, {on_order} on order,"
            f" plans {tuple(planned)}: expected zero or more of each"
        )
    needed = sum(pieces for day, pieces in planned if day <= today + lead_days)
    return max(needed + safety_pieces - stock - on_order, 0)


def safety_pieces(use_month_pieces: int, months_bp: int) -> int:
    """Safety stock: a month's use times so many months, half up.

    Parameters
    ----------
    use_month_pieces
        Pieces a month at today's rate.
    months_bp
        Months of use to keep, in 1/10,000 of a month: 5,000 is half a month.

    Raises ValueError if either is negative.

    Source: R23 of the model.

    >>> safety_pieces(40, 10_000), safety_pieces(5, 5_000)
    (40, 3)
    """
    if min(use_month_pieces, months_bp) < 0:
        raise ValueError(f"{use_month_pieces} pieces a month for {months_bp} bp of a month: expected zero or more")
    return share_of(use_month_pieces, months_bp)


def window_flow(pieces: int, shares_bp: Sequence[int]) -> int:
    """Pieces of an order that depart under the windows that strike it: its product with all shares, rounded down.

    Rounded once, so the order of the windows says nothing; without a window all depart.

    Raises ValueError if the pieces are negative or a share lies outside 0 to 10,000.

    Source: R24 of the model.

    >>> window_flow(99, ()), window_flow(99, (5_000,)), window_flow(99, (5_000, 2_000)), window_flow(99, (0,))
    (99, 49, 9, 0)
    """
    if pieces < 0 or any(not 0 <= share <= BASIS_POINTS for share in shares_bp):
        raise ValueError(
            f"{pieces} pieces under windows of {tuple(shares_bp)} bp:"
            f" expected pieces of zero or more, shares of 0 to {BASIS_POINTS}"
        )
    flow, whole = pieces, 1
    for share in shares_bp:
        flow, whole = flow * share, whole * BASIS_POINTS
    return flow // whole


def second_source_pieces(total: int, share_bp: int) -> int:
    """Pieces of an order that go to the second source, half up; the first source takes the rest.

    Raises ValueError if the total is negative or the share lies outside 0 to 10,000.

    Source: R24 of the model.

    >>> second_source_pieces(10, 3_000), second_source_pieces(5, 5_000), second_source_pieces(5, 0)
    (3, 3, 0)
    """
    if total < 0 or not 0 <= share_bp <= BASIS_POINTS:
        raise ValueError(
            f"{total} pieces, {share_bp} bp of them from the second source:"
            f" expected pieces of zero or more, a share of 0 to {BASIS_POINTS}"
        )
    return share_of(total, share_bp)
