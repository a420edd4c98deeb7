"""Each entry that contradicts itself or another is told with its place, what stands there, and a way out.

One case is one change of the tutorial's file and the one fault that must come of it.

Why: the faults between entries are those that nobody sees by reading one of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms.scenario.cases import Case, assert_told
from tests.rooms.scenario.texts import TEXT, changed, faults, only_fault, written

# fmt: off
CASES = [
    Case("target zero", "target: {low: 6, mode: 12, high: 18,", "target: {value: 0,",
         "missions.wide_area_surveillance.target", "target: {value: 0,", "0 unit", "no value below 1 unit",
         "left out of the file"),
    Case("target that may be zero", "target: {low: 6, mode: 12, high: 18,", "target: {low: 0, mode: 12, high: 18,",
         "missions.wide_area_surveillance.target", "target: {low: 0,", "0 / 12 / 18 unit", "no value below 1 unit"),
    Case("due after the horizon", "    weight: 12\n", "    weight: 12\n    due: 2031-03-31\n",
         "missions.wide_area_surveillance.due", "due: 2031-03-31", "'2031-03-31'", "to clock.horizon 2029-03-31"),
    Case("unknown joint mission", "joint: [wide_area_surveillance, small_attack]",
         "joint: [wide_area_surveillance, small_atack]", "joint.1", "joint: [wide", "'small_atack'",
         "a known mission", "Did you mean 'small_attack'?"),
    Case("joint mission twice", "joint: [wide_area_surveillance, small_attack]",
         "joint: [small_attack, small_attack]", "joint.1", "joint: [small", "'small_attack'", "each mission once"),
    Case("quality zero", "quality: {value: 1.4,", "quality: {value: 0,", "products.switchblade.quality",
         "quality: {value: 0,", "0 1", "no value below 0.0001 1"),
    Case("currency without a rate", "currency: USD\n    price: {low: 50, mode: 79, high: 200, unit: k USD,",
         "currency: EUR\n    price: {low: 50, mode: 79, high: 200, unit: k EUR,", "offers.switchblade_300.currency",
         "currency: EUR", "'EUR'", "a known currency", "Known: JPY, USD."),
    Case("planning rate left out",
         '      2025: {value: 150, unit: JPY per USD, source: "assumption: yearly rates not found; mode '
         'of fiscal 2026"}\n', "", "currencies.USD.planning_rates", "    planning_rates:",
         "no rate for fiscal year 2025", "drafted before the start", "Add '2025: {value: ..., unit: JPY per USD}'"),
    Case("rate of another currency", "rate_at_start: {value: 149.57, unit: JPY per USD",
         "rate_at_start: {value: 149.57, unit: JPY per AUD", "currencies.USD.rate_at_start.unit", "rate_at_start:",
         "'JPY per AUD'", "the unit JPY per USD"),
    Case("wrong minor unit", "minor_per_major: 100", "minor_per_major: 1", "currencies.USD.minor_per_major",
         "minor_per_major: 1\n", "1", "100, as the units of USD count"),
    Case("amount and request", "2025: {amount: {value: 3.2,",
         "2025: {request: {value: 3, unit: bn JPY}, amount: {value: 3.2,",
         "budget.lines.small_attack_money.years.2025", "2025: {request", "amount and request",
         "either amount, or request and approval"),
    Case("request without approval", "2025: {amount: {value: 3.2,", "2025: {request: {value: 3.2,",
         "budget.lines.small_attack_money.years.2025", "2025: {request", "request",
         "either amount, or request and approval"),
    Case("passage in another year", "2026: 2026-04-11\n", "2026: 2027-04-11\n", "budget.calendar.passage.2026",
         "2026: 2027-04-11", "2027-04-11", "from 2026-04-01 to 2027-03-31"),
    Case("passage left out", "      2025: 2025-04-01\n", "", "budget.calendar.passage", "    passage: #",
         "no day for fiscal year 2025", "the day its budget passed", "Add '2025: 2025-04-01'"),
    Case("no such day of a month", "draft: {month: 12, day: 26,", "draft: {month: 2, day: 30,",
         "budget.calendar.draft.day", "draft: {month: 2", "30", "a day that its month has every year"),
    Case("years out of order", "first_fiscal_year: 2025", "first_fiscal_year: 2029",
         "budget.lines.small_attack_money.supplementary.0.last_fiscal_year", "last_fiscal_year: 2028", "2028",
         "not before first_fiscal_year, 2029"),
    Case("use without money", "{id: seaguardian_fy2028, fiscal_year: 2028,",
         "{id: seaguardian_fy2028, fiscal_year: 2030,",
         "budget.lines.surveillance.uses.seaguardian_fy2028.fiscal_year", "fiscal_year: 2030", "2030",
         "a year for which the line has money"),
    Case("use on no day", "fiscal_year: 2028, on: passage", "fiscal_year: 2028, on: monday",
         "budget.lines.surveillance.uses.seaguardian_fy2028.on", "on: monday", "'monday'", "'passage' or a date"),
    Case("use on a day of another year", "fiscal_year: 2028, on: passage", "fiscal_year: 2028, on: 2027-06-01",
         "budget.lines.surveillance.uses.seaguardian_fy2028.on", "on: 2027-06-01", "'2027-06-01'",
         "a date of fiscal year 2028"),
    Case("year that is no year", "      2025: 2025-04-01\n", "      2025: 2025-04-01\n      next: 2027-04-01\n",
         "budget.calendar.passage.next", "next: 2027", "the key 'next'", "a fiscal year"),
    Case("first lot above minimum", "first_lot: 6\n", "first_lot: 8\n", "offers.tb2_baykar.first_lot",
         "first_lot: 8", "8", "at most minimum_order, 6", "Raise minimum_order"),
    Case("payments short of the whole", "- {at: after_signing, days: 182, share: 70}",
         "- {at: after_signing, days: 182, share: 65}", "offers.switchblade_300.payments",
         "    payments: # in advance", "shares that add up to 95", "100 percent in all"),
    Case("payment without days", "- {at: after_signing, days: 182, share: 70}", "- {at: after_signing, share: 70}",
         "offers.switchblade_300.payments.1.days", "- {at: after_signing, share", "no days",
         "days for at: after_signing"),
    Case("breaks out of order", "- {from: 1500,", "- {from: 400,", "offers.drone40_defendtex.breaks.1.from",
         "- {from: 400,", "400", "more than the break before it, 500"),
    Case("government sale with a tender", "    government_sale:\n",
         "    tender: {first: {value: 9, unit: day}, later: {value: 9, unit: day}}\n    " "government_sale:\n",
         "offers.switchblade_300.tender", "    tender: {first: {value: 9", "a mapping",
         "no tender for the channel fms", "leave tender out"),
    Case("government sale by a direct channel", "channel: fms # request", "channel: direct # request",
         "offers.switchblade_300.government_sale", "    government_sale:\n", "a mapping",
         "no government sale for the channel direct", "channel: fms"),
    Case("rate of zero", "{low: 8, mode: 12, high: 18, unit: unit/365 days,",
         "{low: 0, mode: 12, high: 18, unit: unit/365 days,", "offers.tb2_baykar.rate", "    rate: # one set",
         "0 / 12 / 18 unit/365 days", "no value below 1 unit/365 days", "leave rate out"),
    Case("rate in no period", "{low: 8, mode: 12, high: 18, unit: unit/365 days,",
         "{low: 8, mode: 12, high: 18, unit: unit/0 days,", "offers.tb2_baykar.rate.unit", "unit: unit/0 days",
         "'unit/0 days'", "unit/365 days"),
    Case("order for another mission", "    mission: small_attack\n    quantity: 310",
         "    mission: wide_area_surveillance\n    quantity: 310", "dated_orders.drone40_fy2025.offer",
         "    offer: drone40_defendtex\n", "whose product serves small_attack",
         "an offer for the mission wide_area_surveillance", "Offers for it: tb2_baykar."),
    Case("order of an unknown offer", "    offer: drone40_defendtex\n", "    offer: drone41\n",
         "dated_orders.drone40_fy2025.offer", "offer: drone41", "'drone41'", "a known offer"),
    Case("announced in the past", "contract: 2026-01-17", "contract: 2025-08-25",
         "dated_orders.drone40_fy2025.contract", "contract: 2025-08-25", "'2025-08-25'",
         "from clock.as_of 2025-08-26 on", "status: history"),
    Case("history in the future", "status: announced", "status: history", "dated_orders.drone40_fy2025.contract",
         "contract: 2026-01-17", "'2026-01-17'", "a date before clock.as_of 2025-08-26", "status: announced"),
    Case("deliveries of a part", "    status: announced\n",
         "    status: announced\n    deliveries: [{day: 2026-09-01, units: 300}]\n",
         "dated_orders.drone40_fy2025.deliveries", "deliveries: [", "300 units", "the whole order, 310 units",
         "leave deliveries out"),
    Case("delivery before the contract", "    status: announced\n",
         "    status: announced\n    deliveries: [{day: 2026-01-16, units: 310}]\n",
         "dated_orders.drone40_fy2025.deliveries.0.day", "deliveries: [", "'2026-01-16'", "not before 2026-01-17"),
    Case("tender that cannot be open",
         "    contract: 2026-01-17\n    promise_days: 200\n    slip_class: record\n    status: " "announced\n",
         "    promise_days: 200\n    slip_class: record\n    status: history\n    tender_open_since: "
         "2025-02-27\n", "dated_orders.drone40_fy2025.tender_open_since", "tender_open_since",
         "2025-02-27, 180 days before clock.as_of", "at most 180 days", "widen the tender's belief"),
    Case("order without a day", "    contract: 2026-01-17\n", "", "dated_orders.drone40_fy2025.contract",
         "  drone40_fy2025:\n", "nothing", "a date", "tender_open_since"),
    Case("offer of another mission in a policy", "mass: {tb2_baykar: 1}", "mass: {drone40_defendtex: 1}",
         "policies.quantity_first.missions.wide_area_surveillance.mass.drone40_defendtex",
         "        mass: {drone40_defendtex: 1}\n    seats", "whose product serves small_attack",
         "an offer for the mission wide_area_surveillance", "tb2_baykar"),
    Case("order before as_of", "{day: 2027-04-01, offer: tb2_baykar,", "{day: 2025-08-25, offer: tb2_baykar,",
         "policies.typed.orders.3.day", "{day: 2025-08-25", "'2025-08-25'", "from clock.as_of 2025-08-26",
         "dated_orders"),
    Case("order below the minimum",
         "{day: 2026-04-11, offer: tb2_baykar, mission: wide_area_surveillance, quantity: 6}",
         "{day: 2026-04-11, offer: tb2_baykar, mission: wide_area_surveillance, quantity: 5}",
         "policies.typed.orders.0.quantity", "quantity: 5}", "5", "at least minimum_order of tb2_baykar, 6"),
    Case("cancelled before ordered",
         "{day: 2026-04-11, offer: tb2_baykar, mission: wide_area_surveillance, quantity: 6}",
         "{day: 2026-04-11, offer: tb2_baykar, mission: wide_area_surveillance, quantity: 6, cancel: "
         "2026-04-11}", "policies.typed.orders.0.cancel", "cancel: 2026-04-11", "'2026-04-11'",
         "after the order's day, 2026-04-11"),
    Case("paid by another mission's line",
         "{day: 2026-04-11, offer: tb2_baykar, mission: wide_area_surveillance, quantity: 6}",
         "{day: 2026-04-11, offer: tb2_baykar, mission: wide_area_surveillance, quantity: 6, line: "
         "small_attack_money}", "policies.typed.orders.0.line", ", line: small_attack_money",
         "'small_attack_money'", "a line that may pay for wide_area_surveillance: surveillance"),
    Case("switch without staged", "      suppliers: 2\n", "      suppliers: 2\n      switch: 2027-04-01\n",
         "policies.quantity_first.levers.switch", "switch: 2027-04-01", "'2027-04-01'",
         "no switch date but for staged"),
    Case("staged without a switch", "        mass: {tb2_baykar: 1}\n",
         "        mass: {tb2_baykar: 1}\n        rule: staged\n",
         "policies.quantity_first.missions.wide_area_surveillance.switch",
         "      wide_area_surveillance:\n        mass", "nothing", "a switch date for the rule staged"),
    Case("scheduled with missions", "    rule: scheduled\n",
         "    rule: scheduled\n    missions: {small_attack: {mass: {drone40_defendtex: 1}}}\n",
         "policies.typed.missions", "    missions: {small_attack", "a mapping",
         "no missions under the rule scheduled"),
    Case("share of money as percent", "high_tier_share: 0.10", "high_tier_share: 10",
         "policies.quantity_first.levers.high_tier_share", "high_tier_share: 10", "10", "at most 1"),
    Case("nothing to buy for a mission", "mass: {tb2_baykar: 1}", "mass: {}",
         "policies.quantity_first.missions.wide_area_surveillance", "      wide_area_surveillance:\n        mass",
         "no offer", "at least one offer under mass or high"),
    Case("correlation of an unknown path", "between: [offers.drone40_defendtex.price,",
         "between: [offers.drone40.price,", "correlations.1.between.0", "between: [offers.drone40.price",
         "'offers.drone40.price'", "the path of an uncertain input",
         "Did you mean 'offers.drone40_defendtex.price'?"),
    Case("correlation of luck", "between: [offers.drone40_defendtex.price,",
         "between: [offers.drone40_defendtex.shipping,", "correlations.1.between.0", "between: [offers",
         "'offers.drone40_defendtex.shipping'", "the path of an uncertain input"),
    Case("correlation of one", 'rho: 0.3, source: "assumption: same policy push"',
         'rho: 1, source: "assumption: same policy push"', "correlations.0.rho", "rho: 1,", "1", "less than 1"),
    Case("correlations that contradict",
         "  - between: [offers.drone40_defendtex.price, offers.switchblade_300.price]\n    rho: 0.3\n",
         "  - {pairs: [[offers.drone40_defendtex.price, offers.switchblade_300.price]], rho: 0.9, "
         "source: for this test}\n  - {pairs: [[offers.switchblade_300.price, "
         "offers.tb2_baykar.price]], rho: 0.9, source: for this test}\n  - pairs: "
         "[[offers.drone40_defendtex.price, offers.tb2_baykar.price]]\n    rho: -0.9\n", "correlations",
         "correlations:\n", "contradict each other at offers.tb2_baykar.price", "positive definite",
         "If a goes with b and b with c"),
    Case("line named twice", "lines: [surveillance]", "lines: [surveillance, surveillance]",
         "missions.wide_area_surveillance.lines.1", "lines: [surv", "'surveillance'", "each line once"),
    Case("courses after the horizon", "opens: 2027-04-01", "opens: 2030-04-01",
         "missions.wide_area_surveillance.crew.opens", "opens: 2030", "'2030-04-01'",
         "not after clock.horizon 2029-03-31"),
    Case("horizon in another age", "horizon: 2029-03-31", "horizon: 2090-03-31", "clock.horizon", "horizon: 2090",
         "'2090-03-31'", "within 30 years of the start"),
    Case("currency nobody counts", "  USD:\n    minor",
         "  GBP: {minor_per_major: 100, rate_at_start: {value: 1, unit: JPY per USD}, volatility: "
         "{value: 0, unit: share/year}, drift: {value: 0, unit: share/year}, planning_rates: {2025: "
         "{value: 1, unit: JPY per USD}}}\n  USD:\n    minor", "currencies.GBP", "  GBP:", "'GBP'",
         "a currency the units know: USD", "Yen is built in"),
    Case("exchange correlation of one currency", "\npolicies:\n",
         "\nexchange_correlations: {USD: {USD: {value: 0.5, unit: share}}}\npolicies:\n",
         "exchange_correlations.USD.USD", "exchange_correlations:", "a mapping",
         "each pair of different currencies once"),
    Case("supplementary on no day", "        - month: 12\n          day: 20",
         "        - month: 2\n          day: 30", "budget.lines.small_attack_money.supplementary.0.day",
         "          day: 30", "30", "a day that its month has every year"),
    Case("use twice", "- {id: seaguardian_fy2028, fiscal_year: 2028,",
         "- {id: seaguardian_fy2027, fiscal_year: 2028,", "budget.lines.surveillance.uses.seaguardian_fy2027.id",
         "fiscal_year: 2028, on", "'seaguardian_fy2027'", "each id once in a line"),
    Case("use without a size",
         "on: passage, share: {low: 0.50, mode: 0.65, high: 0.80, unit: share}}\n        - {id: "
         "seaguardian_fy2028", "on: passage}\n        - {id: seaguardian_fy2028",
         "budget.lines.surveillance.uses.seaguardian_fy2027", "{id: seaguardian_fy2027", "neither",
         "either share or amount"),
    Case("window named twice", "windows: [war_turkey]", "windows: [war_turkey, war_turkey]",
         "offers.tb2_baykar.windows.1", "windows: [war_turkey", "'war_turkey'", "each window once"),
    Case("discount of the whole", "- {from: 1500, discount: {value: 10, unit: percent}}",
         "- {from: 1500, discount: {value: 100, unit: percent}}", "offers.drone40_defendtex.breaks.1.discount",
         "- {from: 1500", "100", "below 100 percent"),
    Case("two payments at signing", "- {at: after_signing, days: 182, share: 70}", "- {at: signing, share: 70}",
         "offers.switchblade_300.payments", "    payments: # in advance", "two steps at signing",
         "one step at signing", "Add their shares up"),
    Case("sale without its steps",
         "    government_sale:\n      request: {low: 20, mode: 45, high: 90, unit: day}\n      offer: "
         "{low: 150, mode: 240, high: 420, unit: day, source: suppliers 4; 5 / 8 / 14 months, "
         "confidence: inferred}\n", "", "offers.switchblade_300.government_sale", "  switchblade_300:\n", "nothing",
         "request and offer times for the channel fms"),
    Case("threshold in another currency", "    government_sale:\n",
         "    government_sale:\n      notification: {days: {value: 15, unit: day}, threshold: {value: "
         "15, unit: bn JPY}}\n", "offers.switchblade_300.government_sale.notification.threshold.unit",
         "      notification:", "'bn JPY'", "money in USD, the offer's currency"),
    Case("priority of another mission", "    rule: close_gap\n",
         "    rule: close_gap\n    priority: [small_attack, small_attack, wide_area_surveillance]\n",
         "policies.quantity_first.priority.1", "priority: [", "'small_attack'", "each mission of the policy once"),
    Case("priority without a mission", "    rule: close_gap\n",
         "    rule: close_gap\n    priority: [small_attack]\n", "policies.quantity_first.priority", "priority: [",
         "a list without wide_area_surveillance", "all missions of the policy"),
    Case("split for a mission the line does not pay", "    rule: close_gap\n",
         "    rule: shares\n    line_split: {surveillance: {small_attack: 0.6}}\n",
         "policies.quantity_first.line_split.surveillance.small_attack", "line_split:", "'small_attack'",
         "a mission for which the line surveillance may pay"),
    Case("offer in both groups", "high: {switchblade_300: 1}", "high: {drone40_defendtex: 1}",
         "policies.quantity_first.missions.small_attack.high.drone40_defendtex", "high: {drone40", "in both groups",
         "each offer in one group"),
    Case("scheduled with levers", "    rule: scheduled\n", "    rule: scheduled\n    levers: {suppliers: 2}\n",
         "policies.typed.levers", "    levers: {suppliers", "a mapping", "no levers under the rule scheduled",
         "Leave it out."),
    Case("nothing with orders", "rule: scheduled", "rule: nothing", "policies.typed.orders", "    orders:",
         "a list of 5", "no orders under the rule nothing"),
    Case("shock of an unknown kind", "\npolicies:\n",
         "\nshocks:\n  it: {kind: earthquake, from: 2026-10-01}\n\npolicies:\n", "shocks.it.kind", "  it:",
         "'earthquake'", "one of 'supplier_rate'"),
    Case("shock without subjects", "\npolicies:\n", "\nshocks:\n  it: {kind: bar, from: 2026-10-01}\n\npolicies:\n",
         "shocks.it.subjects", "  it:", "no subjects", "offers by offers or countries"),
    Case("shock that strikes nothing", "\npolicies:\n",
         "\nshocks:\n  it: {kind: bar, from: 2026-10-01, subjects: {offers: []}}\n\npolicies:\n",
         "shocks.it.subjects.offers", "  it:", "a list of 0", "at least 1 of them"),
    Case("shock on the wrong subjects", "\npolicies:\n",
         "\nshocks:\n  it: {kind: bar, from: 2026-10-01, subjects: {lines: all}}\n\npolicies:\n",
         "shocks.it.subjects.lines", "  it:", "'lines'", "subjects of the kind bar by offers, countries"),
    Case("shock on an unknown country", "\npolicies:\n",
         "\nshocks:\n  it: {kind: bar, from: 2026-10-01, subjects: {countries: [Turkye]}}\n\npolicies:\n",
         "shocks.it.subjects.countries.0", "  it:", "'Turkye'", "a known supplier's country",
         "Did you mean 'Turkey'?"),
    Case("shock without a size", "\npolicies:\n",
         "\nshocks:\n  it: {kind: supplier_rate, from: 2026-10-01, subjects: {offers: all}}\n\n" "policies:\n",
         "shocks.it.size", "  it:", "nothing", "a size in 1"),
    Case("shock in the wrong unit", "\npolicies:\n",
         "\nshocks:\n  it: {kind: supplier_rate, from: 2026-10-01, subjects: {offers: all}, size: "
         "{value: 5, unit: day}}\n\npolicies:\n", "shocks.it.size.unit", "  it:", "'day'", "one of the units 1"),
    Case("shock with a size too many", "\npolicies:\n",
         "\nshocks:\n  it: {kind: bar, from: 2026-10-01, subjects: {offers: all}, size: {value: 5, "
         "unit: day}}\n\npolicies:\n", "shocks.it.size", "  it:", "a mapping", "no size for the kind bar"),
    Case("shock of more than the whole", "\npolicies:\n",
         "\nshocks:\n  it: {kind: posts_filled, from: 2026-10-01, subjects: {missions: all}, size: "
         "{value: 1.2, unit: share}}\n\npolicies:\n", "shocks.it.size", "  it:", "1.2", "at most the whole"),
    Case("target of nothing by shock", "\npolicies:\n",
         "\nshocks:\n  it: {kind: target, from: 2026-10-01, subjects: {missions: all}, size: {value: 0, "
         "unit: unit}}\n\npolicies:\n", "shocks.it.size", "  it:", "0", "a target of at least 1 unit"),
    Case("exchange rate of zero", "\npolicies:\n",
         "\nshocks:\n  it: {kind: exchange_level, from: 2026-10-01, subjects: {currencies: all}, size: "
         "{value: 0, unit: JPY per USD}}\n\npolicies:\n", "shocks.it.size", "  it:", "0",
         "an exchange rate above zero"),
    Case("level of another currency", "\npolicies:\n",
         "\nshocks:\n  it: {kind: exchange_level, from: 2026-10-01, subjects: {currencies: [USD]}, "
         "size: {value: 9, unit: JPY per AUD}}\n\npolicies:\n", "shocks.it.subjects.currencies", "  it:",
         "a list of 1", "AUD, whose rate the size states"),
    Case("cap for another kind", "\npolicies:\n",
         "\nshocks:\n  it: {kind: bar, from: 2026-10-01, subjects: {offers: all}, cap: {value: 0.9, "
         "unit: share}}\n\npolicies:\n", "shocks.it.cap", "  it:", "a mapping",
         "no cap but for the kind tender_failure"),
    Case("shock that ends before it begins", "\npolicies:\n",
         "\nshocks:\n  it: {kind: bar, from: 2026-10-01, until: 2026-10-01, subjects: {offers: all}}\n\n"
         "policies:\n", "shocks.it.until", "  it:", "'2026-10-01'", "after its first day, 2026-10-01"),
    Case("shock with two ends", "\npolicies:\n",
         "\nshocks:\n  it: {kind: bar, from: 2026-10-01, until: 2026-11-01, months: 1, subjects: "
         "{offers: all}}\n\npolicies:\n", "shocks.it.months", "  it:", "1", "either until or months"),
    Case("shock announced too late", "\npolicies:\n",
         "\nshocks:\n  it: {kind: bar, from: 2026-10-01, announced: 2026-10-02, subjects: {offers: "
         "all}}\n\npolicies:\n", "shocks.it.announced", "  it:", "'2026-10-02'",
         "not after its first day, 2026-10-01"),
    Case("budget shock without a year", "\npolicies:\n",
         "\nshocks:\n  it: {kind: budget_delay, from: 2026-10-01, size: {value: 5, unit: day}}\n\n" "policies:\n",
         "shocks.it.fiscal_year", "  it:", "no year", "a fiscal year for budget_delay"),
    Case("scheduled without orders",
         "    orders:\n      - {day: 2026-04-11, offer: tb2_baykar, mission: wide_area_surveillance, "
         "quantity: 6}\n      - {day: 2026-04-11, offer: drone40_defendtex, mission: small_attack, "
         "quantity: 1000}\n      - {day: 2026-04-11, offer: switchblade_300, mission: small_attack, "
         "quantity: 200}\n      - {day: 2027-04-01, offer: tb2_baykar, mission: wide_area_surveillance, "
         "quantity: 6}\n      - {day: 2027-04-01, offer: drone40_defendtex, mission: small_attack, "
         "quantity: 600}\n", "", "policies.typed.orders", "  typed:\n", "no order", "orders for the rule scheduled",
         "rule: nothing"),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_told_in_its_place_with_a_way_out(case: Case, tmp_path: Path) -> None:
    assert_told(case, tmp_path)


def test_a_past_contract_had_money_of_its_year(tmp_path: Path) -> None:
    text = changed(
        ("    contract: 2026-01-17\n", "    contract: 2025-06-30\n"),
        ("    status: announced\n", "    status: history\n"),
        ("        2025: {amount: {value: 3.2,", "        2024: {amount: {value: 3.2,"),
    )
    fault = only_fault(written(tmp_path, text))
    assert (fault.where, fault.found) == ("dated_orders.drone40_fy2025.line", "'small_attack_money'")
    assert fault.expected == "a line with money of fiscal year 2025"


def test_an_order_is_signed_or_in_tender_and_not_both(tmp_path: Path) -> None:
    text = changed(
        ("    contract: 2026-01-17\n", "    contract: 2025-06-30\n    tender_open_since: 2025-08-01\n"),
        ("    status: announced\n", "    status: history\n    deliveries: [{day: 2026-01-16, units: 310}]\n"),
    )
    found = {fault.where: fault.expected for fault in faults(written(tmp_path, text))}
    assert found == {
        "dated_orders.drone40_fy2025.contract": "no contract while the tender is open",
        "dated_orders.drone40_fy2025.deliveries": "no deliveries while the tender is open",
    }


def test_a_line_is_split_at_most_whole_and_among_missions_it_pays_for(tmp_path: Path) -> None:
    split = "    line_split: {small_attack_money: {small_attack: 0.6, wide_area_surveillance: 0.6}}\n"
    found = faults(written(tmp_path, changed(("    rule: close_gap\n", f"    rule: shares\n{split}"))))
    path = "policies.quantity_first.line_split.small_attack_money"
    assert {fault.where: fault.found for fault in found} == {
        path: "shares that add up to 1.2",
        f"{path}.wide_area_surveillance": "'wide_area_surveillance'",
    }


def test_somebody_has_a_weight(tmp_path: Path) -> None:
    fault = only_fault(
        written(tmp_path, changed(("    weight: 12\n", "    weight: 0\n"), ("    weight: 15\n", "    weight: 0\n")))
    )
    assert (fault.where, fault.found) == ("missions", "no mission with a weight")


def test_seats_are_bought_for_missions_with_courses(tmp_path: Path) -> None:
    text = TEXT[: TEXT.index("    crew: # operators")] + TEXT[TEXT.index("    acceptance: {low: 10,") :]
    fault = only_fault(written(tmp_path, text))
    assert (fault.where, fault.expected) == ("policies.quantity_first.seats.0.mission", "a mission with a crew")


def test_currencies_move_in_proportion_only_from_certain_rates(tmp_path: Path) -> None:
    rate = "{low: 90, mode: 96, high: 99, unit: JPY per AUD}"
    aud = f"  AUD: {{minor_per_major: 100, rate_at_start: {rate}, volatility: {{value: 0, unit: share/year}},"
    aud += " drift: {value: 0, unit: share/year}, planning_rates: {2025: {value: 96, unit: JPY per AUD}}}\n"
    shock = "  yen: {kind: exchange_level, from: 2026-10-01, subjects: {currencies: all},"
    shock += " size: {value: 175, unit: JPY per USD}}"
    text = changed(
        ("\ncurrencies:\n", f"\ncurrencies:\n{aud}"), ("\npolicies:\n", f"\nshocks:\n{shock}\n\npolicies:\n")
    )
    fault = only_fault(written(tmp_path, text))
    assert (fault.where, fault.found) == ("shocks.yen.subjects.currencies", "AUD, whose rate at the start is uncertain")


def test_monthly_steps_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    def currency(name: str) -> str:
        rate = f"{{value: 100, unit: JPY per {name}}}"
        steps = "volatility: {value: 0.1, unit: share/year}, drift: {value: 0, unit: share/year}"
        return f"  {name}: {{minor_per_major: 100, rate_at_start: {rate}, {steps}, planning_rates: {{2025: {rate}}}}}\n"

    steps = "exchange_correlations: {AUD: {EUR: {value: 0.9, unit: share}, USD: {value: 0.9, unit: share}},"
    steps += " EUR: {USD: {value: -0.9, unit: share}}}\n"
    text = changed(("\ncurrencies:\n", f"\n{steps}currencies:\n{currency('AUD')}{currency('EUR')}"))
    fault = only_fault(written(tmp_path, text))
    assert (fault.where, fault.found) == ("exchange_correlations", "correlations that contradict each other at USD")
