"""show, entity and explain say which CoinJoin a transaction is, and why, on Bitcoin Core's chain."""

import shutil

import framework
from framework import USAGE, contains, equal

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


MULTISIGS = ("bare_ms", "p2sh_ms", "p2wsh_ms", "p2sh_p2wsh_ms")
OF_EACH = 3


def multisig_has_members(t, facts):
    """The keys that may sign, bare or read back from the spend that showed the script."""
    sent = {script["address"] or f"raw({script['script']})": script["total_sent"] for script in facts["scripts"]}
    checked = dict.fromkeys(MULTISIGS, 0)
    for things in facts["owners"].values():
        for kind, address, script, keys in things:
            subject = address or f"raw({script})"
            if kind not in checked or checked[kind] == OF_EACH or not sent.get(subject):
                continue
            asked = ("entity", subject, "--ledger", LEDGER, "--level", "L0")
            result = t.ask(*asked)["result"]
            (shown,) = result["multisig_members"]
            truth = [facts["keys"][key] for key in keys]
            equal([member["key"] for member in shown["members"]], truth, f"keys of {subject}")
            assert 1 <= shown["required"] <= shown["total"] == len(truth), shown
            equal(shown["shown_by"] is None, kind == "bare_ms", f"whether {subject} hides its script")
            checked[kind] += 1
            if kind != "bare_ms":
                spend = show(t, shown["shown_by"])
                assert subject in [leg["address"] for leg in spend["inputs"]], spend
                unread = t.ask(*asked, home=t.without_source)["result"]
                equal((unread["multisig_members"], unread["hidden_scripts_not_read"]), ([], 1), "without a source")
    equal(checked, dict.fromkeys(MULTISIGS, OF_EACH), "multisigs of each kind")
    t.fails(USAGE, "no such folder|does not exist|there is no", *asked, "--source", "files:/nowhere")


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
    t.without_source = t.directory / "without"
    shutil.copytree(t.home, t.without_source)
    (t.without_source / "ledgers" / f"{LEDGER}.source").unlink()
    mix_is_explained(t, facts)
    tx0_is_ordinary_for_clusters(t, facts)
    payjoin_is_named_with_its_merge(t, facts)
    multisig_has_members(t, facts)
    keys_are_found_on_the_other_ledger(t)


framework.main(story)
