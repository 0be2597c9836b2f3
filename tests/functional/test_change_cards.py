"""The committed error cards of the change rules are what the command measures today, and what level
L2 makes of the simulated chains with them.

WAGETRAIL_WRITE_CARDS=1 writes them anew, when a rule or the simulator was meant to change."""

import json
import os

import change_truth
import framework
from framework import ROOT, equal

CARDS = ROOT / "heuristics" / "cards"
SEEDS = range(1, 6)
BLOCKS = 1000
SAMPLE = 12  # addresses of each seed: two processes each and more
FALSE_MAX = 1  # of them in an entity of several owners


def check(t, name, ledger, home, *options):
    card = t.directory / f"{name}.json"
    t.wagetrail("calibrate", ledger, "--card", card, *options, home=home)
    committed = CARDS / f"{name}.json"
    if os.environ.get("WAGETRAIL_WRITE_CARDS"):
        committed.write_bytes(card.read_bytes())
    found, kept = (json.loads(path.read_text())["result"] for path in (card, committed))
    for part in kept:
        equal(found.get(part), kept[part], f"{part} of {name}")
    equal(found, kept, name)


def story(t):
    home = t.directory / "core"
    t.wagetrail("sync", "btc-regtest", "--from", f"files:{t.core_regtest()}", home=home)
    known = change_truth.write(t.directory / "core.csv", change_truth.of_core(t.core_facts()))
    check(t, "core-regtest-known", "btc-regtest", home, "--known", known)
    check(t, "core-regtest", "btc-regtest", home)
    for seed in SEEDS:
        folder, home = t.directory / f"sim-{seed}", t.directory / f"home-{seed}"
        t.execute("wagetrail-sim", "--seed", seed, "--blocks", BLOCKS, "--out", folder, timeout=400)
        t.wagetrail("sync", "ltc-regtest", "--from", f"files:{folder}/blocks", home=home, timeout=400)
        known = change_truth.write(t.directory / f"sim-{seed}.csv", change_truth.of_simulation(folder))
        check(t, f"sim-{seed}-known", "ltc-regtest", home, "--known", known)
        check(t, f"sim-{seed}", "ltc-regtest", home)
        if seed != SEEDS[0]:
            continue  # each entity costs a process
        owner_of = change_truth.owners_of_simulation(folder)
        sample = list(owner_of)[:: max(1, len(owner_of) // SAMPLE)]
        joined = change_truth.Joined(
            t, "ltc-regtest", owner_of, sample, "--card", CARDS / f"sim-{seed}-known.json", home=home)
        print(f"seed {seed}, {joined}")
        assert len(joined.false) <= FALSE_MAX, joined.false
        assert joined.pairs["L2"] > joined.pairs["L1"], joined


if __name__ == "__main__":
    framework.main(story)
