"""Each slip in a date, a number, a text, a key or a name is told with its place, what stands there, and a way out.

One case is one change of the tutorial's file and the one fault that must come of it.

Why: a fault that is reported in the wrong place costs more time than none at all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms.scenario.cases import Case, assert_told

# fmt: off
CASES = [
    Case("as_of before start", "as_of: 2025-08-26", "as_of: 2025-03-31", "clock.as_of", "as_of: 2025-03-31",
         "2025-03-31", "not before clock.start, 2025-04-01", "start <= as_of <= deadline <= horizon"),
    Case("deadline before as_of", "deadline: 2028-03-31", "deadline: 2025-08-25", "clock.deadline",
         "deadline: 2025-08-25", "2025-08-25", "not before clock.as_of, 2025-08-26", "start <= as_of"),
    Case("horizon before deadline", "horizon: 2029-03-31", "horizon: 2028-03-30", "clock.horizon",
         "horizon: 2028-03-30", "2028-03-30", "not before clock.deadline, 2028-03-31"),
    Case("no such date", "as_of: 2025-08-26", "as_of: 2025-02-30", "clock.as_of", "as_of: 2025-02-30",
         "'2025-02-30'", "a date", "year-month-day"),
    Case("a number for a date", "as_of: 2025-08-26", "as_of: 20250826", "clock.as_of", "as_of: 20250826",
         "20250826", "a date", "year-month-day"),
    Case("a date with a time", "as_of: 2025-08-26", "as_of: 2025-08-26T00:00:00", "clock.as_of",
         "as_of: 2025-08-26T", "'2025-08-26T00:00:00'", "a date"),
    Case("text for a number", "minimum_order: 6 # a set", "minimum_order: six", "offers.tb2_baykar.minimum_order",
         "minimum_order: six", "'six'", "a whole number"),
    Case("quoted number", "minimum_order: 6 # a set", "minimum_order: '6'", "offers.tb2_baykar.minimum_order",
         "minimum_order: '6'", "'6'", "a whole number", "no quotes"),
    Case("octal", "minimum_order: 6 # a set", "minimum_order: 06", "offers.tb2_baykar.minimum_order",
         "minimum_order: 06", "'06'", "a whole number", "no leading zeros"),
    Case("sexagesimal", "minimum_order: 6 # a set", "minimum_order: 1:30", "offers.tb2_baykar.minimum_order",
         "minimum_order: 1:30", "'1:30'", "a whole number"),
    Case("thousands separator", "mode: 1760,", "mode: 1_760,", "missions.small_attack.target.mode", "mode: 1_760,",
         "'1_760'", "a number", "no thousands separators"),
    Case("a fraction of a unit", "minimum_order: 6 # a set", "minimum_order: 6.5",
         "offers.tb2_baykar.minimum_order", "minimum_order: 6.5", "6.5", "a whole number"),
    Case("yes for a number", "minimum_order: 6 # a set", "minimum_order: yes", "offers.tb2_baykar.minimum_order",
         "minimum_order: yes", "'yes'", "a whole number"),
    Case("true for a number", "minimum_order: 6 # a set", "minimum_order: true", "offers.tb2_baykar.minimum_order",
         "minimum_order: true", "true", "a whole number"),
    Case("a number for text", "{title: Baykar,", "{title: 12,", "suppliers.baykar.title", "{title: 12,", "12",
         "text", "quotes"),
    Case("nothing for a value", "minimum_order: 6 # a set", "minimum_order:", "offers.tb2_baykar.minimum_order",
         "minimum_order:\n    lot: 6", "an empty value", "a value", "leave the key out"),
    Case("a list for a mapping", "experiment: {replications: 100, seed: 1}", "experiment: [100, 1]", "experiment",
         "experiment: [100, 1]", "a list of 2", "a mapping"),
    Case("text for a list", "lines: [surveillance]", "lines: surveillance", "missions.wide_area_surveillance.lines",
         "lines: surveillance", "'surveillance'", "a list"),
    Case("unknown key", "shipping: {low: 40,", "shiping: 3\n    shipping: {low: 40,", "offers.tb2_baykar.shiping",
         "shiping: 3", "the unknown key 'shiping'", "known here", "Did you mean 'shipping'?"),
    Case("unknown section", "joint: [", "jiont: []\njoint: [", "jiont", "jiont: []", "the unknown key 'jiont'",
         "known here", "Did you mean 'joint'?"),
    Case("missing key", "    shipping: {low: 40, mode: 50, high: 70, unit: day, source: suppliers 4; Turkey to "
         "Malaysia 45 days}\n", "", "offers.tb2_baykar.shipping", "  tb2_baykar:\n", "nothing",
         "the key 'shipping'", "Add it."),
    Case("id in capitals", "  baykar: {title", "  Baykar: {title: B, country: Turkey}\n  baykar: {title",
         "suppliers.Baykar", "  Baykar:", "the key 'Baykar'", "small letters"),
    Case("unknown offer in a policy", "mass: {tb2_baykar: 1}", "mass: {tb2_bayker: 1}",
         "policies.quantity_first.missions.wide_area_surveillance.mass.tb2_bayker", "mass: {tb2_bayker: 1}",
         "the key 'tb2_bayker'", "a known offer", "Did you mean 'tb2_baykar'?"),
    Case("unknown mission in a policy", "      wide_area_surveillance:\n        mass",
         "      wide_area:\n        mass", "policies.quantity_first.missions.wide_area", "      wide_area:\n",
         "the key 'wide_area'", "a known mission", "Known: small_attack, wide_area_surveillance"),
    Case("unknown offer in an order", "{day: 2027-04-01, offer: tb2_baykar,", "{day: 2027-04-01, offer: anka,",
         "policies.typed.orders.3.offer", "offer: anka,", "'anka'", "a known offer", "Known: drone40_defendtex"),
    Case("unknown line", "lines: [surveillance]", "lines: [surveilance]", "missions.wide_area_surveillance.lines.0",
         "lines: [surveilance]", "'surveilance'", "a known budget line", "Did you mean 'surveillance'?"),
    Case("unknown bench", "bench: airfield_large", "bench: airfield", "missions.wide_area_surveillance.bench",
         "bench: airfield", "'airfield'", "a known bench", "airfield_large"),
    Case("unknown product", "    product: tb2\n", "    product: tb3\n", "offers.tb2_baykar.product",
         "    product: tb3\n", "'tb3'", "a known product", "Did you mean 'tb2'?"),
    Case("unknown supplier", "supplier: defendtex", "supplier: deffendtex", "offers.drone40_defendtex.supplier",
         "supplier: deffendtex", "'deffendtex'", "a known supplier", "Did you mean 'defendtex'?"),
    Case("unknown slip class", "slip_class: us_government_open", "slip_class: us_gov",
         "offers.switchblade_300.slip_class", "slip_class: us_gov", "'us_gov'", "a known slip class"),
    Case("unknown window", "windows: [war_turkey]", "windows: [war_greece]", "offers.tb2_baykar.windows.0",
         "windows: [war_greece]", "'war_greece'", "a known window"),
    Case("unknown kind", "domain: air\n    counted_as: aircraft", "domain: space\n    counted_as: aircraft",
         "missions.wide_area_surveillance.domain", "domain: space", "'space'", "'air', 'surface' or 'underwater'"),
    Case("tag that would run a program", "title: Two missions", "title: !!python/object/apply:os.system [ls] #",
         "title", "title: !!python", "the tag 'tag:yaml.org,2002:python/object/apply:os.system'",
         "a value without a tag", "Leave the tag out."),
    Case("tag of one's own", "id: tiny", "id: !mine tiny", "id", "id: !mine", "the tag '!mine'",
         "a value without a tag"),
    Case("number tagged as text", "minimum_order: 6 # a set", "minimum_order: !!str 6",
         "offers.tb2_baykar.minimum_order", "minimum_order: !!str", "the tag 'tag:yaml.org,2002:str'",
         "a value without a tag"),
    Case("anchor", "minimum_order: 6 # a set", "minimum_order: &set 6", "offers.tb2_baykar.minimum_order",
         "minimum_order: &set", "the anchor or alias 'set'", "a value", "Write the value out"),
    Case("key a second time", "minimum_order: 6 # a set", "minimum_order: 12\n    minimum_order: 6 # again",
         "offers.tb2_baykar.minimum_order", "minimum_order: 6 # again", "the key 'minimum_order' a second time",
         "each key once", "It stands on line"),
    Case("section a second time", "joint: [", "joint: []\njoint: [", "joint", "joint: [wide",
         "the key 'joint' a second time", "each key once"),
    Case("list as a key", "joint: [", "? [a, b]\n: c\njoint: [", "the file", "? [a", "a key that is not plain text",
         "a name as key"),
    Case("mapping as a key", "minimum_order: 6 # a set", "minimum_order: 6\n    ? {a: b}\n    : c",
         "offers.tb2_baykar", "? {a", "a key that is not plain text", "a name as key"),
    Case("merge key", "joint: [", "<<: {a: b}\njoint: [", "<<", "<<: {", "the unknown key '<<'", "known here"),
    Case("not a number", "mode: 11.3, high: 17.8, unit: m USD, source",
         "mode: .nan, high: 17.8, unit: m USD, source", "offers.tb2_baykar.price.mode", "mode: .nan", ".nan",
         "a finite number"),
    Case("infinity", "mode: 11.3, high: 17.8, unit: m USD, source", "mode: 11.3, high: .inf, unit: m USD, source",
         "offers.tb2_baykar.price.high", "high: .inf", ".inf", "a finite number"),
    Case("minus infinity", "minimum_order: 6 # a set", "minimum_order: -.INF", "offers.tb2_baykar.minimum_order",
         "minimum_order: -.INF", "-.INF", "a finite number"),
    Case("number no float can hold", "mode: 11.3, high: 17.8, unit: m USD, source",
         "mode: 11.3, high: 1e999, unit: m USD, source", "offers.tb2_baykar.price.high", "high: 1e999", "1e999",
         "a finite number"),
    Case("number of a hundred digits", "minimum_order: 6 # a set", "minimum_order: "
         "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
         "offers.tb2_baykar.minimum_order", "minimum_order: 9999", "9999", "a finite number"),
    Case("number beyond all counting", "mode: 11.3, high: 17.8, unit: m USD, source",
         "mode: 11.3, high: 1e18, unit: m USD, source", "offers.tb2_baykar.price.high", "high: 1e18", "1e+18",
         "at most 1,000,000,000,000,000"),
    Case("price beyond all counting", "high: 17.8, unit: m USD, source", "high: 1.0e+14, unit: m USD, source",
         "offers.tb2_baykar.price", "    price: # per aircraft", "m USD", "a size the model can count"),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_told_in_its_place_with_a_way_out(case: Case, tmp_path: Path) -> None:
    assert_told(case, tmp_path)
