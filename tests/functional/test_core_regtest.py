"""A chain written by a current Bitcoin Core: every fact that the node states about it holds here."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from decimal import Decimal
from functools import lru_cache

import framework
from framework import UNKNOWN, contains, equal

TIMEOUT = 600
LEDGER = "btc-regtest"
COIN = 100_000_000
FEES_EVERY = 8  # blocks whose fees are added up, of those with payments


def sync(t, which, *options, home=None):
    home = home or t.directory / f"home-{which}"
    t.wagetrail("sync", LEDGER, "--from", f"files:{t.core_regtest(which)}", *options, home=home)
    return home


def families(t, home):
    return t.ask("doctor", "--digest", home=home)["result"]["families"]


def shower(t, home):
    """Asks for each transaction once."""
    return lru_cache(None)(lambda txid: t.ask("show", txid, "--ledger", LEDGER, home=home)["result"])


def subject(script):
    """Any script can be asked for: by its address, or as a descriptor."""
    return script["address"] or f"raw({script['script']})"


def check_script(t, home, script):
    result = t.ask("show", subject(script), "--ledger", LEDGER, "--history", "--limit", "10000", home=home)["result"]
    where = subject(script)
    equal(int(result["received"]["units"]), script["total_received"], f"received by {where}")
    equal(int(result["sent"]["units"]), script["total_sent"], f"sent by {where}")
    if not script["unspendable"]:
        equal(int(result["balance"]["units"]), script["balance"], f"balance of {where}")
    equal(result["tx_count"], script["tx_count"], f"transactions of {where}")
    rows = [[row["position"]["height"], row["position"]["txid"]] for row in result["history"]["rows"]]
    equal(rows, script["history"], f"history of {where}")


def check_unspent_output(show, script, utxo):
    txid, vout, units, height, is_coinbase = utxo
    result = show(txid)
    where = f"unspent output {txid}:{vout}"
    out = result["outputs"][vout]
    equal(out["spent_by"], None, f"spender of {where}")
    equal(int(out["amount"]["units"]), units, where)
    equal(result["position"]["height"], height, f"height of {where}")
    equal(result["coinbase"], is_coinbase, f"coinbase or not of {where}")
    if script["address"]:
        equal(out["address"], script["address"], f"address of {where}")


def check_transaction(show, fact):
    decoded = fact["decoded"]
    result = show(decoded["txid"])
    where = f"transaction {decoded['txid']}"
    equal(result["position"]["height"], fact["height"], f"height of {where}")
    equal(result["position"]["index"], fact["index"], f"index of {where}")
    equal(result["size"], decoded["size"], f"size of {where}")
    equal(result["coinbase"], "coinbase" in decoded["vin"][0], f"coinbase or not of {where}")
    equal(int(result["fee"]["units"]), fact["fee_sat"] or 0, f"fee of {where}")
    spent_by = [
        out["spent_by"] and [out["spent_by"]["txid"], out["spent_by"]["vin"], out["spent_by"]["height"]]
        for out in result["outputs"]
    ]
    equal(spent_by, fact["spent_by"], f"spenders of {where}")
    for ours, theirs in zip(result["outputs"], decoded["vout"], strict=True):
        equal(int(ours["amount"]["units"]), units(theirs), f"output {theirs['n']} of {where}")
        check_script_text(ours["address"], theirs["scriptPubKey"], f"output {theirs['n']} of {where}")
    spent = [vin for vin in decoded["vin"] if "txid" in vin]
    for ours, theirs in zip(result["inputs"], spent, strict=True):
        prevout = ours["prevout"]["txid"], ours["prevout"]["vout"]
        equal(prevout, (theirs["txid"], theirs["vout"]), f"input of {where}")
        equal(int(ours["amount"]["units"]), units(theirs["prevout"]), f"value of input {prevout} of {where}")
        check_script_text(ours["address"], theirs["prevout"]["scriptPubKey"], f"input {prevout} of {where}")


def units(out):
    return int(out["value"] * COIN)


def check_script_text(text, script, where):
    """Our text of a script is the node's address; without one it is a descriptor of the whole script."""
    whole = {f"raw({script['hex']})", f"pk({script['hex'][2:-2]})", script["desc"].partition("#")[0]}
    assert text in ({script["address"]} if "address" in script else whole), f"{where} is of {text}, not of {script}"


