"""Value followed back, and the best ways between two sets, beside the truth of a simulated chain."""

import csv
import json

import framework
from framework import DONE, FOUND, UNKNOWN, USAGE, contains, equal

LEDGER = "ltc-regtest"


def units(amount):
    return int(amount["units"])


def point(position):
    return f"{position['txid']}:{position['vout']}"


def flows(result, source_first):
    """(payout, arrival) -> units, whichever of the two was asked for."""
    (policy,) = result["policies"]
    found = {}
    for arrival in policy["reached"]:
        asked = point(result["sources"][arrival["source"]]["position"])
        end = point(arrival["arrival"]["position"])
        found[(asked, end) if source_first else (end, asked)] = units(arrival["amount"])
    return found


def back_is_there(t, chain):
    """Under fifo and lifo whoever is asked, the money is the same to the last unit."""
    with open(chain / "payroll-northwind.csv") as file:
        wallet = next(csv.DictReader(file))["employer_wallet"]
    for policy in ("fifo", "lifo"):
        forward = t.ask("trace", "--from", wallet, "--to", "list:ofac-sdn", *t.services, "--policy", policy, expect=FOUND)
        there = flows(forward["result"], True)
        spent = {end for _, end in there}
        back = t.ask("trace", "--backward", "--from", "list:ofac-sdn", "--to", wallet, *t.services, "--policy", policy,
                     expect=FOUND)  # fmt: skip
        result = back["result"]
        equal(result["direction"], "backward", "direction")
        (policy_result,) = result["policies"]
        found = {}
        for arrival in policy_result["reached"]:
            end = point(result["sources"][arrival["source"]]["position"])
            found[end] = found.get(end, 0) + units(arrival["amount"])
        expected = {}
        for (_, end), amount in there.items():
            expected[end] = expected.get(end, 0) + amount
        equal({end: found.get(end, 0) for end in spent}, expected, f"{policy}: what came to each listed output")
        totals = {name: units(amount) for name, amount in policy_result["totals"].items()}
        equal(totals["amount"], totals["reached"] + totals["stopped"], f"{policy}: sums")
        equal((totals["residual"], totals["fees"]), (0, 0), f"{policy}: nothing is unspent, fees bring nothing")
        text = t.wagetrail("trace", "--backward", "--from", "list:ofac-sdn", "--to", wallet, *t.services, "--policy", policy,
                           expect=FOUND).out  # fmt: skip
        amount, reached, stopped = (policy_result["totals"][name]["display"] for name in ("amount", "reached", "stopped"))
        contains(text, f"\n{amount} = {reached} came from the target + {stopped} not followed further back\n")
        assert "unspent" not in text and "fees" not in text, "there is no such thing backward"


def ways_are_the_truths(t, chain):
    """Each way is a chain of transactions, and ends where the simulator sent the remittance."""
    parties = json.loads((chain / "truth.json").read_text())["parties"]
    listed = {entry["address"] for party in parties for entry in party["addresses"]}
    asked = ("paths", "--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn", *t.services)
    ranks = {}
    for rank in ("value", "bottleneck", "hops"):
        result = t.ask(*asked, "--rank", rank, "--k", 6, expect=FOUND)["result"]
        assert 0 < len(result["paths"]) <= 6, result
        for way in result["paths"]:
            equal(way["hops"], len(way["steps"]), "hops")
            assert way["steps"][-1]["address"] in listed, way
            equal(way["steps"][0]["position"]["txid"],
                  result["sources"][way["source"]]["position"]["txid"], "the first step is the payout")  # fmt: skip
            for before, after in zip(way["steps"], way["steps"][1:], strict=False):
                tx = t.ask("show", after["position"]["txid"])["result"]
                spends = [f"{leg['prevout']['txid']}:{leg['prevout']['vout']}" for leg in tx["inputs"]]
                assert point(before["position"]) in spends, f"{point(before['position'])} is not spent by the next step"
        ranks[rank] = result["paths"]
    carried = [units(way["carried"]) for way in ranks["value"]]
    equal(carried, sorted(carried, reverse=True), "by value")
    narrowest = [units(way["narrowest"]) for way in ranks["bottleneck"]]
    equal(narrowest, sorted(narrowest, reverse=True), "by bottleneck")
    hops = [way["hops"] for way in ranks["hops"]]
    equal(hops, sorted(hops), "by hops")

    entities = t.ask(*asked, "--entities", "--k", 3, expect=FOUND)["result"]["paths"]
    through = []
    for way in entities:
        names = [step["entity"] for step in way["steps"]]
        through.append(tuple(a for a, b in zip(names, [*names[1:], None], strict=True) if a != b))
    equal(len(set(through)), len(through), "ways through different entities")
    t.fails(USAGE, "--rank hops", *asked, "--policy", "poison")
    poison = t.ask(*asked, "--policy", "poison", "--rank", "hops", expect=FOUND)["result"]
    assert all(way["carried"] is None for way in poison["paths"]), "poison claims no amount"
    contains(t.wagetrail(*asked, expect=FOUND).out, "the best by value under haircut first")


def wrong_questions(t, chain):
    payroll = chain / "payroll-northwind.csv"
    ask = ("paths", "--from", payroll, "--to", "list:ofac-sdn")
    t.fails(USAGE, 'unknown --rank "size"', *ask, "--rank", "size")
    t.fails(USAGE, "one --policy", *ask, "--policy", "fifo,lifo")
    t.fails(USAGE, "--to is required", "paths", "--from", payroll)
    t.fails(USAGE, "backward under libr", "trace", "--backward", "--from", payroll, "--policy", "libr")
    t.fails(UNKNOWN, 'no list is called "nope"', "trace", "--from", "list:nope", "--backward")
    t.fails(USAGE, "the known ones are fifo, lifo, haircut, tainted-first, libr, poison, all",
            "trace", "--from", payroll, "--policy", "magic")  # fmt: skip
    nothing = t.ask("paths", "--from", chain / "payroll-harbour.csv", "--to", "list:ofac-sdn", *t.services)
    equal(nothing["result"]["paths"], [], "ways of an ordinary payroll")


def poison_is_in_the_trace(t, chain):
    asked = ("trace", "--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn", *t.services, "--policy", "all")
    result = t.ask(*asked, expect=FOUND)["result"]
    poison = result["policies"][-1]
    equal(poison["policy"], "poison", "the last policy")
    equal(poison["totals"], None, "totals of poison")
    touched = {point(arrival["arrival"]["position"]) for arrival in poison["reached"]}
    for policy in result["policies"][:-1]:
        some = {point(arrival["arrival"]["position"]) for arrival in policy["reached"]}
        assert some <= touched, f"{policy['policy']} reaches what poison does not"
    text = t.wagetrail(*asked, expect=FOUND).out
    contains(text, "where value may have gone, not how much")
    contains(text, "under fifo, lifo, haircut, tainted-first, libr together")


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks")
    for edition in ("sdn_advanced-before.xml", "sdn_advanced.xml", "sdn_advanced-latest.xml"):
        t.wagetrail("lists", "import", chain / edition, "--name", "ofac-sdn")
    t.services = ("--services", chain / "labels.csv")
    back_is_there(t, chain)
    ways_are_the_truths(t, chain)
    poison_is_in_the_trace(t, chain)
    wrong_questions(t, chain)
    equal(t.wagetrail("paths", "--help").code, DONE, "help")


framework.main(story)
