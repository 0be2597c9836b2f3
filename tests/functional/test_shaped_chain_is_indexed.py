"""A chain of the main chain's shape is indexed as the simulator counted it, its busy address too."""

import json

import framework
from framework import DONE, USAGE, contains, equal

LEDGER = "ltc-regtest"
BUSY = 3000


def shape(t, name, *arguments, expect=DONE):
    out = t.directory / name
    result = t.execute("wagetrail-sim", "--out", out, "--ledger", LEDGER, *arguments, expect=expect)
    return out, result


def index_agrees(t):
    size = ("--unsigned", "--shape", "mainnet", "--blocks", 141, "--block-payments", 300, "--busy-address", BUSY)
    out, _ = shape(t, "shape", *size)
    said = json.loads((out / "summary.json").read_text())
    t.wagetrail("sync", LEDGER, "--from", f"files:{out}/blocks")
    found = t.ask("status")["result"]["ledgers"][0]
    for ours, theirs in (("transactions",) * 2, ("outputs",) * 2, ("scripts", "addresses")):
        equal(found[theirs], said[ours], ours)
    equal((found["height"], found["block_hash"]), (141, said["tip"]["hash"]), "tip")

    busy = t.ask("show", said["busy"]["address"])["result"]
    equal(busy["tx_count"], BUSY, "transactions of the busy address")
    equal(said["busy"]["transactions"], BUSY)
    for total in ("received", "sent"):
        equal(int(busy[total]["units"]), said["busy"][total], total)
    t.wagetrail("doctor", LEDGER)

    again, _ = shape(t, "again", *size)
    for path in sorted(file for file in out.rglob("*") if file.is_file()):
        assert path.read_bytes() == (again / path.relative_to(out)).read_bytes(), f"{path} differs"


def wrong_arguments_are_refused(t):
    def refused(pattern, *arguments):
        out, result = shape(t, "refused", *arguments, expect=USAGE)
        contains(result.err, pattern)
        equal(out.exists(), False)

    refused("--unsigned", "--shape", "mainnet", "--blocks", 110)
    refused("there is: mainnet", "--shape", "flat", "--unsigned", "--blocks", 110)
    refused("either", "--shape", "mainnet", "--unsigned")
    refused("either", "--shape", "mainnet", "--unsigned", "--blocks", 110, "--bytes", "2MB")
    refused("--shape", "--bytes", "2MB")
    refused("at most half", "--shape", "mainnet", "--unsigned", "--blocks", 110, "--busy-address", 1_000_000)


def story(t):
    index_agrees(t)
    wrong_arguments_are_refused(t)


if __name__ == "__main__":
    framework.main(story)
