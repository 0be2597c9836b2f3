"""The error card of entities and CoinJoin classes on simulated chains, whose truth is whole."""

import json
from collections import Counter

from entity_card import joined_pairs

LEDGER = "ltc-regtest"
SEEDS = (1, 2, 3, 4, 5)
BLOCKS = 300


def merges_of(t, index):
    for row in t.execute("wagetrail-measure", "merges", LEDGER, index).out.splitlines():
        level, rule, a, b, txid = row.split()
        yield level, rule, a, b, txid


def class_counts(t, index, told):
    """How often a class of the truth is stored as which class."""
    counts = Counter()
    for row in t.execute("wagetrail-measure", "classes", LEDGER, index).out.splitlines():
        txid, found = row.split()
        if txid in told:
            counts[f"{told[txid]['class']} is {found}"] += 1
    return dict(sorted(counts.items()))


def measure_seed(t, seed):
    chain = t.directory / f"sim{seed}"
    home = t.directory / f"home{seed}"
    t.execute("wagetrail-sim", "--seed", seed, "--blocks", BLOCKS, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks", home=home)
    index = home / "ledgers" / LEDGER
    truth = json.loads((chain / "truth.json").read_text())
    owner_of = {entry["address"]: entry["owner"] for entry in truth["addresses"]}
    told = {tx["txid"]: tx for tx in truth["transactions"]}
    entity_of = {"L0": {}, "L1": {}}
    for row in t.execute("wagetrail-measure", "entities", LEDGER, index).out.splitlines():
        address, entity_of["L0"][address], entity_of["L1"][address] = row.split()
    card = {
        "transactions": len(told),
        "undetectable": sum(1 for tx in told.values() if "undetectable" in tx),
        "classes": class_counts(t, index, told),
    }
    for level in entity_of:
        joined, possible = joined_pairs(owner_of, entity_of[level])
        card[level] = {
            "merges": 0,
            "pairs of one owner's addresses": possible,
            "pairs of one owner's addresses joined": joined,
            "false merges": [],
            "false merges that could be told": 0,
        }
    for level, rule, a, b, txid in merges_of(t, index):
        card[level]["merges"] += 1
        if a not in owner_of or b not in owner_of or owner_of[a] == owner_of[b]:
            continue
        tx = told[txid]
        card[level]["false merges"].append(f"{rule} in {txid}, which is {tx['class']}")
        card[level]["false merges that could be told"] += "undetectable" not in tx
    return card


def measure(t):
    card = {"command": "tests/measure/cards.py --write", "blocks": BLOCKS, "ledger": LEDGER}
    for seed in SEEDS:
        card[f"seed {seed}"] = measure_seed(t, seed)
    return card
