"""A new edition of a list: which past payments have another verdict now, in dollars, with the clocks
that run; and prices with their gaps."""

import csv
from datetime import date, timedelta

import framework
from framework import DONE, FAILURE, FOUND, UNKNOWN, USAGE, contains, equal

LEDGER = "ltc-regtest"
BEFORE, AFTER = "ofac-sdn@2023-02-25", "ofac-sdn@2023-02-26"


def prices(t, missing=()):
    """A dollar price for each day of the chain that is its day of the year."""
    path = t.directory / f"prices-{len(missing)}.csv"
    day = date(2022, 12, 1)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "close"])
        while day < date(2023, 5, 1):
            writer.writerow([day, "" if str(day) in missing else f"{day.timetuple().tm_yday}.25"])
            day += timedelta(days=1)
    return path


def verdicts(result):
    return {(row["before"]["at_arrival"], row["after"]["at_arrival"]) for row in result["affected"]}


def affected(t, chain):
    asked = ("--affected", chain / "payroll-northwind.csv", *t.services)
    result = t.ask("lists", "diff", BEFORE, AFTER, *asked)["result"]
    rows = result["affected"]
    assert len(rows) > 5, "the simulated lists change verdicts"
    for row in rows:
        assert row["before"] != row["after"], row
        day = date.fromisoformat(row["payout"]["position"]["time"][:10])
        most = max(int(amount["units"]) for amount in row["amounts"].values())
        cents = most * (day.timetuple().tm_yday * 100 + 25) // 10**8
        equal(row["usd_at_payout"], f"{cents // 100}.{cents % 100:02}", "dollars on the day of the payout")
        running = {clock["id"]: clock for clock in row["clocks"]}
        grave = row["after"]["at_arrival"] in ("LISTED_AT_PAYMENT", "BLOCKED_PERSON_ADDRESS_UNPUBLISHED")
        equal("us-ofac-blocking-report" in running, grave, f"blocking report for {row['after']}")
        if grave:
            equal(running["us-ofac-blocking-report"]["due"], "2026-03-16", "ten business days after 2026-03-02")
            equal("us-fincen-sar-msb" in running, cents >= 200_000, "threshold of a report")
    # The verdicts are those that trace gives under either edition.
    for edition, key in (("2023-02-25", "before"), ("2023-02-26", "after")):
        traced = t.ask("trace", "--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn", *t.services,
                       "--known-at", "2026-03-02", "--policy", "haircut", expect=FOUND)["result"]["policies"][0]  # fmt: skip
        known = {
            f"{a['arrival']['position']['txid']}:{a['arrival']['position']['vout']}" for a in traced["reached"]}
        for row in rows:
            assert f"{row['arrival']['position']['txid']}:{row['arrival']['position']['vout']}" in known, (edition, key)
    text = t.wagetrail("lists", "diff", BEFORE, AFTER, *asked).out
    contains(text, f"{len(rows)} past payments have another verdict")
    contains(text, "No legal advice")
    equal(t.ask("lists", "diff", BEFORE, BEFORE, *asked)["result"]["affected"], [], "no change, nobody affected")
    harbour = t.ask("lists", "diff", BEFORE, AFTER, "--affected", chain / "payroll-harbour.csv", *t.services)
    equal(harbour["result"]["affected"], [], "an honest payroll")
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "other")
    t.fails(USAGE, "two editions of one list", "lists", "diff", BEFORE, "other", *asked)
    t.fails(USAGE, "there is no file", "lists", "diff", BEFORE, AFTER, "--affected", "nothing.csv")


def dollars(t, chain):
    with open(chain / "payroll-northwind.csv") as file:
        wallet = next(csv.DictReader(file))["employer_wallet"]
    asked = ("exposure", wallet, *t.services)
    whole = t.ask(*asked, expect=FOUND)
    equal(whole["prices"]["source"], "prices-0.csv", "the source of prices is in the envelope")
    assert "NO_PRICES" not in whole["coverage"] and "PRICE_GAPS" not in whole["coverage"], whole["coverage"]
    contains(t.wagetrail(*asked, expect=FOUND).out, "dollars")
    days = [row["payout"]["position"]["time"][:10] for row in
            t.ask("lists", "diff", BEFORE, AFTER, "--affected", chain / "payroll-northwind.csv", *t.services)["result"]["affected"]]  # fmt: skip
    holes = prices(t, {str(date.fromisoformat(min(days)) + timedelta(days=n)) for n in range(60)})
    gaps = t.ask(*asked, "--prices", holes, expect=FOUND)
    assert "PRICE_GAPS" in gaps["coverage"], gaps["coverage"]
    unpriced = [row for row in gaps["result"]["destination"]["rows"]
                if any(policy["usd"] is None for policy in row["policies"].values())]  # fmt: skip
    assert unpriced, "a row with a missing price has no dollars"


def imports(t):
    known = ("--known-from", "2026-03-01")
    imported = t.ask("prices", "import", prices(t), "--asset", "LTC", *known)["result"]
    equal((imported["series"]["asset"], imported["series"]["gaps"], imported["already_there"]), ("ltc", [], False), "import")
    equal(t.ask("prices", "import", prices(t), "--asset", "ltc", *known)["result"]["already_there"], True, "again")
    equal(len(t.ask("prices", "ls")["result"]["series"]), 1, "series")
    contains(t.wagetrail("prices", "ls").out, "prices-0.csv")
    bad = t.directory / "bad.csv"
    for content, error in (
        ("date,close\n2023-01-01,1\n2023-01-02,cheap\n", "line 3"),
        ("date,open\n2023-01-01,1\n", "no column close"),
        ("", "empty"),
        ("date,close\n\x00\x01\n", "line 2"),
    ):
        bad.write_text(content)
        t.fails(USAGE, error, "prices", "import", bad, "--asset", "ltc")
    t.fails(USAGE, "no symbol of a coin", "prices", "import", prices(t), "--asset", "lite coin")
    t.fails(UNKNOWN, "cannot read", "prices", "import", t.directory / "none.csv", "--asset", "ltc")
    big = t.directory / "big.csv"
    with big.open("w") as file:
        file.write("date,close\n" + "2023-01-01,1\n" * 5_200_000)
    t.fails(FAILURE, "larger than 64 MiB", "prices", "import", big, "--asset", "ltc")


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks")
    for edition in ("sdn_advanced-before.xml", "sdn_advanced.xml", "sdn_advanced-latest.xml"):
        t.wagetrail("lists", "import", chain / edition, "--name", "ofac-sdn", "--known-from", "2026-03-02")
    t.services = ("--services", chain / "labels.csv")
    imports(t)
    affected(t, chain)
    dollars(t, chain)
    equal(t.wagetrail("lists", "check", "--help").code, DONE, "help")


framework.main(story)
