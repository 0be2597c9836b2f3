"""Haircut without rounding, and how far the whole units may be from it.

Without rounding an output of amount a, in a transaction that spends w, carries a/w of the value of each
source in the inputs. A Share is that fraction and a bound on the distance of the whole units from it.
The bound is proven, not chosen:

Lemma. Largest remainder over m weights above zero errs, summed over any k of them, by at most
k(m-k)/m. Let u units be over: the m fractions sum to u. Let r of them go to the k, and f be the least
fraction that got one; whoever got none has at most f. The k err by r minus their fractions, which are
at least r f, and at least u less those of the others, of which u-r are below 1 and the rest at most f.
So the error is at most the lesser of r(1-f) and (m-k-u+r)f, largest where both are equal: ab/(a+b) with
a = r and b = m-k-u+r. That grows with a <= k and with b <= m-k. Downwards, the others err by as much
the other way. Equal fractions k/m reach it, so it cannot be sharpened without looking at them.

One transaction: T units of taint, w_s of them of source s in k of the m tainted lots, n amounts above
zero, t_i units of taint given to amount i, R_i left to be given before it.
  1. t_i is within 1 - 1/n of T a_i/w, by the lemma.
  2. An amount of no taint errs by nothing. What source s has left before amount i is D_i above its part w_s R_i/T. Amount i takes its share of
     what is left and errs by r_i, |r_i| <= k(m-k)/m, and r_i = 0 where it takes all that is left:
     it takes t_i w_s/T + t_i D_i/R_i + r_i, and D_(i+1)/R_(i+1) = D_i/R_i - r_i/R_(i+1).
     So it is within k(m-k)/m (1 + t_i sum over j < i of 1/R_(j+1)) of t_i w_s/T.
  3. w_s itself is within B_s of the fraction that comes in: a_i/w of it goes on.
Together: step 2 + w_s/T (1 - 1/n) + B_s a_i/w. With one source only 1 and 3 are left.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from policies import taint_of, tainted

GRID = 1 << 32  # bounds are rounded up to it, so that they stay short


@dataclass
class Share:
    value: Fraction
    slack: Fraction = Fraction(0)

    def __add__(self, other):
        return Share(self.value + other.value, self.slack + other.slack)

    def holds(self, units):
        """A slack of nothing means that the units are the fraction."""
        return abs(units - self.value) <= self.slack


def rounded_up(slack):
    return Fraction(ceil(slack * GRID), GRID)


def lemma(some, of_all):
    return Fraction(some * (of_all - some), of_all) if of_all else Fraction(0)


def added(shares):
    """One dict of shares by source out of many."""
    total = {}
    for one in shares:
        for source, share in one.items():
            total[source] = total[source] + share if source in total else share
    return total


def shares_after(coins, shares, amounts):
    """Per amount the shares by source, of coins in whole units with these shares by source."""
    lots = tainted(coins)
    taint = sum(units for _, units in lots)
    whole = sum(amounts)
    of_total = lemma(1, sum(1 for amount in amounts if amount))
    incoming = added(shares)
    units_of = {source: sum(units for s, units in lots if s == source) for source in incoming}
    of_lots = {source: lemma(sum(1 for s, _ in lots if s == source), len(lots)) for source in incoming}

    pieces, remaining, drift = [], taint, Fraction(0)  # drift: the sum of 1/R in step 2
    for amount, given in zip(amounts, taint_of(coins, amounts), strict=True):
        spread = given * drift + (1 if 0 < given < remaining else 0)
        piece = {}
        for source, share in incoming.items():
            slack = share.slack * amount / whole
            if amount and taint:
                slack += of_lots[source] * spread + Fraction(units_of[source], taint) * of_total
            piece[source] = Share(share.value * amount / whole, rounded_up(slack))
        pieces.append(piece)
        remaining -= given
        if given and remaining:
            drift += Fraction(1, remaining)
    return pieces
