"""Whenever a disk fills, writers end with one error line, and go on by themselves once there is space."""

import random
import time

import framework
from ballast import Ballast
from framework import DONE, FAILURE, equal

TIMEOUT = 600
LEDGER = "btc-regtest"
MEGABYTES = 48
RACES = 8
WRITTEN = 8 << 20  # less than a sync of the chain has allocated when it comes to its end


class Story:
    def __init__(self, t):
        self.t = t
        chain = t.directory / "chain"
        t.execute("wagetrail-sim", "--seed", 3, "--blocks", 1200, "--ledger", LEDGER, "--out", chain)
        self.sync = ("sync", LEDGER, "--from", f"files:{chain}/blocks", "--memory", "64MiB")
        self.lists = ("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn")
        self.calm = t.directory / "calm"
        t.wagetrail(*self.sync, home=self.calm)
        t.wagetrail(*self.lists, home=self.calm)
        self.truth = self.digest(self.calm)
        self.disk = t.small_disk(MEGABYTES)
        self.ballast = Ballast(self.disk)
        self.homes = 0

    def digest(self, home):
        return self.t.ask("doctor", "--digest", home=home)["result"]["families"]

    def new_home(self):
        if self.homes:
            framework.shutil.rmtree(self.home)
        self.homes += 1
        self.home = self.disk / f"home-{self.homes}"
        self.home.mkdir()

    def refused(self, *command, home=None, env=None):
        result = self.t.fails(FAILURE, "no space left.*free some", *command, home=home or self.home, env=env)
        equal(len(result.err.strip().splitlines()), 1, "lines of the error")

    def recovers(self):
        self.ballast.remove()
        self.t.wagetrail(*self.sync, home=self.home)
        equal(self.digest(self.home), self.truth, "digest once there was space again")

    def full_before_the_first_start(self, leave):
        self.new_home()
        self.ballast.fill(leave)
        self.refused(*self.sync)
        self.refused(*self.lists)
        self.refused("backup", self.disk / "copy", home=self.calm)
        self.recovers()

    def full_between_two_syncs(self, leave):
        self.new_home()
        self.t.wagetrail(*self.sync, "--to-height", 600, home=self.home)
        self.t.wagetrail(*self.lists, home=self.home)
        self.ballast.fill(leave)
        self.refused(*self.sync)
        # What is there can be read from a full disk, with the scratch folder on it, too.
        status = self.t.ask("status", home=self.home, env={"TMPDIR": str(self.disk)})
        equal(status["result"]["ledgers"][0]["height"], 600, "height on the full disk")
        self.recovers()

    def used(self):
        return framework.shutil.disk_usage(self.disk).used

    def full_during(self, home, command, written):
        """Fills the disk when the command has written so many bytes. False: it was through before."""
        before = self.used()
        writer = self.t.start("wagetrail", *command, home=home)
        while writer.alive and self.used() < before + written:
            time.sleep(0.002)
        self.ballast.keep_full()
        result = writer.wait()
        if result.code == DONE:
            return False
        equal(result.code, FAILURE, f"exit code of {result}")
        equal(len(result.err.strip().splitlines()), 1, f"lines of the error of {result}")
        framework.contains(result.err, "no space left")
        return True


def story(t):
    tale = Story(t)
    for leave in (0, 1 << 16, 7 << 20):
        tale.full_before_the_first_start(leave)
        tale.full_between_two_syncs(leave)

    seed = random.SystemRandom().randrange(2**32)
    print(f"seed of the moments: {seed}")
    moments = random.Random(seed)
    met = 0
    for _ in range(RACES):
        tale.new_home()
        met += tale.full_during(tale.home, tale.sync, moments.randrange(WRITTEN))
        tale.recovers()
    assert met >= RACES // 2, f"only {met} of {RACES} syncs met a full disk"

    # A copy that met a full disk leaves nothing behind, so the same command can be run again.
    copy = tale.disk / "copy"
    for written in (0, 1 << 16, 1 << 18, 1 << 20):
        if not tale.full_during(tale.calm, ("backup", copy), written):
            framework.shutil.rmtree(copy)
        tale.ballast.remove()
        assert not copy.exists(), "half a copy was left behind"
    t.wagetrail("backup", copy, home=tale.calm)
    equal(tale.digest(copy), tale.truth, "digest of the copy")


framework.main(story)
