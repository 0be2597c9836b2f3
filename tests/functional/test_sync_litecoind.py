"""A real node: both sources agree, a follower keeps up, reorganisations leave no trace."""

import framework
from framework import FAILURE, UNKNOWN, equal, wait_for
from litecoin_node import COIN, units
from purse import Purse

TIMEOUT = 600
LEDGER = "ltc-regtest"


def digest(t, home):
    return t.ask("doctor", "--digest", home=home)["result"]["families"]


def credentials(node):
    return {"WAGETRAIL_RPC_USER": node.user, "WAGETRAIL_RPC_PASSWORD": node.password}


def sync(t, node, home, source="rpc"):
    where = f"rpc:{node.url}" if source == "rpc" else f"files:{node.blocks_dir}"
    result = t.wagetrail("sync", LEDGER, "--from", where, "--json", home=home, env=credentials(node))
    equal(result.json["result"]["block_hash"], node.tip, "tip after a sync")
    assert node.password not in result.out + result.err, "a password was printed"
    return home


def pay_around(node, employer, rounds):
    payees = [Purse(node, f"payee-{i}", kind) for i, kind in enumerate(("p2pkh", "p2wpkh", "p2sh-p2wpkh"))]
    for number in range(rounds):
        txid = employer.pay({payee.address: (number + 1) * COIN // 10 for payee in payees})
        employer.mine()
        for payee in payees:
            payee.receive(txid)
    back = payees[1].pay({employer.address: COIN // 20})
    employer.mine()
    employer.receive(back)
    return payees


def check_balances(t, node, home, addresses):
    """Every address of the test, beside the node's own scan."""
    for address, balance in node.balances(addresses).items():
        found = t.wagetrail("show", address, "--json", home=home, expect=None)
        if found.code == UNKNOWN:
            equal(0, balance, f"balance of {address}")
        else:
            equal(int(found.json["result"]["balance"]["units"]), balance, f"balance of {address}")


def check_total(t, node, home):
    unspent = t.ask("doctor", "--deep", home=home)["result"]
    equal(unspent["healthy"], True, "deep examination")
    unspent = unspent["unspent"]
    answer = node.rpc("gettxoutsetinfo")
    genesis = 50 * COIN
    equal(unspent["outputs"] - unspent["unspendable_outputs"] - 1, answer["txouts"], "unspent outputs")
    total = int(unspent["amount"]["units"]) - int(unspent["unspendable_amount"]["units"]) - genesis
    equal(total, units(answer["total_amount"]), "unspent amount")


def plain_chain(t):
    node = t.litecoin()
    employer = Purse(node, "employer")
    employer.mine(105)
    payees = pay_around(node, employer, 6)
    addresses = [employer.address, *(payee.address for payee in payees)]
    home = sync(t, node, t.directory / "rpc")
    check_balances(t, node, home, addresses)
    check_total(t, node, home)
    files = sync(t, node, t.directory / "files", "files")
    equal(digest(t, files), digest(t, home), "digest over files: and over rpc:")

    follower = t.start("wagetrail", "sync", LEDGER, "--from", f"rpc:{node.url}", "--follow",
                       home=home, env=credentials(node))  # fmt: skip
    employer.mine(3)
    wait_for(lambda: t.ask("status", home=home)["result"]["ledgers"][0]["block_hash"] == node.tip, "the follower")

    # Between its looks it keeps no connection, for which a node that ends would wait.
    wait_for(lambda: not follower.connections(), "the follower to leave the node alone")

    # While it follows: branches of ours go, longer ones come.
    employer.mine(110)
    for depth in (1, 6, 100):
        root = node.abandon(depth)
        Purse(node, f"rival-{depth}").mine(depth + 1)
        node.reconsider(root)
        wait_for(lambda: t.ask("status", home=home)["result"]["ledgers"][0]["block_hash"] == node.tip,
                 f"the follower after a reorg of depth {depth}")  # fmt: skip
        fresh = sync(t, node, t.directory / f"fresh-{depth}")
        equal(digest(t, home), digest(t, fresh), f"digest after a reorg of depth {depth}")
    follower.signal()
    equal(follower.wait().code, 0, "exit code of the follower")
    check_balances(t, node, home, addresses)
    check_total(t, node, home)

    # Deeper than allowed: refused with the way out, and nothing is taken out.
    before = node.tip
    root = node.abandon(6)
    Purse(node, "deep-rival").mine(7)
    node.reconsider(root)
    t.fails(FAILURE, "more than 3 blocks.*delete", "sync", LEDGER, "--from", f"rpc:{node.url}", "--reorg-depth", 3,
            home=home, env=credentials(node))  # fmt: skip
    equal(t.ask("status", home=home)["result"]["ledgers"][0]["block_hash"], before, "tip after the refusal")
    sync(t, node, home)


def extension_blocks(t):
    """With MWEB active: blocks carry an extension, and coins go in and out of it."""
    node = t.litecoin("mweb", mweb=True)
    node.activate_mweb()
    node.rpc("generatetoaddress", 3, node.wallet().call("getnewaddress"))
    home = sync(t, node, t.directory / "mweb-rpc")
    equal(digest(t, sync(t, node, t.directory / "mweb-files", "files")), digest(t, home), "digests with MWEB")
    block = t.ask("show", node.height, home=home)["result"]
    assert block["extension_size"] > 0, "the block should carry an extension"
    last = t.ask("show", block["txids"][-1], home=home)["result"]
    equal(last["hogex"], True, "the last transaction")
    check_total(t, node, home)
    return home


def story(t):
    plain_chain(t)
    extension_blocks(t)


framework.main(story)
