"""The first blocks of Bitcoin and Litecoin, as they are: tips, first spends, balances."""

import csv

import framework
from framework import UNKNOWN, equal

FIRST_PAYMENT = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"
# The key of the reward of block 9, which Satoshi Nakamoto spent in block 170.
SATOSHI = (
    "pk(0411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5c"
    "b2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3)"
)
COIN = 100_000_000


def tip_of(t, name):
    with open(t.shared(f"data/{name}/index.csv")) as file:
        return list(csv.DictReader(file))[-1]


def sync(t, ledger, name):
    t.wagetrail("sync", ledger, "--from", f"files:{t.block_run(name)}")
    last = tip_of(t, name)
    state = t.ask("status", ledger)["result"]["ledgers"][0]
    equal(state["height"], int(last["height"]), f"height of {ledger}")
    equal(state["block_hash"], last["hash"], f"tip of {ledger}")
    equal(t.ask("doctor", ledger, "--deep")["result"]["healthy"], True, f"health of {ledger}")


def story(t):
    sync(t, "btc", "btc-mainnet-genesis-run")
    sync(t, "ltc", "ltc-mainnet-genesis-run")

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
