"""The complete official OFAC files: addresses, tickers, parties, the removals of March 2025, and memory."""

import bz2
import csv
import re
import resource
import time

import framework
from framework import equal

TIMEOUT = 600


def unpack(t, day):
    path = t.directory / f"sdn_advanced-{day}.xml"
    with bz2.open(t.shared(f"data/sanctions/sdn_advanced-{day}.xml.bz2")) as packed, open(path, "wb") as file:
        while piece := packed.read(1 << 20):
            file.write(piece)
    return path


def import_day(t, day, home):
    path = unpack(t, day)
    begun = time.monotonic()
    result = t.ask("lists", "import", path, "--name", "ofac-sdn", home=home)["result"]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(f"{day}: {time.monotonic() - begun:.1f} s, at most {peak} MiB")
    equal(result["snapshot"]["published"][:10], day, "publication")
    assert peak <= 100, f"the import of {day} took {peak} MiB, more than 100"
    path.unlink()
    return result


def by_ticker(t):
    folder = t.shared("data/sanctions/ofac-by-ticker-2025-10-14")
    for path in sorted(folder.glob("*.txt")):
        ticker = re.search(r"_([A-Z]+)\.txt$", path.name)
        yield ticker.group(1), sorted({line.strip() for line in path.read_text().splitlines() if line.strip()})


def of_history(t, day):
    """What the independent history says of the list of that day: (address, ticker, party)."""
    with t.shared("data/sanctions/ofac-crypto-history.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            removed = row["removed_by_list_date"]
            if row["first_seen_list_date"].lstrip("<=") <= day and (not removed or day < removed):
                yield row["address"], row["ticker"], row["party_fixed_ref"]


def parties_of_history(t, day):
    """Its owners with the day of their designation."""
    parties = {party for _, _, party in of_history(t, day)}
    with t.shared("data/sanctions/ofac-crypto-history.csv").open(encoding="utf-8") as file:
        return {(row["party_fixed_ref"], "designated " + row["party_listed"]) for row in csv.DictReader(file)
                if row["party_fixed_ref"] in parties}  # fmt: skip


def equals_history(t, diff, day):
    rows = diff["added"]
    equal({(party["party_id"], party["details"]) for party in diff["parties"]}, parties_of_history(t, day),
          f"parties and dates of {day}")  # fmt: skip
    found = {(row["address"], row["ticker"], row["party_id"]) for row in rows}
    expected = set(of_history(t, day))
    # The history has one row per address and code; an address of two parties stands under one of them.
    equal(expected - found, set(), f"rows of {day} that are missing")
    equal({row[:2] for row in found} - {row[:2] for row in expected}, set(), f"addresses of {day} too many")


def story(t):
    whole = import_day(t, "2025-10-14", t.directory / "one")
    equal(whole["snapshot"]["rows"], 667, "rows of 2025-10-14")
    equal(whole["unknown_tickers"], [], "unknown tickers")
    added = whole["diff"]["added"]
    tickers = dict(by_ticker(t))
    assert len(tickers) > 10, "the folder of addresses by ticker has changed its names"
    for ticker, addresses in tickers.items():
        found = sorted({row["address"] for row in added if row["ticker"] == ticker})
        equal(found, addresses, f"addresses of {ticker}")

    equals_history(t, whole["diff"], "2025-10-14")

    history = t.directory / "two"
    earlier = import_day(t, "2025-03-04", history)
    equal(earlier["snapshot"]["rows"], 714, "rows of 2025-03-04")
    equals_history(t, earlier["diff"], "2025-03-04")
    later = import_day(t, "2025-03-21", history)
    gone = set(of_history(t, "2025-03-04")) - set(of_history(t, "2025-03-21"))
    removed = {(row["address"], row["ticker"], row["party_id"]) for row in later["diff"]["removed"]}
    equal(removed ^ gone, set(), "removals that differ from the history")
    equal(later["diff"]["added"], [], "added on 2025-03-21")
    equal(later["snapshot"]["rows"], 624, "rows of 2025-03-21")
    equal(len(later["diff"]["removed"]), 90, "rows removed on 2025-03-21")
    equal(later["diff"]["respelled"], [], "re-spelled on 2025-03-21")
    warnings = later["snapshot"]["warnings"]
    assert any("90 addresses are no longer on the list" in warning for warning in warnings), warnings


framework.main(story)