def check_height(t, home, fact):
    result = t.ask("show", fact["height"], "--limit", 10000, home=home)["result"]
    where = f"at {fact['height']}"
    equal(result["block_hash"], fact["hash"], f"hash {where}")
    equal(result["tx_count"], fact["tx_count"], f"transactions {where}")
    equal(len(result["txids"]), fact["tx_count"], f"txids {where}")
    equal(result["size"], fact["size"], f"size {where}")
    time = datetime.fromtimestamp(fact["time"], timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    equal(result["time"], time, f"time {where}")
    return result


def check_fees(show, fact, txids):
    shown = [show(txid) for txid in txids]
    fees = sum(int(tx["fee"]["units"]) for tx in shown)
    equal(fees, fact["total_fees_sat"], f"fees at {fact['height']}")
    reward = sum(int(out["amount"]["units"]) for out in shown[0]["outputs"])
    equal(reward, fact["coinbase_output_sat"], f"reward at {fact['height']}")


def check_heights(t, home, show, facts, pool):
    heights = [dict(zip(facts["heights_columns"], row, strict=True)) for row in facts["heights"]]
    equal([fact["height"] for fact in heights], list(range(facts["tip"]["height"] + 1)), "heights of the facts")
    blocks = list(pool.map(lambda fact: check_height(t, home, fact), heights))
    for below, block in zip(blocks, blocks[1:], strict=False):
        equal(block["previous"], below["block_hash"], f"parent at {block['height']}")
    busy = [(fact, block["txids"]) for fact, block in zip(heights, blocks, strict=True) if fact["tx_count"] > 1]
    list(pool.map(lambda item: check_fees(show, *item), busy[::FEES_EVERY]))
    for fact in heights[::60]:
        equal(t.ask("show", fact["hash"], home=home)["result"]["height"], fact["height"], "height of a hash")


def check_unspent(t, home, node):
    """The node leaves out what nobody can spend, and the genesis coinbase."""
    result = t.ask("doctor", "--deep", home=home)["result"]
    equal(result["healthy"], True, "deep examination")
    unspent = result["unspent"]
    where = f"at {node['height']}"
    equal(unspent["outputs"] - unspent["unspendable_outputs"] - 1, node["txouts"], f"unspent outputs {where}")
    amount = int(unspent["amount"]["units"]) - int(unspent["unspendable_amount"]["units"]) - 50 * COIN
    equal(amount, int(Decimal(node["total_amount"]) * COIN), f"unspent amount {where}")
    return unspent


def check_unspent_sets(t, home, facts):
    unspent = check_unspent(t, home, facts["gettxoutsetinfo"]["muhash"])
    # As SOURCE.md and utxo_note of the facts say.
    equal((unspent["unspendable_outputs"], int(unspent["unspendable_amount"]["units"])), (859, 159_402), "unspendable")
    for height, node in facts["gettxoutsetinfo"]["muhash_at_heights"].items():
        if int(height) < facts["tip"]["height"]:
            part = sync(t, "plain", "--to-height", height, home=t.directory / f"home-{height}")
            check_unspent(t, part, node)


def check_stale(t, home, show, facts, pool):
    """What only stale branches hold is not on the chain."""
    gone = facts["stale_tx"]["only_on_stale"]
    gone += [block["hash"] for branch in facts["stale_branches"] for block in branch["blocks"]]
    equal(len(gone), 126 + 18, "stale transactions and blocks")

    def absent(name):
        contains(t.wagetrail("show", name, "--ledger", LEDGER, home=home, expect=UNKNOWN).err, "not on btc-regtest")

    list(pool.map(absent, gone))
    for txid, height, index in facts["stale_tx"]["on_stale_and_active"]:
        position = show(txid)["position"]
        equal((position["height"], position["index"]), (height, index), f"position of {txid}")

    def never(pair):
        name = pair[0] or f"raw({pair[1]})"
        result = t.wagetrail("show", name, "--json", "--ledger", LEDGER, home=home, expect=UNKNOWN).json["result"]
        equal(result["on_chain"], False, name)

    list(pool.map(never, facts["scripts_never_on_active_chain"]))


def story(t):
    plain = sync(t, "plain")
    equal(families(t, plain), families(t, sync(t, "xor")), "digests of the two orders")
    facts = t.core_facts()
    status = t.ask("status", LEDGER, home=plain)["result"]["ledgers"][0]
    equal(status["height"], facts["tip"]["height"])
    equal(status["block_hash"], facts["tip"]["hash"])
    sync(t, "plain")  # finds nothing new, and writes the log into tables: each question below takes a third
    show = shower(t, plain)
    equal((len(facts["scripts"]), len(facts["transactions"])), (357, 226), "facts at hand")
    equal([fact for fact in facts["transactions"] if fact["height"] is None], [], "transactions that are not there")

    check_unspent_sets(t, plain, facts)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda script: check_script(t, plain, script), facts["scripts"]))
        list(pool.map(lambda fact: check_transaction(show, fact), facts["transactions"]))
        unspent = [(script, utxo) for script in facts["scripts"] for utxo in script["utxos"]]
        list(pool.map(lambda item: check_unspent_output(show, *item), unspent))
        check_heights(t, plain, show, facts, pool)
        check_stale(t, plain, show, facts, pool)


framework.main(story)
