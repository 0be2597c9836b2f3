"""The error cards in heuristics/cards say what the rules do on the labelled data now."""

import sys

import framework

sys.path.insert(0, str(framework.ROOT / "tests" / "measure"))
import cards  # noqa: E402

TIMEOUT = 600


def story(t):
    for name, measure in cards.MEASURES.items():
        card = measure(t)
        lines = cards.drifted(name, card)
        assert not lines, "\n".join([*lines, "when this is meant: tests/measure/cards.py --write"])
        for seed in (found for key, found in card.items() if key.startswith("seed ")):
            for level in ("L0", "L1"):
                assert seed[level]["false merges that could be told"] == 0, seed[level]["false merges"]


framework.main(story)
