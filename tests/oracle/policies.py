"""The accounting policies in whole units, as the paper says them (DESIGN.md section 7; ARCHITECTURE.md,
"haircut rounds the tainted total first"). A coin is a list of lots (source, units) in order; CLEAN is the
source of the untainted rest. Amounts: of the outputs in order, the fee last.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

CLEAN = None


def cut_off(queue, amounts):
    """Each amount is cut off the head of the queue."""
    pieces, position, used = [], 0, 0
    for wanted in amounts:
        piece = []
        while wanted:
            source, units = queue[position]
            taken = min(wanted, units - used)
            piece.append((source, taken))
            wanted -= taken
            used += taken
            if used == units:
                position, used = position + 1, 0
        pieces.append(piece)
    return pieces


def all_lots(coins):
    return [lot for coin in coins for lot in coin]


def fifo(coins, amounts):
    """The lots of all coins are one queue; each amount is cut off its head."""
    return [joined(piece) for piece in cut_off(all_lots(coins), amounts)]


def lifo(coins, amounts):
    """The same queue, cut off its tail; a piece keeps the order in which its lots came."""
    return [joined(piece[::-1]) for piece in cut_off(all_lots(coins)[::-1], amounts)]


def tainted_first(coins, amounts):
    """Amounts in order take what is tainted as long as there is any."""
    queue = sorted(all_lots(coins), key=lambda lot: lot[0] is CLEAN)
    return [gathered(piece) for piece in cut_off(queue, amounts)]


def libr(coins, amounts):
    """Whoever pays spends his own money first."""
    queue = sorted(all_lots(coins), key=lambda lot: lot[0] is not CLEAN)
    return [gathered(piece) for piece in cut_off(queue, amounts)]


def joined(lots):
    """Neighbours of one source are one lot."""
    coin = []
    for source, units in lots:
        if coin and coin[-1][0] == source:
            coin[-1] = source, coin[-1][1] + units
        else:
            coin.append((source, units))
    return coin


def gathered(lots):
    """One lot per source, the untainted rest last."""
    units_of = {}
    for source, units in lots:
        units_of[source] = units_of.get(source, 0) + units
    return sorted(units_of.items(), key=lambda lot: (lot[0] is CLEAN, lot[0]))


def largest_remainder(total, weights):
    """total in proportion to the weights, in whole units: each gets the whole part of its share, and
    the units that are over go one each to the largest fractions, to the earlier one in a tie."""
    whole = sum(weights)
    if not total:
        return [0 for _ in weights]
    shares = [Fraction(total * weight, whole) for weight in weights]
    parts = [share.numerator // share.denominator for share in shares]
    by_fraction = sorted(range(len(shares)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_fraction[: total - sum(parts)]:
        parts[i] += 1
    return parts


def tainted(coins):
    """The tainted lots of all coins, in the order of coins and lots."""
    return [lot for coin in coins for lot in coin if lot[0] is not CLEAN]


def taint_of(coins, amounts):
    """How much of each amount is tainted, by whomever: all taint over all amounts."""
    return largest_remainder(sum(units for _, units in tainted(coins)), amounts)


def haircut(coins, amounts):
    """First the taint is spread over the amounts. Then what is tainted of each amount, in turn, is
    taken from every lot in proportion to what is left of it."""
    lots = tainted(coins)
    left = [units for _, units in lots]
    pieces = []
    for wanted, taint in zip(amounts, taint_of(coins, amounts), strict=True):
        parts = largest_remainder(taint, left)
        left = [units - part for units, part in zip(left, parts, strict=True)]
        piece = [(source, part) for (source, _), part in zip(lots, parts, strict=True) if part]
        pieces.append(gathered(piece + [(CLEAN, wanted - taint)] if wanted > taint else piece))
    return pieces


@dataclass(frozen=True)
class Policy:
    split: Callable  # (coins, amounts) -> the lots of each amount
    tidy: Callable  # the lots of a coin as the next transaction takes them


POLICIES = {
    "fifo": Policy(fifo, joined),
    "lifo": Policy(lifo, joined),
    "haircut": Policy(haircut, gathered),
    "tainted-first": Policy(tainted_first, gathered),
    "libr": Policy(libr, gathered),
}
