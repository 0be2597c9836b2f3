"""Every traced amount of three simulated chains, recomputed by an independent oracle; ordinary
payrolls raise nothing."""

import csv
import sys

import framework
from framework import DONE, FOUND, ROOT, equal

sys.path.insert(0, str(ROOT / "tests" / "oracle"))
from oracle import follow  # noqa: E402

TIMEOUT = 600
LEDGER = "ltc-regtest"
SEEDS = (1, 2, 3)


def point(position):
    return f"{position['txid']}:{position['vout']}"


def ends_of(result):
    """Where the value of each source is now, by the answer of trace."""
    ends, stops, spenders = {}, set(), set()
    for stop in result["stopped"] + result["residual"]:
        out = point(stop["output"]["position"])
        if stop["reason"] == "coinjoin":
            spenders.add(stop["spender"])
        elif stop["reason"] != "unspent":
            stops.add(out)
        for share in stop["shares"]:
            shares = ends.setdefault(out, {})
            shares[share["source"]] = shares.get(share["source"], 0) + int(share["amount"]["units"])
    for arrival in result["reached"]:
        out = point(arrival["arrival"]["position"])
        stops.add(out)
        shares = ends.setdefault(out, {})
        shares[arrival["source"]] = shares.get(arrival["source"], 0) + int(arrival["amount"]["units"])
    return ends, stops, spenders


def fees_of(result):
    fees = {index: int(source["fees"]["units"]) for index, source in enumerate(result["sources"])}
    return {index: fee for index, fee in fees.items() if fee}


def compare(t, chain, answer, policy):
    result = next(r for r in answer["policies"] if r["policy"] == policy)
    sources = [point(source["position"]) for source in answer["sources"]]
    ends, stops, spenders = ends_of(result)
    assert not [s for s in result["stopped"] if s["reason"] == "other_payout"], "payouts must not meet"
    expected = follow(chain / "blocks", policy, sources, stops, spenders)
    equal(ends, expected["ends"], f"{policy}: where the value is")
    equal(fees_of(result), expected["fees"], f"{policy}: fees")
    return len(ends)


def last_payday(chain, employer):
    """The newest payouts of an employer, as a table of their own: earlier ones may flow into them."""
    with open(chain / f"payroll-{employer}.csv") as file:
        rows = list(csv.DictReader(file))
    day = max(row["pay_date"] for row in rows)
    path = chain / f"last-{employer}.csv"
    with open(path, "w") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if row["pay_date"] == day)
    return path


def one_chain(t, seed):
    chain = t.directory / f"chain-{seed}"
    home = t.directory / f"home-{seed}"
    t.execute("wagetrail-sim", "--seed", seed, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks", home=home)
    for edition in ("sdn_advanced-before.xml", "sdn_advanced.xml"):
        t.wagetrail("lists", "import", chain / edition, "--name", "ofac-sdn", home=home)

    for employer in ("northwind", "lumen"):
        with open(chain / f"payroll-{employer}.csv") as file:
            first = next(csv.DictReader(file))
        for subject in (last_payday(chain, employer), f"{first['tx_hash']}:{first['vout']}"):
            for target in ((), ("--to", "list:ofac-sdn")):
                found = t.wagetrail("trace", "--from", subject, *target, "--json", home=home, expect=None)
                assert found.code in (DONE, FOUND), found
                for policy in ("fifo", "haircut"):
                    count = compare(t, chain, found.json["result"], policy)
                    print(f"seed {seed}, {employer}, {policy}: {count} outputs agree")

    services = ("--services", chain / "labels.csv")
    for employer in ("harbour", "quarry"):
        t.wagetrail("trace", "--from", chain / f"payroll-{employer}.csv", "--to", "list:ofac-sdn", *services, home=home)
    t.wagetrail("trace", "--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn", *services,
                home=home, expect=FOUND)  # fmt: skip


def story(t):
    for seed in SEEDS:
        one_chain(t, seed)


framework.main(story)
