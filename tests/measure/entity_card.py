"""The error card of key identity and co-spends, on Bitcoin Core's chain."""

from collections import Counter

LEDGER = "btc-regtest"


def shown(script):
    """As answers print it: P2PK scripts have no address."""
    is_key = script.endswith("ac") and len(script) in (70, 134)
    return f"pk({script[2:-2]})" if is_key else script


def pairs(count):
    return count * (count - 1) // 2


def owners_of(facts):
    """Address -> who controls it. What anyone can spend has no owner."""
    controller = {owner: ring for ring, owners in facts["controllers"].items() for owner in owners}
    owner_of = {}
    for owner, things in facts["owners"].items():
        if owner == "anyone":
            continue
        for _kind, address, script, _keys in things:
            owner_of[address or shown(script)] = controller.get(owner, owner)
    return owner_of


def joined_pairs(owner_of, entity_of):
    """(pairs of one owner's addresses that are joined, all such pairs)."""
    by_owner = {}
    for address, owner in owner_of.items():
        if address in entity_of:
            by_owner.setdefault(owner, Counter())[entity_of[address]] += 1
    joined = sum(pairs(n) for entities in by_owner.values() for n in entities.values())
    return joined, sum(pairs(sum(entities.values())) for entities in by_owner.values())


def false_merges(merges, owner_of, labels):
    """Merges of two owners' addresses, by rule and by what the truth calls their transaction."""
    wrong = Counter()
    for rule, a, b, txid in merges:
        owners = {owner_of.get(a), owner_of.get(b)} - {None}
        if len(owners) > 1:
            wrong[f"{rule}: {labels.get(txid, 'no label')}"] += 1
    return dict(sorted(wrong.items()))


def key_forms(facts, entity_of):
    """(pairs of forms of one key that are joined, pairs on the chain)."""
    joined = possible = 0
    for identity in facts["key_identity"]:
        forms = [a for a in map(shown, identity["scripts"].values()) if a in entity_of]
        for a, b in zip(forms, forms[1:]):
            possible += 1
            joined += entity_of[a] == entity_of[b]
    return joined, possible


def measure(t):
    t.wagetrail("sync", LEDGER, "--from", f"files:{t.core_regtest()}")
    index = t.home / "ledgers" / LEDGER
    facts = t.core_facts()
    owner_of = owners_of(facts)
    labels = {c["txid"]: c["type"] for c in facts["coinjoins"]}
    entity_of = {"L0": {}, "L1": {}}
    for row in t.execute("wagetrail-measure", "entities", LEDGER, index).out.splitlines():
        address, entity_of["L0"][address], entity_of["L1"][address] = row.split()
    merges = {"L0": [], "L1": []}
    for row in t.execute("wagetrail-measure", "merges", LEDGER, index).out.splitlines():
        level, rule, a, b, txid = row.split()
        merges[level].append((rule, a, b, txid))
    card = {"rules": ["same_key", "same_hash", "co_spend"], "command": "tests/measure/cards.py --write"}
    joined, possible = key_forms(facts, entity_of["L0"])
    card["pairs of forms of one key"] = {"joined at L0": joined, "on the chain": possible}
    for level in entity_of:
        joined, possible = joined_pairs(owner_of, entity_of[level])
        card[level] = {
            "pairs of one owner's addresses joined": joined,
            "pairs of one owner's addresses": possible,
            "merges": len(merges[level]),
            "merges of two owners' addresses": false_merges(merges[level], owner_of, labels),
        }
    return card
