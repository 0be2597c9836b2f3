"""The error cards in heuristics/cards say what the rules do on the labelled data now."""

import sys

import framework

sys.path.insert(0, str(framework.ROOT / "tests" / "measure"))
import cards  # noqa: E402

TIMEOUT = 600


def story(t):
    for name, measure in cards.MEASURES.items():
        lines = cards.drifted(name, measure(t))
        assert not lines, "\n".join([*lines, "when this is meant: tests/measure/cards.py --write"])


framework.main(story)
