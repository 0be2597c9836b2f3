"""Exposure by category: every figure is the sum of its endings, every side sums to its total."""

import csv
import datetime
import json

import framework
from framework import DONE, FOUND, UNKNOWN, USAGE, contains, equal

LEDGER = "ltc-regtest"
POLICIES = ("fifo", "lifo", "haircut")


def units(amount):
    return int(amount["units"])


def sums_hold(side):
    """Rows, what ended at nobody known, and fees are the total; endings are the rows."""
    for policy in POLICIES:
        parts = [units(row["policies"][policy]["amount"]) for row in side["rows"]]
        parts += [units(amounts[policy]) for amounts in side["nobody_known"].values()]
        equal(sum(parts) + units(side["fees"][policy]), units(side["total"]), f"{policy}: the whole side")
        for row in side["rows"]:
            where = f"{policy}: {row['category']}, {row['name']}"
            amount = units(row["policies"][policy]["amount"])
            equal(sum(units(ending["shares"][policy]) for ending in row["endings"]), amount, where)
            split = [units(row[part]["policies"][policy]["amount"]) for part in ("direct", "indirect")]
            equal(sum(split), amount, f"{where}, direct and indirect")
            percent = amount * 100_000_000 // units(side["total"])
            equal(row["policies"][policy]["percent"], f"{percent // 1_000_000}.{percent % 1_000_000:06}", where)
    for row in side["rows"]:
        amounts = [units(row["policies"][policy]["amount"]) for policy in POLICIES]
        equal((units(row["min"]), units(row["max"])), (min(amounts), max(amounts)), "range over the policies")
        equal(row["survives_all"], min(amounts) > 0, "whether the finding stands under all")
        equal(row["least_hops"], min(ending["hops"] for ending in row["endings"]), "hops")


def dollars(row, policy, prices):
    total = 0
    for ending in row["endings"]:
        day = ending["position"]["time"][:10]
        total += units(ending["shares"][policy]) * prices[day]
    cents = total // 10**8
    return f"{cents // 100}.{cents % 100:02}"


def employer(t, chain, wallet):
    """What the exposure says of an employer is what traces say of its payouts."""
    prices, day = {}, datetime.date(2022, 12, 1)
    for number in range(150):
        prices[str(day + datetime.timedelta(number))] = 7000 + number * 3
    table = chain / "prices.csv"
    rows = [f"{date},{cents // 100}.{cents % 100:02}" for date, cents in prices.items()]
    table.write_text("\n".join(["date,close", *rows]) + "\n")
    asked = ("exposure", wallet, "--policy", ",".join(POLICIES), "--max-hops", 100, "--details", "--prices", table)
    answer = t.ask(*asked, expect=FOUND)
    result = answer["result"]
    for side in ("source", "destination"):
        sums_hold(result[side])
        for row in result[side]["rows"]:
            for policy in POLICIES:
                equal(row["policies"][policy]["usd"], dollars(row, policy, prices), "dollars of the day")
    trace = t.ask("trace", "--from", wallet, "--to", "list:ofac-sdn", "--policy", ",".join(POLICIES), expect=FOUND)
    listed = [row for row in result["destination"]["rows"] if row["category"] == "sanction"]
    for index, policy in enumerate(POLICIES):
        reached = units(trace["result"]["policies"][index]["totals"]["reached"])
        equal(sum(units(row["policies"][policy]["amount"]) for row in listed), reached, f"{policy}: to listed parties")
    for row in listed:
        split = sum(units(amounts["max"]) for amounts in row["verdicts"].values())
        assert split >= units(row["max"]) > 0, row["verdicts"]
    equal(answer["prices"] is not None and bool(answer["labels"]), True, "pins")
    equal(t.ask(*asked, expect=FOUND)["result_id"], answer["result_id"], "asked again")

    gap = chain / "gap.csv"
    gap.write_text("\n".join(["date,close", *rows[:40]]) + "\n")
    some = t.ask("exposure", wallet, "--prices", gap, "--max-hops", 100, expect=FOUND)["result"]["destination"]["rows"]
    assert any(row["policies"]["fifo"]["usd"] is None for row in some), "a day without a price gives no dollars"


def three_kinds_of_nothing(t, chain, wallet):
    """Not on chain, nobody known, and nothing found are three answers."""
    never = "rltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kf3g3dd"
    absent = next(a for a in t.absent_addresses)
    unseen = t.ask("exposure", absent, expect=UNKNOWN)["result"]
    equal((unseen["on_chain"], unseen["source"], unseen["destination"]), (False, None, None), "an address never seen")
    blind = t.ask("exposure", wallet, home=t.bare, expect=UNKNOWN)
    equal((blind["result"]["on_chain"], blind["result"]["source"]), (True, None), "without lists and labels")
    assert "NOBODY_KNOWN" in blind["coverage"], blind["coverage"]
    cut_short = t.ask("exposure", t.quiet, "--max-hops", 1, expect=UNKNOWN)
    assert "LIMITS_REACHED" in cut_short["coverage"], cut_short["coverage"]
    quiet = cut_short["result"]
    equal([row["category"] for row in quiet["destination"]["rows"] if row["category"] == "sanction"], [], "nothing found")
    t.fails(USAGE, "is no subject", "exposure", never[:-1] + "0")


