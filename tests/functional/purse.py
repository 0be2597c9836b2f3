"""An owner with keys and coins, who pays without the node's wallet.

The wallet needs 130 to 500 ms per payment; a Purse keeps its own coins and has the node sign raw
transactions in batches, which is a hundred times as fast.
"""

import hashlib
from dataclasses import dataclass

from litecoin_node import COINBASE_MATURITY, NodeError, coins, units

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58check(payload):
    payload += hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number = int.from_bytes(payload, "big")
    text = ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    return "1" * (len(payload) - len(payload.lstrip(b"\0"))) + text


def private_key(seed):
    """A compressed regtest key in wallet import format, the same for the same seed."""
    return base58check(b"\xef" + hashlib.sha256(seed.encode()).digest() + b"\x01")


@dataclass
class Coin:
    txid: str
    vout: int
    units: int
    script: str
    spendable_from: int  # height of the first block that may hold its spend


class Purse:
    """Keys of one owner, derived from a seed, and the coins on them. It knows only what it was told:
    coins of its own mine(), pay() and receive()."""

    DESCRIPTORS = {"p2pkh": "pkh({})", "p2wpkh": "wpkh({})", "p2sh-p2wpkh": "sh(wpkh({}))"}

    def __init__(self, node, seed, kind="p2wpkh"):
        self.node = node
        self.seed = seed
        self.kind = kind
        self.keys = {}  # address -> private key
        self.scripts = {}  # output script -> address
        self.redeem_scripts = {}  # output script -> redeem script of P2SH-P2WPKH
        self.coins = []
        self.address = self.new_address()

    def new_address(self, kind=None):
        return self.new_addresses(1, kind)[0]

    def new_addresses(self, count, kind=None):
        kind = kind or self.kind
        keys = [private_key(f"{self.seed}/{len(self.keys) + i}") for i in range(count)]
        addresses = self._derive([self.DESCRIPTORS[kind].format(key) for key in keys])
        for key, (address, script) in zip(keys, addresses):
            self.keys[address] = key
            self.scripts[script] = address
        if kind == "p2sh-p2wpkh":
            inner = self._derive([self.DESCRIPTORS["p2wpkh"].format(key) for key in keys])
            for (_, script), (_, redeem_script) in zip(addresses, inner):
                self.redeem_scripts[script] = redeem_script
        return [address for address, _ in addresses]

    def _derive(self, descriptors):
        """(address, output script) of each descriptor."""
        infos = self.node.batch(("getdescriptorinfo", text) for text in descriptors)
        full = [f"{text}#{info['checksum']}" for text, info in zip(descriptors, infos)]
        addresses = [found[0] for found in self.node.batch(("deriveaddresses", text) for text in full)]
        answers = self.node.batch(("validateaddress", address) for address in addresses)
        return [(answer["address"], answer["scriptPubKey"]) for answer in answers]

    @property
    def balance(self):
        return sum(coin.units for coin in self.coins)

    def mine(self, count=1, address=None):
        """Mines blocks that pay this purse; returns their hashes."""
        hashes = self.node.rpc("generatetoaddress", count, address or self.address)
        for block in self.node.batch(("getblock", block_hash, 2) for block_hash in hashes):
            self.take(block["tx"][0], block["height"] + COINBASE_MATURITY)
        return hashes

    def take(self, transaction, spendable_from=0):
        """Notes the outputs of a decoded transaction that are ours."""
        for out in transaction["vout"]:
            script = out["scriptPubKey"]["hex"]
            if script in self.scripts and out["value"] > 0:
                coin = Coin(transaction["txid"], out["n"], units(out["value"]), script, spendable_from)
                self.coins.append(coin)

    def receive(self, *txids):
        for transaction in self.node.batch(("getrawtransaction", txid, True) for txid in txids):
            self.take(transaction)

    def pay(self, outputs, fee=1000, spend=None, change=None):
        """One transaction: outputs is {address: units}. spend: the coins, else the oldest."""
        return self.pay_many([outputs], fee, spend and [spend], change)[0]

    def pay_many(self, payments, fee=1000, spend=None, change=None):
        """Many transactions in a few round trips, sent in order; returns their txids. A change output
        can be spent by a later payment of the same call only after the call: coins are chosen first."""
        next_height = self.node.height + 1
        chosen = [
            spend[i] if spend else self._choose(sum(outputs.values()) + fee, next_height)
            for i, outputs in enumerate(payments)
        ]
        drafts = [self._draft(outputs, spent, fee, change) for outputs, spent in zip(payments, chosen)]
        raw = self.node.batch(("createrawtransaction", inputs, outs) for inputs, outs in drafts)
        signed = self.node.batch(
            ("signrawtransactionwithkey", text, self._keys_for(spent), self._prevouts(spent))
            for text, spent in zip(raw, chosen))
        for answer in signed:
            if not answer["complete"]:
                raise NodeError(f"signing failed: {answer['errors']}")
        txids = self.node.batch(("sendrawtransaction", answer["hex"], 0) for answer in signed)
        self.receive(*txids)
        return txids

    def _choose(self, needed, next_height):
        spent, total = [], 0
        while total < needed:
            usable = next((c for c in self.coins if c.spendable_from <= next_height), None)
            if usable is None:
                raise NodeError(f"purse {self.seed}: no mature coins left for a payment of {needed}")
            self.coins.remove(usable)
            spent.append(usable)
            total += usable.units
        return spent

    def _draft(self, outputs, spent, fee, change):
        self.coins = [coin for coin in self.coins if coin not in spent]
        rest = sum(coin.units for coin in spent) - sum(outputs.values()) - fee
        if rest < 0:
            raise NodeError(f"purse {self.seed}: the coins given are too small")
        outs = [{address: coins(value)} for address, value in outputs.items()]
        if rest > 1000:  # below that it would be dust: the miner gets it
            outs.append({change or self.address: coins(rest)})
        return [{"txid": coin.txid, "vout": coin.vout} for coin in spent], outs

    def _keys_for(self, spent):
        return sorted({self.keys[self.scripts[coin.script]] for coin in spent})

    def _prevouts(self, spent):
        prevouts = []
        for coin in spent:
            prevout = {"txid": coin.txid, "vout": coin.vout, "scriptPubKey": coin.script, "amount": coins(coin.units)}
            if coin.script in self.redeem_scripts:
                prevout["redeemScript"] = self.redeem_scripts[coin.script]
            prevouts.append(prevout)
        return prevouts
