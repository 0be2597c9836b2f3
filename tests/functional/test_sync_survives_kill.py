"""A sync that is killed thirty times at random moments ends with the rows of an undisturbed one."""

import random
import time

import framework
from framework import equal

TIMEOUT = 600
LEDGER = "btc-regtest"
KILLS = 30


def digest(t, home):
    return t.ask("doctor", "--digest", home=home)["result"]["families"]


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 7, "--blocks", 6000, "--ledger", LEDGER, "--out", chain)
    command = ("sync", LEDGER, "--from", f"files:{chain}/blocks", "--memory", "64MiB")
    begun = time.monotonic()
    t.wagetrail(*command, home=t.directory / "calm")
    whole = time.monotonic() - begun

    seed = random.SystemRandom().randrange(2**32)
    moments = random.Random(seed)
    print(f"seed of the kills: {seed}")
    killed = 0
    victim = t.directory / "victim"
    while killed < KILLS:
        sync = t.start("wagetrail", *command, home=victim)
        time.sleep(moments.uniform(0.02, max(0.1, 3 * whole / KILLS)))
        if sync.alive:
            sync.kill()
            killed += 1
            continue
        # It was through: a new victim, until there were enough kills.
        equal(sync.wait().code, 0, "exit code of an undisturbed resume")
        equal(digest(t, victim), digest(t, t.directory / "calm"), "digest after kills")
        victim = t.directory / f"victim-{killed}"
    t.wagetrail(*command, home=victim)
    equal(digest(t, victim), digest(t, t.directory / "calm"), f"digest after {KILLS} kills")
    equal(t.ask("doctor", "--deep", home=victim)["result"]["healthy"], True, "deep examination")


framework.main(story)
