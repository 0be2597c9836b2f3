#!/usr/bin/env python3
"""Follows the value of payouts through a simulated chain, independently of Wagetrail.

    tests/oracle/oracle.py --blocks DIR --policy fifo|haircut --source TXID:VOUT... [--stop-output TXID:VOUT...]
                           [--stop-transaction TXID...]

Prints JSON: per output that holds value of a source, how much of each, and the fees. What lies in an
output named by --stop-output, or is spent by a transaction named by --stop-transaction, is not followed.
Integers throughout; under haircut the exact fraction is carried beside them, and the two may not differ
by more than one unit per transaction on the way.
"""

import argparse
import json
import sys
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from blocks import chain  # noqa: E402

CLEAN = None


def cut_fifo(coins, outputs):
    """coins: lists of (source, amount) in input order. The queue is cut into the outputs in turn."""
    queue = [part for coin in coins for part in coin]
    pieces, position, used = [], 0, 0
    for wanted in outputs:
        piece = []
        while wanted:
            source, amount = queue[position]
            taken = min(wanted, amount - used)
            piece.append((source, taken))
            wanted -= taken
            used += taken
            if used == amount:
                position, used = position + 1, 0
        pieces.append(piece)
    return pieces


def largest_remainder(total, weights):
    """total in proportion to the weights; what is over goes to the largest fractions, earlier first."""
    whole = sum(weights)
    if whole == 0:
        return [0 for _ in weights]
    shares = [total * weight // whole for weight in weights]
    fractions = [Fraction(total * weight, whole) - share for weight, share in zip(weights, shares)]
    order = sorted(range(len(weights)), key=lambda i: (-fractions[i], i))
    for i in order[: total - sum(shares)]:
        shares[i] += 1
    return shares


def cut_haircut(coins, outputs):
    """First the tainted total over the outputs, then each output's part over the sources that are left."""
    left = {}
    for coin in coins:
        for source, amount in coin:
            if source is not CLEAN:
                left[source] = left.get(source, 0) + amount
    sources = sorted(left)
    tainted = largest_remainder(sum(left.values()), outputs)
    pieces = []
    for wanted, taint in zip(outputs, tainted):
        parts = largest_remainder(taint, [left[source] for source in sources])
        for source, part in zip(sources, parts):
            left[source] -= part
        piece = [(source, part) for source, part in zip(sources, parts) if part]
        pieces.append(piece + ([(CLEAN, wanted - taint)] if wanted > taint else []))
    return pieces


def tainted_sum(coin):
    return sum(amount for source, amount in coin if source is not CLEAN)


class Oracle:
    def __init__(self, policy, sources, stop_outputs, stop_transactions):
        self.cut = {"fifo": cut_fifo, "haircut": cut_haircut}[policy]
        self.policy = policy
        self.sources = {out: index for index, out in enumerate(sources)}
        self.stop_outputs = stop_outputs
        self.stop_transactions = stop_transactions
        self.amounts = {}  # of every output of the chain
        self.coins = {}  # outputs with value of a source, still to be followed
        self.exact = {}  # of the same: the fraction of haircut, and how many transactions it came through
        self.ended = {}  # where value stays
        self.fees = {}

    def arrive(self, out, amount, coin, exact, depth):
        if out in self.sources:
            if tainted_sum(coin):
                raise ValueError(f"source {out} holds value of another source: choose others")
            coin, exact, depth = [(self.sources[out], amount)], Fraction(amount), 0
        if not tainted_sum(coin):
            return
        self.coins[out] = coin
        self.exact[out] = exact, depth

    def take(self, transaction):
        spent = [f"{txid}:{vout}" for txid, vout in transaction.inputs]
        touched = [out for out in spent if out in self.coins and out not in self.stop_outputs]
        if touched and transaction.txid in self.stop_transactions:
            touched = []
        outputs = transaction.outputs
        pieces = [[(CLEAN, amount)] if amount else [] for amount in outputs]
        exact, depth = Fraction(0), 0
        if touched:
            coins = [self.coins[out] if out in touched else [(CLEAN, self.amounts[out])] for out in spent]
            whole = sum(self.amounts[out] for out in spent)
            with_fee = [*outputs, whole - sum(outputs)]
            *pieces, fee = self.cut(coins, with_fee)
            exact = sum((self.exact[out][0] for out in touched), Fraction(0)) / whole
            depth = max(self.exact[out][1] for out in touched) + 1
            for source, amount in fee:
                if source is not CLEAN:
                    self.fees[source] = self.fees.get(source, 0) + amount
            for out in touched:
                del self.coins[out]
        for vout, (amount, piece) in enumerate(zip(outputs, pieces)):
            out = f"{transaction.txid}:{vout}"
            self.amounts[out] = amount
            share = exact * amount
            if self.policy == "haircut" and abs(tainted_sum(piece) - share) > len(spent) * depth + 1:
                raise ValueError(f"rounding went astray at {out}")
            self.arrive(out, amount, piece, share, depth)

    def answer(self):
        ends = {}
        for out, coin in self.coins.items():
            shares = {}
            for source, amount in coin:
                if source is not CLEAN:
                    shares[source] = shares.get(source, 0) + amount
            ends[out] = shares
        for out, index in self.sources.items():
            total = sum(shares.get(index, 0) for shares in ends.values()) + self.fees.get(index, 0)
            if total != self.amounts[out]:
                raise ValueError(f"{out}: {total} of {self.amounts[out]} accounted for")
        return {"ends": ends, "fees": self.fees}


def follow(folder, policy, sources, stop_outputs=(), stop_transactions=()):
    oracle = Oracle(policy, list(sources), set(stop_outputs), set(stop_transactions))
    for transaction in chain(folder):
        oracle.take(transaction)
    return oracle.answer()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", required=True)
    parser.add_argument("--policy", choices=("fifo", "haircut"), required=True)
    parser.add_argument("--source", nargs="+", required=True)
    parser.add_argument("--stop-output", nargs="*", default=[])
    parser.add_argument("--stop-transaction", nargs="*", default=[])
    options = parser.parse_args()
    answer = follow(options.blocks, options.policy, options.source, options.stop_output, options.stop_transaction)
    print(json.dumps(answer, sort_keys=True))


if __name__ == "__main__":
    main()
