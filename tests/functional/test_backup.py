"""A backup made while a sync runs is a data directory of its own, with the same rows."""

import framework
from framework import USAGE, equal, wait_for

LEDGER = "ltc-regtest"


def digest(t, home):
    return t.ask("doctor", "--digest", home=home)["result"]["families"]


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 2, "--blocks", 250, "--ledger", LEDGER, "--out", chain)
    sync = ("sync", LEDGER, "--from", f"files:{chain}/blocks")
    t.wagetrail(*sync)
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn")
    follower = t.start("wagetrail", *sync, "--follow")
    wait_for(follower.holds_a_lock, "the follower")
    copy = t.directory / "copy"
    t.wagetrail("backup", copy)
    follower.signal()
    follower.wait()
    equal(digest(t, copy), digest(t, t.home), "digest of the copy")
    equal(t.wagetrail("lists", "ls", home=copy).out, t.wagetrail("lists", "ls").out, "lists of the copy")
    t.fails(USAGE, "exists", "backup", copy)
    t.wagetrail(*sync, home=copy)


framework.main(story)
