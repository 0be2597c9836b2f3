#!/usr/bin/env python3
"""Measures the rules of heuristics/ on the shared data and writes their error cards.

    tests/measure/cards.py             prints the cards as measured now
    tests/measure/cards.py --check     compares them with heuristics/cards/ and says what drifted
    tests/measure/cards.py --write     writes them there

A card holds counts only, so it is the same on every machine. The programs are taken from
WAGETRAIL_BIN, else from build/release/bin (scripts/build release wagetrail wagetrail-measure); the
shared data from WAGETRAIL_SHARED, else from ../shared beside the project.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "functional"))
import coinjoin_card  # noqa: E402
import entity_card  # noqa: E402
import simulator_card  # noqa: E402
from framework import ROOT, Context, Skip  # noqa: E402

CARDS = ROOT / "heuristics" / "cards"
MEASURES = {"coinjoin": coinjoin_card.measure, "entities": entity_card.measure, "simulated": simulator_card.measure}


def text(card):
    return json.dumps(card, indent=2, sort_keys=True) + "\n"


def drifted(name, card):
    """What the committed card says otherwise, as lines; none when it is the same."""
    path = CARDS / f"{name}.json"
    if not path.exists():
        return [f"{path} does not exist; write it with tests/measure/cards.py --write"]
    old, new = path.read_text().splitlines(), text(card).splitlines()
    if old == new:
        return []
    changed = [f"- {line.strip()}" for line in old if line not in new]
    changed += [f"+ {line.strip()}" for line in new if line not in old]
    return [f"{path.relative_to(ROOT)} is not what is measured now:", *(changed or ["the order of its lines"])]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true")
    what.add_argument("--write", action="store_true")
    options = parser.parse_args()
    code = 0
    for name, measure in MEASURES.items():
        with tempfile.TemporaryDirectory(prefix="wagetrail-cards-") as folder:
            try:
                card = measure(Context(folder))
            except Skip as reason:
                print(f"{name}: not measured: {reason}", file=sys.stderr)
                code = 1
                continue
        if options.write:
            CARDS.mkdir(exist_ok=True)
            (CARDS / f"{name}.json").write_text(text(card))
        elif options.check:
            lines = drifted(name, card)
            print("\n".join(lines) if lines else f"{name}: as committed")
            code = code or bool(lines)
        else:
            print(text(card), end="")
    sys.exit(code)


if __name__ == "__main__":
    main()
