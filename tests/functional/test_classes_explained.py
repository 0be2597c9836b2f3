"""show, entity and explain say which CoinJoin a transaction is, and why, on Bitcoin Core's chain."""

import framework
from framework import UNKNOWN, contains, equal

LEDGER = "btc-regtest"


def labelled(facts, label):
    return next(c for c in facts["coinjoins"] if c["type"] == label and c["status"] == "active")


def show(t, txid):
    return t.ask("show", txid, "--ledger", LEDGER)["result"]


def mix_is_explained(t, facts):
    mix = [c for c in facts["coinjoins"] if c["type"] == "whirlpool-like 5x5" and c["status"] == "active"][-1]
    shown = show(t, mix["txid"])
    equal(shown["class"], "whirlpool", "class")
    figures = shown["class_figures"]
    equal(figures["equal_outputs"], 5, "equal outputs")
    equal(figures["denomination"]["units"], str(mix["denomination"]), "denomination")
    equal(figures["gate_height"], 0, "gate on regtest")
    equal(figures["lineage"]["inputs_from_rounds"], 5, "inputs from mixes and Tx0s")
    text = t.wagetrail("show", mix["txid"], "--ledger", LEDGER).out
    contains(text, "5 of 5 outputs pay 0.05000000 BTC each, the value of a pool", "show")
    contains(text, "5 of 5 inputs come from mixes or Tx0s of Whirlpool", "show")

    a, b = (leg["address"] for leg in shown["inputs"][:2])
    refused = t.wagetrail("explain", a, b, "--ledger", LEDGER, "--json", expect=None).json["result"]
    equal(refused["joined"], False, "two people of one mix")
    assert {"class": "whirlpool", "height": mix["height"], "rule": "co_spend", "txid": mix["txid"]} in refused["refused"]


def tx0_is_ordinary_for_clusters(t, facts):
    shown = show(t, labelled(facts, "whirlpool-tx0-like")["txid"])
    equal(shown["class"], "whirlpool_tx0", "class")
    assert shown["class_figures"]["lineage"]["outputs_to_rounds"] > 0, "its premix coins are mixed"
    contains(" ".join(shown["class_reasons"]), "no CoinJoin", "reasons")


def payjoin_is_named_with_its_merge(t, facts):
    payjoin = labelled(facts, "payjoin")
    shown = show(t, payjoin["txid"])
    equal(shown["class"], "possible_payjoin", "class")
    a, b = (leg["address"] for leg in shown["inputs"][:2])
    joined = t.ask("explain", a, b, "--ledger", LEDGER)["result"]
    equal(joined["joined"], True, "a possible PayJoin refuses nothing")
    classes = {merge["txid"]: merge["class"] for merge in joined["merges"]}
    assert set(classes.values()) <= {"ordinary", "possible_payjoin"}, classes


def multisig_has_members(t, facts):
    bare = {script["script"] for script in facts["scripts"] if script["made_as"] == "bare_ms"}
    for script in sorted(bare):
        found = t.wagetrail("entity", f"raw({script})", "--ledger", LEDGER, "--level", "L0", "--json", expect=None)
        if found.code == UNKNOWN:
            continue
        for member in found.json["result"]["multisig_members"]:
            assert 1 <= member["required"] <= member["total"], member
        if found.json["result"]["multisig_members"]:
            return
    raise AssertionError(f"no bare multisig of {len(bare)} has a member with an address")


def keys_are_found_on_the_other_ledger(t):
    """One seed gives one set of keys, whatever the ledger."""
    for ledger in ("btc-regtest", "ltc-regtest"):
        chain = t.directory / ledger
        t.execute("wagetrail-sim", "--seed", 5, "--blocks", 130, "--ledger", ledger, "--out", chain)
        t.wagetrail("sync", ledger, "--from", f"files:{chain / 'blocks'}", home=t.directory / "two")
    block = t.ask("show", 120, "--ledger", "ltc-regtest", home=t.directory / "two")["result"]
    coinbase = t.ask("show", block["txids"][0], "--ledger", "ltc-regtest", home=t.directory / "two")["result"]
    address = coinbase["outputs"][0]["address"]
    answer = t.ask("entity", address, "--ledger", "ltc-regtest", "--level", "L0", home=t.directory / "two")
    elsewhere = answer["result"]["elsewhere"]
    assert elsewhere and {e["ledger"] for e in elsewhere} == {"btc-regtest"}, elsewhere
    equal({e["rule"] for e in elsewhere} <= {"same_key", "same_hash"}, True, "rules")
    equal(sorted(pin["ledger"] for pin in answer["as_of"]), ["btc-regtest", "ltc-regtest"], "pins")
    early = t.ask(
        "entity", address, "--ledger", "ltc-regtest", "--level", "L1", home=t.directory / "two")  # fmt: skip
    equal(early["result"]["elsewhere"], [], "only key identity crosses ledgers")


def story(t):
    t.wagetrail("sync", LEDGER, "--from", f"files:{t.core_regtest()}")
    facts = t.core_facts()
    mix_is_explained(t, facts)
    tx0_is_ordinary_for_clusters(t, facts)
    payjoin_is_named_with_its_merge(t, facts)
    multisig_has_members(t, facts)
    keys_are_found_on_the_other_ledger(t)


framework.main(story)
