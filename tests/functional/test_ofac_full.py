"""The complete official OFAC files: addresses, tickers, and the removals of March 2025."""

import bz2
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
    path.unlink()
    return result


def by_ticker(t):
    folder = t.shared("data/sanctions/ofac-by-ticker-2025-10-14")
    for path in sorted(folder.glob("*.txt")):
        ticker = re.search(r"_([A-Z]+)\.txt$", path.name)
        yield ticker.group(1), sorted({line.strip() for line in path.read_text().splitlines() if line.strip()})


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

    history = t.directory / "two"
    equal(import_day(t, "2025-03-04", history)["snapshot"]["rows"], 714, "rows of 2025-03-04")
    later = import_day(t, "2025-03-21", history)
    equal(later["snapshot"]["rows"], 624, "rows of 2025-03-21")
    equal(len(later["diff"]["removed"]), 90, "rows removed on 2025-03-21")
    equal(later["diff"]["respelled"], [], "re-spelled on 2025-03-21")
    warnings = later["snapshot"]["warnings"]
    assert any("90 addresses are no longer on the list" in warning for warning in warnings), warnings


framework.main(story)
