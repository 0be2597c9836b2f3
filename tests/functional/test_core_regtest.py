"""A chain written by a current Bitcoin Core: every fact that the node states about it holds here."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import framework
from framework import equal

TIMEOUT = 600
LEDGER = "btc-regtest"


def sync(t, which):
    home = t.directory / f"home-{which}"
    t.wagetrail("sync", LEDGER, "--from", f"files:{t.core_regtest(which)}", home=home)
    return home


def families(t, home):
    return t.ask("doctor", "--digest", home=home)["result"]["families"]


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


def check_transaction(t, home, fact):
    decoded = fact["decoded"]
    result = t.ask("show", decoded["txid"], home=home)["result"]
    where = f"transaction {decoded['txid']}"
    equal(result["position"]["height"], fact["height"], f"height of {where}")
    equal(result["position"]["index"], fact["index"], f"index of {where}")
    equal(result["size"], decoded["size"], f"size of {where}")
    if fact["fee_sat"] is not None:
        equal(int(result["fee"]["units"]), fact["fee_sat"], f"fee of {where}")
    spent_by = [
        out["spent_by"] and [out["spent_by"]["txid"], out["spent_by"]["vin"], out["spent_by"]["height"]]
        for out in result["outputs"]
    ]
    equal(spent_by, fact["spent_by"], f"spenders of {where}")
    values = [int(out["amount"]["units"]) for out in result["outputs"]]
    equal(values, [int(out["value"] * 100_000_000) for out in decoded["vout"]], f"outputs of {where}")
    prevouts = [(i["prevout"]["txid"], i["prevout"]["vout"]) for i in result["inputs"]]
    equal(prevouts, [(i["txid"], i["vout"]) for i in decoded["vin"] if "txid" in i], f"inputs of {where}")


def check_height(t, home, columns, row):
    fact = dict(zip(columns, row, strict=True))
    result = t.ask("show", fact["height"], home=home)["result"]
    equal(result["block_hash"], fact["hash"], f"hash at {fact['height']}")
    equal(result["tx_count"], fact["tx_count"], f"transactions at {fact['height']}")
    equal(result["size"], fact["size"], f"size at {fact['height']}")


def check_unspent(t, home, facts):
    """The node leaves out what nobody can spend, and the genesis coinbase."""
    result = t.ask("doctor", "--deep", home=home)["result"]
    equal(result["healthy"], True, "deep examination")
    unspent = result["unspent"]
    node = facts["gettxoutsetinfo"]["muhash"]
    genesis = 5_000_000_000
    equal(unspent["outputs"] - unspent["unspendable_outputs"] - 1, node["txouts"], "unspent outputs")
    amount = int(unspent["amount"]["units"]) - int(unspent["unspendable_amount"]["units"]) - genesis
    equal(amount, int(Decimal(node["total_amount"]) * 100_000_000), "unspent amount")


def story(t):
    plain = sync(t, "plain")
    equal(families(t, plain), families(t, sync(t, "xor")), "digests of the two orders")
    facts = t.core_facts()
    status = t.ask("status", LEDGER, home=plain)["result"]["ledgers"][0]
    equal(status["height"], facts["tip"]["height"])
    equal(status["block_hash"], facts["tip"]["hash"])
    check_unspent(t, plain, facts)

    on_chain = [fact for fact in facts["transactions"] if fact["height"] is not None]
    with ThreadPoolExecutor(2) as pool:
        for check, items in (
            (lambda item: check_script(t, plain, item), facts["scripts"]),
            (lambda item: check_transaction(t, plain, item), on_chain),
            (lambda item: check_height(t, plain, facts["heights_columns"], item), facts["heights"]),
        ):
            list(pool.map(check, items))

    for fact in facts["heights"][::60]:
        height = dict(zip(facts["heights_columns"], fact, strict=True))
        shown = t.ask("show", height["hash"], home=plain)["result"]
        equal(shown["height"], height["height"], "height of a hash")


framework.main(story)
