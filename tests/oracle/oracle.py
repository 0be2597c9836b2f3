#!/usr/bin/env python3
"""Follows the value of payouts through a simulated chain, independently of Wagetrail.

    tests/oracle/oracle.py --blocks DIR --policy POLICY --source TXID:VOUT... [--stop TXID:VOUT=SOURCE...]

Prints JSON: per output in which value of a source stays, how much of each source (they count from 0 in
the order given), and the fees. Value stays where it is unspent, where it became part of another source,
and where --stop says so. Under haircut also the fractions of an exact division, with proven bounds.
"""

import argparse
import json
import sys
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from blocks import chain  # noqa: E402
from fractions_of_haircut import Share, added, shares_after  # noqa: E402
from policies import CLEAN, POLICIES  # noqa: E402


@dataclass
class Step:
    """One transaction that was taken apart: the lots of its inputs, outputs and fee."""

    inputs: list
    outputs: list
    fee: list


@dataclass
class Answer:
    ends: dict = field(default_factory=dict)  # output -> source -> units
    fees: dict = field(default_factory=dict)  # source -> units
    exact_ends: dict = field(default_factory=dict)  # the same as Share, under haircut
    exact_fees: dict = field(default_factory=dict)
    steps: dict = field(default_factory=dict)  # by txid


def by_source(lots):
    """The units of each source in some lots."""
    units = {}
    for source, part in lots:
        if source is not CLEAN:
            units[source] = units.get(source, 0) + part
    return units


def above_zero(shares):
    return {source: share for source, share in shares.items() if share.value}


@dataclass
class Coin:
    lots: list
    exact: dict  # source -> Share; empty under all but haircut, where units are exact

    def without(self, gone, tidy):
        lots = [(CLEAN if source in gone else source, units) for source, units in self.lots]
        return Coin(tidy(lots), {source: share for source, share in self.exact.items() if source not in gone})

    def only(self, kept):
        exact = {source: share for source, share in self.exact.items() if source in kept}
        return Coin([lot for lot in self.lots if lot[0] in kept], exact)


class Oracle:
    """Takes the transactions of a chain in order."""

    def __init__(self, policy, sources, stops):
        self.policy = POLICIES[policy]
        self.divides = policy == "haircut"  # and so has to round
        self.sources = {out: index for index, out in enumerate(sources)}
        self.stops = {}  # output -> sources whose value stays there
        for out, source in stops:
            self.stops.setdefault(out, set()).add(source)
        self.amounts = {}  # of every output so far
        self.coins = {}  # outputs with value of a source that may go on
        self.answer = Answer()

    def end(self, out, coin):
        if by_source(coin.lots):
            self.answer.ends.setdefault(out, {}).update(by_source(coin.lots))
        if coin.exact:
            self.answer.exact_ends.setdefault(out, {}).update(coin.exact)

    def arrive(self, out, coin):
        if out in self.sources:
            own = self.sources[out]
            self.end(out, coin)
            units = self.amounts[out]
            coin = Coin([(own, units)], {own: Share(Fraction(units))} if self.divides else {})
        gone = self.stops.get(out, set())
        self.end(out, coin.only(gone))
        coin = coin.without(gone, self.policy.tidy)
        if by_source(coin.lots) or coin.exact:
            self.coins[out] = coin

    def take_apart(self, transaction, spent):
        amounts = [*transaction.outputs, sum(self.amounts[out] for out in spent) - sum(transaction.outputs)]
        clean = [Coin([(CLEAN, self.amounts[out])] if self.amounts[out] else [], {}) for out in spent]
        coins = [self.coins.pop(out, other) for out, other in zip(spent, clean, strict=True)]
        lots = [coin.lots for coin in coins]
        pieces = self.policy.split(lots, amounts)
        exact = [{} for _ in amounts]
        if self.divides:
            exact = [above_zero(piece) for piece in shares_after(lots, [coin.exact for coin in coins], amounts)]
        for source, units in by_source(pieces[-1]).items():
            self.answer.fees[source] = self.answer.fees.get(source, 0) + units
        self.answer.exact_fees = added([self.answer.exact_fees, exact[-1]])
        if any(by_source(coin) for coin in lots):
            self.answer.steps[transaction.txid] = Step(lots, pieces[:-1], pieces[-1])
        return [Coin(piece, shares) for piece, shares in zip(pieces[:-1], exact[:-1], strict=True)]

    def take(self, transaction):
        spent = [f"{txid}:{vout}" for txid, vout in transaction.inputs]
        pieces = [Coin([(CLEAN, amount)] if amount else [], {}) for amount in transaction.outputs]
        if any(out in self.coins for out in spent):
            pieces = self.take_apart(transaction, spent)
        for vout, (amount, coin) in enumerate(zip(transaction.outputs, pieces, strict=True)):
            out = f"{transaction.txid}:{vout}"
            self.amounts[out] = amount
            self.arrive(out, coin)

    def finish(self):
        for out, coin in self.coins.items():
            self.end(out, coin)
        self.check_sums()
        return self.answer

    def check_sums(self):
        """Every unit of every source is somewhere, and so is every fraction of one."""
        units = added([*self.answer.ends.values(), self.answer.fees])
        exact = added([*self.answer.exact_ends.values(), self.answer.exact_fees])
        for out, source in self.sources.items():
            if units.get(source, 0) != self.amounts[out]:
                raise ValueError(f"{out}: {units.get(source, 0)} of {self.amounts[out]} accounted for")
            if self.divides and exact[source].value != self.amounts[out]:
                raise ValueError(f"{out}: the fractions do not sum")


def follow(folder, policy, sources, stops=()):
    """stops: (output, source) where value of that source is not to be followed further."""
    oracle = Oracle(policy, list(sources), stops)
    for transaction in chain(folder):
        oracle.take(transaction)
    return oracle.finish()


def printable(exact):
    return {source: {"fraction": str(share.value), "slack": str(share.slack)} for source, share in exact.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", required=True)
    parser.add_argument("--policy", choices=sorted(POLICIES), required=True)
    parser.add_argument("--source", nargs="+", required=True)
    parser.add_argument("--stop", nargs="*", default=[])
    options = parser.parse_args()
    stops = [(out, int(source)) for out, _, source in (stop.partition("=") for stop in options.stop)]
    answer = follow(options.blocks, options.policy, options.source, stops)
    exact = {out: printable(shares) for out, shares in answer.exact_ends.items()}
    whole = {"ends": answer.ends, "fees": answer.fees, "exact": exact, "exact_fees": printable(answer.exact_fees)}
    print(json.dumps(whole, sort_keys=True))


if __name__ == "__main__":
    main()
