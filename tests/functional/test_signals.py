"""SIGINT and SIGTERM stop a sync cleanly, a second one ends the program at once, and no program waits
for signals when its work is done."""

import os
import signal
import time

import framework
from framework import DONE, FAILURE, contains, equal

LEDGER = "btc-regtest"
BLOCKS = 3000


def digest(t, home):
    return t.ask("doctor", "--digest", home=home)["result"]["families"]


def height(t, home):
    return t.ask("status", LEDGER, home=home)["result"]["ledgers"][0]["height"]


def stops_a_sync(t, sync):
    """In the midst of it: what is indexed stays, and the next sync goes on from there."""
    home = t.directory / "interrupted"
    before = -1
    for number in (signal.SIGINT, signal.SIGTERM):
        running = t.start("wagetrail", *sync, "--json", home=home)
        framework.wait_for(lambda: running.err, "the first report of progress")
        running.signal(number)
        result = running.wait()
        equal(result.code, FAILURE, f"exit code after {number!r}")
        contains(result.err.splitlines()[-1], "stopped", "what it says")
        equal(result.out, "", "answer of a sync that did not end")
        assert before < height(t, home) < BLOCKS, "nothing was kept, or it was through: take more blocks"
        before = height(t, home)
    equal(t.ask("doctor", "--deep", home=home)["result"]["healthy"], True, "deep examination")
    t.wagetrail(*sync, home=home)
    t.wagetrail(*sync, home=t.directory / "calm")
    equal(digest(t, home), digest(t, t.directory / "calm"), "digests")
    return home


def stops_a_follower(t, sync, home):
    for number in (signal.SIGINT, signal.SIGTERM):
        follower = t.start("wagetrail", *sync, "--follow", home=home)
        framework.wait_for(follower.holds_a_lock, "the follower to be the writer")
        follower.signal(signal.SIGUSR1)  # wakes the watcher, and means nothing
        time.sleep(0.2)
        assert follower.alive, "ended by SIGUSR1"
        follower.signal(number)
        equal(follower.wait().code, DONE, f"exit code after {number!r}")


def a_second_one_ends_it(t):
    """A file that never comes cannot be given up, so the first signal has no effect."""
    endless = t.directory / "endless.txt"
    os.mkfifo(endless)
    for number in (signal.SIGINT, signal.SIGTERM):
        running = t.start("wagetrail", "lists", "import", endless, "--name", "x")
        writer = os.open(endless, os.O_WRONLY)  # waits until it reads
        running.signal(number)
        time.sleep(0.3)
        assert running.alive, "gave up reading: this test needs something else to wait for"
        running.signal(number)
        equal(running.wait().code, -number, "how it ended")
        os.close(writer)


def quickest(t, *arguments, **options):
    times = []
    for _ in range(20):
        begun = time.monotonic()
        t.wagetrail(*arguments, **options)
        times.append(time.monotonic() - begun)
    return min(times)


def does_not_wait(t, sync):
    """--version ends before signals matter. The quickest of many, since the machine may be busy."""
    home = t.directory / "small"
    t.wagetrail(*sync, "--to-height", 5, home=home)
    version = quickest(t, "--version")
    command = quickest(t, "status", home=home)
    print(f"--version {version * 1000:.1f} ms, status {command * 1000:.1f} ms")
    assert command < version + 0.08, "it waits before it ends"


def story(t):
    a_second_one_ends_it(t)
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 7, "--blocks", BLOCKS, "--ledger", LEDGER, "--out", chain)
    sync = ("sync", LEDGER, "--from", f"files:{chain}/blocks")
    does_not_wait(t, sync)
    stops_a_follower(t, sync, stops_a_sync(t, sync))


framework.main(story)