def holes_are_told(t, chain, wallet):
    """What cannot be answered is never a zero: wrong rows, strange words, old lists, the listed one itself."""
    table = (chain / "payroll-northwind.csv").read_text().splitlines()
    missed = chain / "missed.csv"
    missed.write_text("\n".join([table[0], table[1].replace(table[1].split(",")[8], "0" * 64)]) + "\n")
    answer = t.ask("exposure", missed, expect=UNKNOWN)
    assert {"PAYOUTS_NOT_ON_CHAIN", "NO_PAYOUTS"} <= set(answer["coverage"]), answer["coverage"]
    equal([file["name"] for file in answer["files"]], [str(missed)], "the file that was followed")
    t.fails(USAGE, "is no subject", "exposure", "utter-garbage", home=t.bare)
    equal(t.ask("exposure", t.absent_addresses[0], home=t.bare, expect=UNKNOWN)["result"]["on_chain"], False, "never seen")
    old = t.ask("exposure", wallet, "--as-of", "2023-12-31", "--max-hops", 100, expect=None)
    assert {"LIST_OUTDATED", "INDEX_BEHIND"} <= set(old["coverage"]), old["coverage"]
    trace = t.ask("trace", "--from", wallet, "--to", "list:ofac-sdn", "--policy", "fifo", expect=FOUND)
    address = trace["result"]["policies"][0]["reached"][0]["subject"]
    itself = t.ask("exposure", address, "--max-hops", 1, expect=FOUND)["result"]["subject_is"]
    equal((itself["category"], itself["verdict"]), ("sanction", "LISTED_AT_PAYMENT"), "a listed address")
    contains(t.wagetrail("exposure", address, "--max-hops", 1, expect=FOUND).out, "it is sanction: ofac-sdn")
    t.ask("lists", "check", wallet, "--on", "2030-01-01", "--as-of", "2023-04-12", expect=UNKNOWN)


def many(t, chain, wallet):
    """A file of subjects gives one line each; dust is left aside and told."""
    subjects = chain / "subjects.txt"
    subjects.write_text(f"{wallet}\r\n\n{t.absent_addresses[0]}\n")
    lines = t.wagetrail("exposure", "--file", subjects, "--json", expect=FOUND).out.splitlines()
    equal([json.loads(line)["result"]["subject"] for line in lines], [wallet, t.absent_addresses[0]], "subjects")
    # Whoever remits earned less.
    dusty = t.ask("exposure", wallet, "--dust", "3", expect=UNKNOWN)["result"]["destination"]
    assert dusty["dust"]["outputs"] > 0 and units(dusty["dust"]["amount"]) < 3 * 10**8 * dusty["dust"]["outputs"], dusty["dust"]
    contains(t.wagetrail("exposure", wallet, "--dust", "3", expect=UNKNOWN).out, "left aside")
    file = t.ask("exposure", chain / "payroll-northwind.csv", expect=FOUND)["result"]["destination"]
    assert [row for row in file["rows"] if row["category"] == "sanction"], "a file of payouts"
    t.fails(USAGE, "name a subject, or a --file", "exposure")
    t.fails(USAGE, 'not "libr"', "exposure", wallet, "--policy", "libr")
    t.fails(USAGE, "not an amount", "exposure", wallet, "--dust", "-1")


def a_file_of_something_else(t, wallet):
    """For people the first lines that are no subjects are named by number and the rest counted; as JSON each has its line."""
    subjects = t.directory / "nonsense.txt"
    lines = [f"nonsense{number}" for number in range(50_000)]
    subjects.write_text("\n".join(["", *lines, wallet, "x" * 100_000]) + "\n")
    text = t.wagetrail("exposure", "--file", subjects, expect=FOUND).out
    refused = [line for line in text.splitlines() if "is no subject" in line]
    equal((len(refused), refused[0].split(":")[0], refused[-1].split(":")[0]), (20, "line 2", "line 21"), "lines named")
    contains(text, "and 49981 more are no subjects, the last of them line 50003; --json names them all")
    assert len(text) < 100_000, len(text)
    contains(text, wallet)
    few = t.directory / "few.txt"
    few.write_text(f"{wallet}\n{'x' * 100_000}\n")
    assert len(t.wagetrail("exposure", "--file", few, expect=FOUND).out) < 50_000, "a line as long as its file"
    answers = t.wagetrail("exposure", "--file", subjects, "--json", expect=FOUND).lines
    equal(len(answers), len(lines) + 2, "lines of JSON")
    equal([answers[i].get("line") for i in (0, 1, 49_999, 50_000, 50_001)], [2, 3, 50_001, None, 50_003], "line numbers")
    equal(answers[50_000]["result"]["subject"], wallet, "in the order of the file")


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    other = t.directory / "other"
    t.execute("wagetrail-sim", "--seed", 9, "--blocks", 150, "--ledger", LEDGER, "--out", other)
    with open(other / "payroll.csv") as file:
        t.absent_addresses = [row["address"] for row in csv.DictReader(file)][:2]
    t.bare = t.directory / "bare"
    sync = ("sync", LEDGER, "--from", f"files:{chain}/blocks")
    t.wagetrail(*sync)
    t.wagetrail(*sync, home=t.bare)
    for edition in ("sdn_advanced-before.xml", "sdn_advanced.xml", "sdn_advanced-latest.xml"):
        t.wagetrail("lists", "import", chain / edition, "--name", "ofac-sdn")
    with open(chain / "labels.csv") as file:
        for row in csv.DictReader(file):
            t.wagetrail("labels", "add", row["address"], "--label", row["name"], "--category", row["category"],
                        "--author", "test", "--reason", "the simulator says so")  # fmt: skip
    with open(chain / "payroll-northwind.csv") as file:
        wallet = next(csv.DictReader(file))["employer_wallet"]
    with open(chain / "payroll-harbour.csv") as file:
        t.quiet = next(csv.DictReader(file))["employer_wallet"]
    employer(t, chain, wallet)
    three_kinds_of_nothing(t, chain, wallet)
    holes_are_told(t, chain, wallet)
    many(t, chain, wallet)
    a_file_of_something_else(t, wallet)


framework.main(story)
