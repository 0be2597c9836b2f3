"""Level L2 on Bitcoin Core's chain: off until it was calibrated, pinned, the same from every address,
with the merges that were refused; and what an entity is without one of its transactions."""

import hashlib
import json

import change_truth
import framework
from framework import FAILURE, UNKNOWN, USAGE, contains, equal

LEDGER = "btc-regtest"
FALSE_MAX = 2  # of the sampled addresses in an entity of several owners
REASONS = {"size", "labels", "fingerprint", "time_gap", "payment"}


def calibrated(t):
    facts = t.core_facts()
    known = change_truth.write(t.directory / "known.csv", change_truth.of_core(facts))
    first = t.wagetrail("calibrate", LEDGER, "--known", known, "--json")
    card = t.home / "cards" / f"change-{LEDGER}.json"
    bytes_before = card.read_bytes()
    equal(json.loads(bytes_before), json.loads(first.out), "the card and the answer")
    again = t.wagetrail("calibrate", LEDGER, "--known", known, "--json")
    equal(again.out, first.out, "the answer the second time")
    equal(card.read_bytes(), bytes_before, "the card the second time")
    contains(t.wagetrail("calibrate", LEDGER, "--known", known).out, "threshold for a false rate of 0.001000")
    return facts, hashlib.sha256(bytes_before).hexdigest()


def errors(t, address):
    t.fails(USAGE, "unknown level \"L3\".*L2", "entity", address, "--level", "L3")
    t.fails(USAGE, "has no history", "entity", address, "--level", "L2", "--history")
    t.fails(USAGE, "no cursor of --history", "entity", address, "--history", "--cursor", "7")
    t.fails(USAGE, "unknown level \"L2\"", "trace", "--from", address, "--level", "L2")
    t.fails(USAGE, "threshold", "entity", address, "--level", "L2", "--threshold", "13")
    t.fails(USAGE, "cannot read", "entity", address, "--level", "L2", "--card", "none.json")
    t.fails(USAGE, "is not indexed|unknown ledger", "calibrate", "nowhere")
    t.fails(UNKNOWN, "is not indexed", "calibrate", "ltc-regtest")
    t.fails(USAGE, "above the block", "calibrate", LEDGER, "--from-height", "662")
    for text, why in (("", "no error card"), ("[]", "no error card"), ("{\"result\": 3}", "no error card"),
                      ("{\"result\": {\"rules\": \"change-1\"}}", "not measured on")):  # fmt: skip
        (t.directory / "bad.json").write_text(text)
        t.fails(USAGE, why, "entity", address, "--level", "L2", "--card", t.directory / "bad.json")
    (t.directory / "bad.csv").write_text("txid\n")
    t.fails(USAGE, "bad.csv: line 1: the header has no column vout", "calibrate", LEDGER, "--known",
            t.directory / "bad.csv")  # fmt: skip
    t.fails(FAILURE, "cannot write /proc/none/card.json", "calibrate", LEDGER, "--card", "/proc/none/card.json")
    t.fails(USAGE, "64 hexadecimal digits", "cut", address, "--edge", "12")
    t.fails(UNKNOWN, "is not on the chain", "cut", address, "--edge", "00" * 32)


def groups(t, facts, card):
    """L2 entities around a fixed sample of addresses, and whose they are."""
    controller = {owner: ring for ring, owners in facts["controllers"].items() for owner in owners}
    owner_of = {a: controller.get(o, o) for o, things in facts["owners"].items() for _, a, _, _ in things if a}
    joined = change_truth.Joined(t, LEDGER, owner_of, sorted(owner_of)[::400])
    print(joined)
    equal(joined.answer["clustering"]["level"], "L2")
    equal(joined.answer["clustering"]["change"]["card"], card, "the card's pin")
    assert joined.answer["clustering"]["change"]["margin_min"] >= 1, joined.answer
    assert joined.answer["clustering"]["change"]["voters"], joined.answer
    assert set(joined.refused) <= REASONS, joined.refused
    assert len(joined.false) <= FALSE_MAX, joined.false
    for result in joined.results:
        equal(sum(part["size"] for part in result["parts"]), result["size"], "size of the parts")
        equal(len(result["addresses"]), result["size"], "addresses on the page")
        equal(result["merges_total"], result["parts_total"] - 1, "merges of a tree")
    assert joined.results, "no address of the sample has change"
    return joined.results[0]


