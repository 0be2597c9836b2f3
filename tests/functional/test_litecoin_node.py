"""The node the other tests lean on: starts, mines, pays, reorganises, keeps its chain over restarts."""

import framework
from framework import equal
from litecoin_node import COIN
from purse import Purse


def story(t):
    node = t.litecoin()
    employer = Purse(node, "employer")
    payee = Purse(node, "payee", kind="p2pkh")
    employer.mine(103)
    equal(node.height, 103)

    # One transaction with two payments, and a batch that spends several coins at once.
    second = payee.new_address("p2sh-p2wpkh")
    txid = employer.pay({payee.address: 3 * COIN, second: 2 * COIN})
    payee.receive(txid)
    employer.pay_many([{payee.new_address(): COIN + i} for i in range(2)])
    employer.mine()
    equal(payee.balance, 5 * COIN)
    equal(node.balances([payee.address, second]), {payee.address: 3 * COIN, second: 2 * COIN})
    equal(node.rpc("getrawtransaction", txid, True)["confirmations"], 1)

    # All kinds of input can be signed.
    back = payee.pay({employer.address: 4 * COIN})
    employer.mine()
    equal(len(node.rpc("getrawtransaction", back, True)["vin"]), 2)

    # The shorter branch comes back as stale, the longer one wins.
    before = node.tip
    root = node.abandon(2)
    equal(node.height, 103)
    Purse(node, "rival").mine(3)
    node.reconsider(root)
    equal(node.height, 106)
    statuses = {tip["hash"]: tip["status"] for tip in node.rpc("getchaintips")}
    equal(statuses[before], "valid-fork")

    tip = node.tip
    node.restart()
    equal(node.tip, tip)
    node.kill()
    node.start()
    assert (node.blocks_dir / "blk00000.dat").exists()

    with_cookie = t.litecoin("cookie", auth="cookie")
    equal(with_cookie.height, 0)
    assert with_cookie.cookie_file.read_text().startswith("__cookie__:")


if __name__ == "__main__":
    framework.main(story)
