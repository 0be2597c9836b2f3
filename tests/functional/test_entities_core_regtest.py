"""Entities on Bitcoin Core's chain beside its truth: no false merge, and how much is found."""

import framework
from framework import UNKNOWN

LEDGER = "btc-regtest"


# Each address costs a process: a fixed sample of the addresses, spread over the owners.
SAMPLE = 4


def shown(script):
    """As answers print it: P2PK scripts have no address."""
    is_key = script.endswith("ac") and len(script) in (70, 134)
    return f"pk({script[2:-2]})" if is_key else script


def story(t):
    t.wagetrail("sync", LEDGER, "--from", f"files:{t.core_regtest()}")
    facts = t.core_facts()
    controller = {owner: ring for ring, owners in facts["controllers"].items() for owner in owners}
    owner_of, sample = {}, []
    for owner, things in facts["owners"].items():
        named = [address for _kind, address, _script, _keys in things if address]
        owner_of.update(dict.fromkeys(named, controller.get(owner, owner)))
        sample += named[:: max(1, len(named) // SAMPLE)][:SAMPLE]

    identities_known = [[shown(s) for s in i["scripts"].values()] for i in facts["key_identity"]]
    entity_of = {"L0": {}, "L1": {}}
    false_merges = []
    for level, known in entity_of.items():
        identities = [a for i in identities_known[::10] for a in i]
        for address in sample + (identities if level == "L0" else []):
            if address in known:
                continue
            command = ("entity", address, "--ledger", LEDGER, "--level", level, "--limit", 10000, "--json")
            found = t.wagetrail(*command, expect=None)
            if found.code == UNKNOWN:
                continue
            result = found.json["result"]
            members = [member["address"] for member in result["addresses"]]
            known.update(dict.fromkeys(members, result["entity"]))
            owners = sorted({owner_of[member] for member in members if member in owner_of} - {"anyone"})
            if len(owners) > 1:
                false_merges.append((level, result["entity"], owners))

    joined = possible = 0
    for identity in identities_known:
        on_chain = [a for a in identity if a in entity_of["L0"]]
        for a, b in zip(on_chain, on_chain[1:]):
            possible += 1
            joined += entity_of["L0"][a] == entity_of["L0"][b]
    print(f"L0: {joined} of {possible} pairs of forms of one key are joined")
    by_owner = {}
    for address, owner in owner_of.items():
        if address in entity_of["L1"] and owner != "anyone":
            by_owner.setdefault(owner, []).append(entity_of["L1"][address])
    pairs = sum(len(found) * (len(found) - 1) // 2 for found in by_owner.values())
    same = sum(
        found.count(e) * (found.count(e) - 1) // 2 for found in by_owner.values() for e in set(found))
    print(f"L1: {same} of {pairs} pairs of one owner's addresses are joined; false merges: {false_merges}")
    assert not [merge for merge in false_merges if merge[0] == "L0"], false_merges


framework.main(story)