def the_same_from_everywhere(t, result):
    for part in result["parts"]:
        again = t.ask("entity", part["entity"], "--level", "L2", "--limit", 10000)["result"]
        equal(again["addresses"], result["addresses"], f"addresses asked from {part['entity']}")
        equal(again["merges"], result["merges"], f"merges asked from {part['entity']}")


def explained(t, result):
    merge = result["merges"][0]
    none = t.ask("explain", merge["a"], merge["b"])["result"]
    equal(none["joined"], False, "L1 joins them")
    answer = t.ask("explain", merge["a"], merge["b"], "--level", "L2")["result"]
    assert merge in answer["merges"], answer
    equal(answer["weakest"]["rule"], "change")
    back = t.ask("explain", merge["b"], merge["a"], "--level", "L2")["result"]
    equal([(m["b"], m["a"]) for m in reversed(back["merges"])], [(m["a"], m["b"]) for m in answer["merges"]])
    before = t.ask("explain", merge["a"], merge["a"], "--level", "L2", "--as-of", merge["height"] - 1)
    equal(before["result"]["merges"], [], "of an address with itself")
    text = t.wagetrail("entity", merge["a"], "--level", "L2").out
    contains(text, "without change")
    contains(text, "merges by change, oldest first")


def history_and_cut(t, result):
    """The entity with the most co-spends among the parts."""
    part = max(result["parts"], key=lambda p: p["size"])
    if part["size"] < 3:
        part = {"entity": t.busy}
    whole = t.ask("entity", part["entity"], "--history", "--limit", 10000)["result"]
    equal(len(whole["merges"]), whole["merges_total"], "merges of the history")
    equal(whole["merges_total"], whole["size"] - 1)
    paged, cursor = [], []
    while True:
        page = t.ask("entity", part["entity"], "--history", "--limit", 2, *cursor)["result"]
        paged += page["merges"]
        if page["next"] is None:
            break
        cursor = ["--cursor", page["next"]]
    equal(paged, whole["merges"], "pages of the history")
    heights = [merge["height"] for merge in paged]
    equal(heights, sorted(heights), "order of the merges")
    earlier = t.ask("entity", part["entity"], "--history", "--limit", 10000, "--as-of", heights[-1] - 1)["result"]
    assert earlier["size"] < whole["size"], earlier

    parts_seen = set()
    for merge in [m for m in whole["merges"] if m["rule"] == "co_spend"][:10]:
        cut = t.ask("cut", merge["a"], "--edge", merge["txid"])["result"]
        equal(sum(p["size"] for p in cut["parts"]), cut["size"], "size of the parts")
        equal(cut["holds"], len(cut["parts"]) == 1)
        equal(cut["edge"]["txid"], merge["txid"])
        assert merge["a"] in cut["parts"][0]["addresses"] or cut["parts"][0]["size"] > 20, cut
        parts_seen.add(len(cut["parts"]))
        contains(t.wagetrail("cut", merge["a"], "--edge", merge["txid"]).out, "other co-spends join its addresses")
    assert parts_seen - {1}, f"no transaction was needed by its entity: {parts_seen}"
    stranger = t.facts["payments"][0]["txid"]
    t.fails(UNKNOWN, "spends no two addresses", "cut", whole["merges"][-1]["a"], "--edge", stranger)


def story(t):
    t.wagetrail("sync", LEDGER, "--from", f"files:{t.core_regtest()}")
    # Any address whose entity grew by co-spends.
    t.facts = t.core_facts()
    t.busy = max(
        (a for o in ("alice", "exchange") for _, a, _, _ in t.facts["owners"][o][:25] if a),
        key=lambda a: t.wagetrail("entity", a, "--json", expect=None).out.count('"co_spend"'))  # fmt: skip
    t.fails(USAGE, "needs a measured threshold; run wagetrail calibrate", "entity", t.busy, "--level", "L2")
    by_hand = t.ask("entity", t.busy, "--level", "L2", "--threshold", 12)
    equal(by_hand["clustering"]["change"]["card"], None)
    equal(by_hand["result"]["parts_total"], 1, "12 votes are never reached")
    facts, card = calibrated(t)
    errors(t, t.busy)
    result = groups(t, facts, card)
    the_same_from_everywhere(t, result)
    explained(t, result)
    history_and_cut(t, result)


if __name__ == "__main__":
    framework.main(story)
