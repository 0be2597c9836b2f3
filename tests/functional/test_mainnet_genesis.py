"""The first blocks of Bitcoin and Litecoin, as they are: tips, first spends, balances."""

import csv
import sys

import framework
from framework import ROOT, UNKNOWN, equal

sys.path.insert(0, str(ROOT / "tests" / "oracle"))
from blocks import chain  # noqa: E402

FIRST_PAYMENT = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"
# The key of the reward of block 9, which Satoshi Nakamoto spent in block 170.
SATOSHI = (
    "pk(0411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5c"
    "b2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3)"
)
COIN = 100_000_000


# As tests/oracle/blocks.py reads it, a reader that shares nothing with the program.
LITECOIN_FIRST_SPEND = "b6489c55aab48b31c592959ca38a89521372ec683088b5888e512e072b73812a"
MAGIC = {"btc": bytes.fromhex("f9beb4d9"), "ltc": bytes.fromhex("fbc0b6db")}


def check_blocks(t, ledger, rows):
    for row in [*rows[:: len(rows) // 20], rows[-1]]:
        block = t.ask("show", row["height"], "--ledger", ledger)["result"]
        found = [str(block[name]) for name in ("height", "block_hash", "time", "size", "tx_count")]
        equal(found, [row[name] for name in ("height", "hash", "time_utc", "bytes", "txs")], f"block of {ledger}")


def check_spends(t, ledger, transactions):
    """Every payment, by an independent reader: what it spends, what it pays, its fee."""
    amounts = {}
    height = -1
    for transaction in transactions:
        height += not transaction.inputs
        amounts.update({(transaction.txid, n): units for n, units in enumerate(transaction.outputs)})
        if not transaction.inputs:
            continue
        shown = t.ask("show", transaction.txid, "--ledger", ledger)["result"]
        where = f"{ledger}: {transaction.txid}"
        equal(shown["position"]["height"], height, f"height of {where}")
        equal([int(out["amount"]["units"]) for out in shown["outputs"]], transaction.outputs, f"outputs of {where}")
        spent = [(i["prevout"]["txid"], i["prevout"]["vout"]) for i in shown["inputs"]]
        equal(spent, transaction.inputs, f"inputs of {where}")
        coins = [amounts.pop(out) for out in transaction.inputs]
        equal([int(i["amount"]["units"]) for i in shown["inputs"]], coins, f"values of {where}")
        equal(int(shown["fee"]["units"]), sum(coins) - sum(transaction.outputs), f"fee of {where}")
    return amounts


def sync(t, ledger, name):
    folder = t.block_run(name)
    t.wagetrail("sync", ledger, "--from", f"files:{folder}")
    t.wagetrail("sync", ledger, "--from", f"files:{folder}")  # writes the log into tables: questions get faster
    with open(t.shared(f"data/{name}/index.csv")) as file:
        rows = list(csv.DictReader(file))
    state = t.ask("status", ledger)["result"]["ledgers"][0]
    equal(state["height"], int(rows[-1]["height"]), f"height of {ledger}")
    equal(state["block_hash"], rows[-1]["hash"], f"tip of {ledger}")
    check_blocks(t, ledger, rows)
    transactions = list(chain(folder, MAGIC[ledger]))
    equal(len(transactions), sum(int(row["txs"]) for row in rows), f"transactions of {ledger}")
    left = check_spends(t, ledger, transactions)
    state = t.ask("doctor", ledger, "--deep")["result"]
    equal(state["healthy"], True, f"health of {ledger}")
    unspent = state["unspent"]
    equal((unspent["outputs"], int(unspent["amount"]["units"])), (len(left), sum(left.values())), f"unspent of {ledger}")
    return next(transaction for transaction in transactions if transaction.inputs)


def litecoin(t, first):
    equal(first.txid, LITECOIN_FIRST_SPEND, "first spend of Litecoin")
    shown = t.ask("show", first.txid, "--ledger", "ltc")["result"]
    height = shown["position"]["height"]
    owner = shown["inputs"][0]["address"]
    rewards = {address: sum(int(i["amount"]["units"]) for i in shown["inputs"] if i["address"] == address)
               for address in {i["address"] for i in shown["inputs"]}}  # fmt: skip

    def balance(as_of):
        return int(t.ask("show", owner, "--ledger", "ltc", "--as-of", as_of)["result"]["balance"]["units"])

    back = sum(int(out["amount"]["units"]) for out in shown["outputs"] if out["address"] == owner)
    equal(balance(height - 1) - balance(height), rewards[owner] - back, "what the first spend took")
    equal(rewards[owner] % (50 * COIN), 0, "whole rewards")


def story(t):
    equal(sync(t, "btc", "btc-mainnet-genesis-run").txid, FIRST_PAYMENT, "first spend of Bitcoin")
    litecoin(t, sync(t, "ltc", "ltc-mainnet-genesis-run"))

    payment = t.ask("show", FIRST_PAYMENT, "--ledger", "btc")["result"]
    equal(payment["position"]["height"], 170)
    equal([int(out["amount"]["units"]) for out in payment["outputs"]], [10 * COIN, 40 * COIN])
    equal(payment["inputs"][0]["address"], SATOSHI)

    # As of the block before, the reward was whole; nine heights later it was not.
    before = t.ask("show", SATOSHI, "--ledger", "btc", "--as-of", 169)["result"]
    equal(int(before["balance"]["units"]), 50 * COIN)
    after = t.ask("show", SATOSHI, "--ledger", "btc", "--as-of", 170)["result"]
    equal(int(after["balance"]["units"]), 40 * COIN)
    equal(after["tx_count"], 2)

    # The P2PKH form of the genesis key got its first payment years later.
    result = t.wagetrail("show", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "--json", expect=UNKNOWN).json["result"]
    equal(result["on_chain"], False)

    traced = t.ask("trace", "--ledger", "btc", "--from", f"{FIRST_PAYMENT}:1", "--policy", "fifo")
    totals = traced["result"]["policies"][0]["totals"]
    equal(int(totals["amount"]["units"]), 40 * COIN)
    day = t.ask("show", SATOSHI, "--ledger", "btc", "--as-of", "2009-01-11")["result"]
    equal(int(day["balance"]["units"]), 50 * COIN)


framework.main(story)
