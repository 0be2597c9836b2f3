"""The questions of the README on a simulated chain: every kind of subject, pages, pins, replays."""

import csv

import framework
from framework import DONE, FOUND, UNKNOWN, contains, equal

LEDGER = "ltc-regtest"


def sources(answer):
    return sorted(f"{s['position']['txid']}:{s['position']['vout']}" for s in answer["result"]["sources"])


def subjects(t, rows):
    """An address, its entity, its descriptor and the payroll of an employer name the same payouts."""
    wallet = rows[0]["employer_wallet"]
    table = sources(t.ask("trace", "--from", t.payroll, "--policy", "fifo"))
    equal(len(table), len(rows), "payouts of the payroll")
    by_address = sources(t.ask("trace", "--from", wallet, "--policy", "fifo"))
    assert set(table) <= set(by_address), "the wallet paid what the payroll says"
    equal(sources(t.ask("trace", "--from", f"addr({wallet})", "--policy", "fifo")), by_address, "descriptor")
    entity = t.ask("entity", wallet)["result"]["entity"]
    equal(sources(t.ask("trace", "--from", entity, "--policy", "fifo")), by_address, "entity")
    txid = rows[0]["tx_hash"]
    in_tx = sources(t.ask("trace", "--from", txid, "--policy", "fifo"))
    equal(in_tx, [source for source in by_address if source.startswith(txid)], "one transaction")
    dated = t.directory / "dated.csv"
    dated.write_text("address,amount,pay_date\n" + "".join(
        f"{row['address']},{row['amount']},{row['pay_date']}\n" for row in rows[:5]))  # fmt: skip
    equal(len(sources(t.ask("trace", "--from", dated, "--policy", "fifo"))), 5, "rows without a txid")


def pages(t, address):
    whole = t.ask("show", address, "--history", "--limit", 10000)["result"]
    rows, cursor = [], None
    while True:
        more = ("--cursor", cursor) if cursor else ("--history",)
        page = t.ask("show", address, *more, "--limit", 3)["result"]["history"]
        rows += page["rows"]
        cursor = page["next"]
        if cursor is None:
            break
    equal(rows, whole["history"]["rows"], "pages of a history")
    equal(len(rows), whole["tx_count"], "rows of a history")
    balance = sum(int(row["received"]["units"]) - int(row["sent"]["units"]) for row in rows)
    equal(balance, int(whole["balance"]["units"]), "balance by the history")


def reasons(t, wallet):
    entity = t.ask("entity", wallet)["result"]
    equal(entity["merges_total"], entity["size"] - 1, "merges of a tree")
    if entity["size"] > 1:
        a, b = entity["addresses"][0]["address"], entity["addresses"][-1]["address"]
        why = t.ask("explain", a, b)["result"]
        equal(why["joined"], True, "two members")
        ends = why["merges"][0]["a"], why["merges"][-1]["b"]
        equal(ends, (a, b), "the chain leads from one to the other")
        for merge in why["merges"]:
            equal(t.ask("show", merge["txid"])["result"]["position"]["height"], merge["height"], "the evidence")
    early = t.ask("entity", wallet, "--as-of", t.first_height)["result"]
    assert early["size"] <= entity["size"], "entities only grow"


def gaps(t, chain):
    """What an answer does not cover keeps it from being clean, and other lists do not change it."""
    asked = ("trace", "--from", chain / "payroll-harbour.csv", "--to", "list:ofac-sdn", "--policy", "fifo")
    services = ("--services", chain / "labels.csv")
    stale = t.wagetrail(*asked, *services, "--json", expect=UNKNOWN).json
    equal(stale["coverage"], ["LIST_OUTDATED"], "coverage with a list of weeks ago")
    assert stale["as_of"][0]["time"].startswith("2023-04-12"), "the time of the block"
    t.wagetrail("lists", "import", chain / "sdn_advanced-latest.xml", "--name", "ofac-sdn", "--known-from", "2023-04-12")
    clean = t.wagetrail(*asked, *services, "--json", expect=DONE).json
    equal(clean["coverage"], [], "coverage with today's list")
    (t.directory / "other.csv").write_text("address\nrltc1qmg77p77mxkem80xcld2kqvmms00x8l8keaf0r0\n")
    t.wagetrail("lists", "import", t.directory / "other.csv", "--name", "other", "--published", "2025-01-01")
    equal(t.wagetrail(*asked, *services, "--json", expect=DONE).json["result_id"], clean["result_id"], "with another list")
    behind = t.wagetrail(*asked, *services, "--as-of", "2025-01-01", "--json", expect=UNKNOWN).json
    equal(behind["coverage"], ["INDEX_BEHIND", "LIST_OUTDATED"], "coverage of a moment beyond the index")
    assert behind["as_of"][0]["time"].startswith("2023-04-12") and behind["lists_as_of"].startswith("2025-01-01")
    limited = t.wagetrail(*asked, *services, "--max-hops", 1, "--json", expect=UNKNOWN).json
    equal(limited["coverage"], ["LIMITS_REACHED"], "coverage of a walk that was cut")
    unlabelled = t.wagetrail(*asked, "--json", expect=FOUND).json
    equal(unlabelled["coverage"], ["NO_SERVICES"], "coverage without labels")
    (t.directory / "absent.csv").write_text("tx_hash,vout\n" + "0" * 63 + "1,0\n")
    absent = t.wagetrail("trace", "--from", t.directory / "absent.csv", expect=UNKNOWN)
    contains(absent.out, "PAYOUTS_NOT_ON_CHAIN")
    assert "policy" not in absent.out, "sums of nothing"


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks")
    t.wagetrail("lists", "import", chain / "sdn_advanced-before.xml", "--name", "ofac-sdn", "--known-from", "2023-02-25")
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn", "--known-from", "2023-02-26")
    t.payroll = chain / "payroll-northwind.csv"
    with open(t.payroll) as file:
        rows = list(csv.DictReader(file))
    first = t.ask("show", rows[0]["tx_hash"])["result"]
    t.first_height = first["position"]["height"]
    subjects(t, rows)
    wallet = rows[0]["employer_wallet"]
    pages(t, wallet)
    reasons(t, wallet)

    # The same question on a second index of the same chain, and again with its pins: the same answer.
    question = ("trace", "--from", t.payroll, "--to", "list:ofac-sdn", "--services", chain / "labels.csv")
    answer = t.wagetrail(*question, "--json", expect=FOUND).json
    other = t.directory / "other"
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks", home=other)
    for edition, day in (("sdn_advanced-before.xml", "2023-02-25"), ("sdn_advanced.xml", "2023-02-26")):
        t.wagetrail("lists", "import", chain / edition, "--name", "ofac-sdn", "--known-from", day, home=other)
    equal(t.wagetrail(*question, "--json", expect=FOUND, home=other).json, answer, "on another index")

    # Before the list was known nobody could be found on it; the chain had the same payouts.
    before = t.wagetrail(*question, "--known-at", "2023-02-25", "--json", expect=None).json
    reached = {row["subject"] for policy in before["result"]["policies"] for row in policy["reached"]}
    later = {row["subject"] for policy in answer["result"]["policies"] for row in policy["reached"]}
    assert reached < later, "the list of the day before names fewer"
    gaps(t, chain)
    verdicts = {row["verdict_at_payout"]["verdict"] for p in answer["result"]["policies"] for row in p["reached"]}
    assert {"LISTED_AT_PAYMENT", "PRE_DESIGNATION", "BLOCKED_PERSON_ADDRESS_UNPUBLISHED"} <= verdicts, verdicts


framework.main(story)
