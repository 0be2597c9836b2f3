"""The oracle of traced amounts: its policies on cases that fit on paper, and its bounds of rounding."""

import random
import sys
import unittest
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "oracle"))
from blocks import Transaction  # noqa: E402
from fractions_of_haircut import Share, lemma, shares_after  # noqa: E402
from oracle import Oracle, by_source  # noqa: E402
from policies import CLEAN, fifo, haircut, largest_remainder  # noqa: E402


class LargestRemainder(unittest.TestCase):
    def test_units_that_are_over_go_to_the_largest_fractions(self):
        self.assertEqual(largest_remainder(10, [1, 1, 5]), [2, 1, 7])  # 1.43, 1.43, 7.14
        self.assertEqual(largest_remainder(2, [2, 2, 3]), [1, 0, 1])  # 0.57, 0.57, 0.86

    def test_a_tie_goes_to_the_earlier(self):
        self.assertEqual(largest_remainder(1, [3, 3, 3]), [1, 0, 0])
        self.assertEqual(largest_remainder(2, [3, 3, 3]), [1, 1, 0])

    def test_nothing_over_nothing_is_nothing(self):
        self.assertEqual(largest_remainder(0, [0, 0]), [0, 0])
        self.assertEqual(largest_remainder(0, []), [])

    def test_no_rounding_is_beyond_the_lemma_and_some_reach_it(self):
        reached = set()
        for count in (1, 2, 3, 4):
            for weights in product(range(1, 5), repeat=count):
                whole = sum(weights)
                for total in range(whole + 1):
                    parts = largest_remainder(total, weights)
                    self.assertEqual(sum(parts), total)
                    self.assertTrue(all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True)))
                    errors = [part - Fraction(total * weight, whole) for part, weight in zip(parts, weights, strict=True)]
                    for some in range(1, count + 1):
                        for chosen in combinations(errors, some):
                            self.assertLessEqual(abs(sum(chosen)), lemma(some, count), (total, weights))
                            if abs(sum(chosen)) == lemma(some, count):
                                reached.add((some, count))
        self.assertEqual(reached, {(some, count) for count in (1, 2, 3, 4) for some in range(1, count + 1)})


class Fifo(unittest.TestCase):
    def test_outputs_are_cut_off_the_queue_in_order(self):
        coins = [[(CLEAN, 4)], [(0, 3), (CLEAN, 1)], [(1, 2)]]
        self.assertEqual(fifo(coins, [5, 0, 4, 1]), [[(CLEAN, 4), (0, 1)], [], [(0, 2), (CLEAN, 1), (1, 1)], [(1, 1)]])

    def test_neighbours_of_one_source_become_one_lot(self):
        self.assertEqual(fifo([[(0, 2)], [(0, 3)]], [4, 1]), [[(0, 4)], [(0, 1)]])


class Haircut(unittest.TestCase):
    def test_every_output_and_the_fee_carry_the_same_fraction(self):
        self.assertEqual(
            haircut([[(0, 30)], [(CLEAN, 70)]], [50, 40, 10]),
            [[(0, 15), (CLEAN, 35)], [(0, 12), (CLEAN, 28)], [(0, 3), (CLEAN, 7)]],
        )

    def test_taint_is_spread_before_it_is_divided_among_sources(self):
        # 4 of 8 are tainted: two units to each output, although each source would round to one more.
        self.assertEqual(
            haircut([[(0, 1)], [(1, 1)], [(2, 2)], [(CLEAN, 4)]], [4, 4]),
            [[(0, 1), (2, 1), (CLEAN, 2)], [(1, 1), (2, 1), (CLEAN, 2)]],
        )

    def test_it_divides_by_lots_and_not_by_sources(self):
        # One unit over lots of 2, 1, 1 and 1: the largest lot's fraction is the largest, 0.4. Three of
        # the lots are of one source; by sources it would be 0.6 and get the unit.
        self.assertEqual(haircut([[(1, 2)], [(0, 1)], [(0, 1)], [(0, 1)]], [1, 4]), [[(1, 1)], [(0, 3), (1, 1)]])

    def test_of_equal_lots_the_earlier_input_gives_first(self):
        self.assertEqual(haircut([[(1, 1)], [(0, 1)]], [1, 1]), [[(1, 1)], [(0, 1)]])
        self.assertEqual(haircut([[(0, 1)], [(1, 1)]], [1, 1]), [[(0, 1)], [(1, 1)]])

    def test_outputs_of_nothing_and_clean_inputs_take_part(self):
        self.assertEqual(haircut([[], [(0, 3)]], [0, 3, 0]), [[], [(0, 3)], []])


