"""A full or read-only disk gives one clear error and a usable index afterwards."""

import shutil

import framework
from framework import FAILURE, contains, equal

LEDGER = "btc-regtest"


def digest(t, home):
    return t.ask("doctor", "--digest", home=home)["result"]["families"]


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 3, "--blocks", 2500, "--ledger", LEDGER, "--out", chain)
    command = ("sync", LEDGER, "--from", f"files:{chain}/blocks", "--memory", "64MiB")
    t.wagetrail(*command, home=t.directory / "calm")

    small = t.small_disk(40)
    ballast = small / "ballast"
    ballast.write_bytes(b"x" * (37 << 20))
    result = t.fails(FAILURE, "no space left", *command, home=small)
    equal(len(result.err.strip().splitlines()), 1, "lines of the error")
    ballast.unlink()
    # What was stored before can be read, and the sync goes on from there.
    t.wagetrail("status", home=small, expect=None)
    result = t.wagetrail(*command, home=small)
    equal(digest(t, small), digest(t, t.directory / "calm"), "digest after a full disk")

    result = t.fails(FAILURE, "read-only|Read-only|not writable|cannot create", *command, home=t.read_only_disk())
    equal(len(result.err.strip().splitlines()), 1, "lines of the error")

    # An answer that cannot be written is no answer.
    if shutil.os.path.exists("/dev/full"):
        with open("/dev/full", "w") as full:
            done = framework.subprocess.run(
                [str(t.program("wagetrail")), "status"], env=t.environment(t.directory / "calm"),
                stdout=full, stderr=framework.subprocess.PIPE, text=True)  # fmt: skip
        equal(done.returncode, FAILURE, "exit code with a full standard output")
        contains(done.stderr, "cannot write the answer")


framework.main(story)
