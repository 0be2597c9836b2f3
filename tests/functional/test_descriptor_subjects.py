"""An employer's wallet named by its extended key or a ranged descriptor, on a real node's chain: the
payouts are what left the wallet, and its change is followed as its own."""

import framework
from framework import DONE, FOUND, UNKNOWN, USAGE, contains, equal
from litecoin_node import COIN, coins
from purse import Purse, base58check

LEDGER = "ltc-regtest"
# Master key of BIP32's test vector 1, with the version bytes of test networks.
MASTER = base58check(bytes.fromhex(
    "04358394" "000000000000000000" "873dff81c02f525623fd1fe5167eac3a55a049de3d314bb42ee227ffed37d508"
    "00e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35"))  # fmt: skip


class KeyWallet:
    """Coins on the receive and change chains of one extended key; the node's wallet signs."""

    def __init__(self, node):
        self.node = node
        self.wallet = node.wallet("employer")
        self.addresses = []
        for chain in (0, 1):
            private = f"wpkh({MASTER}/{chain}/*)"
            info = node.rpc("getdescriptorinfo", private)
            self.wallet.call("importmulti", [{"desc": f"{private}#{info['checksum']}", "range": [0, 20],
                                              "timestamp": "now"}])  # fmt: skip
            self.addresses.append(node.rpc("deriveaddresses", info["descriptor"], [0, 20]))
            if chain == 0:
                self.receive_chain = info["descriptor"]  # with the public key and a checksum
        self.key = self.receive_chain.split("(")[1].split("/")[0]

    def pay(self, spent, outputs):
        """outputs: [(address, units)]; returns the txid."""
        inputs = [{"txid": txid, "vout": vout} for txid, vout in spent]
        raw = self.node.rpc("createrawtransaction", inputs, [{address: coins(units)} for address, units in outputs])
        signed = self.wallet.call("signrawtransactionwithwallet", raw)
        assert signed["complete"], signed
        return self.node.rpc("sendrawtransaction", signed["hex"], 0)


def vout_to(node, txid, address):
    outputs = node.rpc("getrawtransaction", txid, True)["vout"]
    return next(out["n"] for out in outputs if address in out["scriptPubKey"].get("addresses", []))


def sources(answer):
    return {f"{s['position']['txid']}:{s['position']['vout']}": int(s["amount"]["units"])
            for s in answer["result"]["sources"]}  # fmt: skip


def traced(t, subject, *options):
    return sources(t.ask("trace", "--from", subject, *options, "--policy", "fifo"))


def refusals(t, wallet):
    for secret in (MASTER, f"wpkh({MASTER}/0/*)"):
        result = t.fails(USAGE, "private", "trace", "--ledger", LEDGER, "--from", secret)
        assert MASTER not in result.out + result.err, "the private key was printed"
    t.fails(USAGE, "checksum", "trace", "--ledger", LEDGER, "--from", wallet.receive_chain[:-1] + "!")
    wrong = "q" if wallet.receive_chain[-1] != "q" else "p"
    t.fails(USAGE, "checksum", "trace", "--ledger", LEDGER, "--from", wallet.receive_chain[:-1] + wrong)
    t.fails(USAGE, ".", "trace", "--ledger", LEDGER, "--from", f"wpkh({wallet.key}/0'/*)")
    unseen = t.fails(UNKNOWN, "none of the .* addresses", "trace", "--from", f"wpkh({wallet.key}/7/*)")
    contains(unseen.err, "not on ltc-regtest as of height")
    t.fails(USAGE, "gap", "trace", "--from", wallet.key, "--gap", 0)
    t.fails(USAGE, "gap", "trace", "--from", wallet.key, "--gap", 100001)


def story(t):
    node = t.litecoin()
    wallet = KeyWallet(node)
    (receive, change) = wallet.addresses
    funder, worker, shop = (Purse(node, name).address for name in ("funder", "worker", "shop"))
    miner = Purse(node, "miner")
    miner.mine(103)
    funding = miner.pay({receive[0]: 9 * COIN, receive[4]: 5 * COIN, funder: COIN})
    miner.mine()
    # Wages: change goes to the change chain, and next time to a receive address further on.
    coin = (funding, vout_to(node, funding, receive[0]))
    first = wallet.pay([coin], [(worker, 2 * COIN), (change[1], 7 * COIN - 1000)])
    second = wallet.pay([(first, 1)], [(receive[9], 4 * COIN), (worker, 3 * COIN - 2000)])
    other = wallet.pay([(funding, vout_to(node, funding, receive[4]))], [(shop, 5 * COIN - 1000)])
    miner.mine()
    t.wagetrail("sync", LEDGER, "--from", f"rpc:{node.url_with_password}")

    wages = {f"{first}:0": 2 * COIN, f"{second}:1": 3 * COIN - 2000, f"{other}:0": 5 * COIN - 1000}
    equal(traced(t, wallet.key), wages, "by the extended key")
    two_chains = f"wpkh({wallet.key}/<0;1>/*)"
    equal(traced(t, two_chains), wages, "by both chains")
    equal(traced(t, f"wpkh({wallet.key}/<0;1>/*)", "--gap", 10), wages, "up to the last address that is used")
    # A chain alone: the other one is somebody else, at a level that joins only keys.
    received = {f"{first}:0": 2 * COIN, f"{first}:1": 7 * COIN - 1000, f"{other}:0": 5 * COIN - 1000}
    equal(traced(t, wallet.receive_chain, "--level", "L0"), received, "by the receive chain, with its checksum")
    # A range that ends before index 4 and 9.
    short = {f"{first}:0": 2 * COIN, f"{second}:0": 4 * COIN, f"{second}:1": 3 * COIN - 2000}
    equal(traced(t, two_chains, "--gap", 4), short, "with a short range")

    answer = t.ask("trace", "--from", wallet.key, "--to", shop, expect=FOUND)
    for result in answer["result"]["policies"]:
        equal([int(row["amount"]["units"]) for row in result["reached"]], [5 * COIN - 1000], "reached")
        equal(result["reached"][0]["subject"], shop, "who was reached")
    equal({source["subject"] for source in answer["result"]["sources"]}, {wallet.key}, "whose payouts")
    t.wagetrail("trace", "--from", wallet.key, "--to", funder, expect=DONE)
    refusals(t, wallet)


framework.main(story)