class Bounds(unittest.TestCase):
    def coins(self, chance):
        return [
            [(s, chance.randint(1, 9)) for s in sorted(chance.sample(range(4), chance.randint(0, 3)))]
            + [(CLEAN, chance.randint(1, 30))] * chance.randint(0, 1)
            for _ in range(chance.randint(1, 5))
        ]

    def test_whole_units_stay_within_them_and_come_near(self):
        chance = random.Random(1)
        nearest = Fraction(0)
        for _ in range(3000):
            coins = self.coins(chance)
            whole = sum(units for coin in coins for _, units in coin)
            cuts = sorted(chance.randint(0, whole) for _ in range(chance.randint(0, 6)))
            amounts = [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]
            if not whole:
                continue
            shares = [{s: Share(Fraction(units)) for s, units in coin if s is not CLEAN} for coin in coins]
            for piece, exact in zip(haircut(coins, amounts), shares_after(coins, shares, amounts), strict=True):
                for source, share in exact.items():
                    units = by_source(piece).get(source, 0)
                    self.assertTrue(share.holds(units), (coins, amounts, source, units, share))
                    if share.slack:
                        nearest = max(nearest, abs(units - share.value) / share.slack)
        self.assertGreater(nearest, Fraction(9, 10), "so loose a bound shows little")

    def test_what_need_not_be_rounded_has_no_slack(self):
        (first, _) = shares_after([[(0, 5)]], [{0: Share(Fraction(5))}], [5, 0])
        self.assertEqual(first, {0: Share(Fraction(5))})
        self.assertFalse(first[0].holds(4))

    def test_earlier_rounding_goes_on_in_proportion(self):
        first, second = shares_after([[(0, 8)]], [{0: Share(Fraction(17, 2), Fraction(1, 2))}], [6, 2])
        self.assertEqual(first[0], Share(Fraction(51, 8), Fraction(1, 2) * Fraction(6, 8) + Fraction(1, 2)))
        self.assertEqual(second[0], Share(Fraction(17, 8), Fraction(1, 2) * Fraction(2, 8) + Fraction(1, 2)))


class Walk(unittest.TestCase):
    CHAIN = (
        Transaction("mint", [], [100, 50]),
        Transaction("pay", [("mint", 0)], [60, 39]),
        Transaction("mix", [("mint", 1), ("pay", 0)], [20, 88]),
    )

    def follow(self, policy, sources, stops=()):
        oracle = Oracle(policy, sources, stops)
        for transaction in self.CHAIN:
            oracle.take(transaction)
        return oracle.finish()

    def test_every_unit_of_a_source_is_somewhere(self):
        answer = self.follow("fifo", ["pay:0"])
        self.assertEqual((answer.ends, answer.fees), ({"mix:1": {0: 58}}, {0: 2}))
        answer = self.follow("haircut", ["pay:0"])
        self.assertEqual((answer.ends, answer.fees), ({"mix:0": {0: 11}, "mix:1": {0: 48}}, {0: 1}))
        self.assertEqual(answer.exact_ends["mix:0"][0].value, Fraction(60 * 20, 110))
        self.assertEqual(list(answer.steps), ["mix"])

    def test_value_ends_where_it_becomes_part_of_another_source(self):
        answer = self.follow("fifo", ["mint:0", "pay:0"])
        self.assertEqual(answer.ends, {"pay:0": {0: 60}, "pay:1": {0: 39}, "mix:1": {1: 58}})
        self.assertEqual(answer.fees, {0: 1, 1: 2})

    def test_a_stop_holds_one_source_and_lets_others_pass(self):
        answer = self.follow("fifo", ["mint:1", "pay:0"], [("mix:1", 0), ("pay:0", 1)])
        self.assertEqual(answer.ends, {"pay:0": {1: 60}, "mix:0": {0: 20}, "mix:1": {0: 30}})
        self.assertEqual(list(answer.steps), ["mix"])


if __name__ == "__main__":
    unittest.main()
