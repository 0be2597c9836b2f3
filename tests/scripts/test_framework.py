"""What the functional tests stand on, with planted programs in place of ours."""

import errno
import os
import subprocess
import sys
import unittest
from pathlib import Path
from unittest import mock

from planted_tree import PlantedFolder

FUNCTIONAL = Path(__file__).resolve().parents[1] / "functional"
sys.path.insert(0, str(FUNCTIONAL))
import framework  # noqa: E402
import litecoin_node  # noqa: E402
import purse  # noqa: E402


class WithContext(PlantedFolder):
    def setUp(self):
        super().setUp()
        patch = mock.patch.object(framework, "BIN", self.root / "bin")
        patch.start()
        self.addCleanup(patch.stop)
        self.t = framework.Context(self.root)
        self.addCleanup(self.t.close)

    def wagetrail(self, text):
        """Plants a shell script in place of our program."""
        self.program("bin/wagetrail", f"#!/bin/sh\n{text}\n")


class Programs(WithContext):
    def test_a_program_that_is_not_built_skips(self):
        with self.assertRaisesRegex(framework.Skip, "scripts/build release wagetrail"):
            self.t.wagetrail("status")

    def test_another_exit_code_than_expected_shows_everything(self):
        self.wagetrail("echo out; echo err >&2; exit 3")
        with self.assertRaisesRegex(AssertionError, "(?s)expected exit code 0.*exit code 3.*out.*err"):
            self.t.wagetrail("status")
        self.assertEqual(self.t.wagetrail("status", expect=3).out, "out\n")
        self.assertEqual(self.t.fails(3, "^err$", "status").code, 3)
        with self.assertRaisesRegex(AssertionError, "does not match"):
            self.t.fails(3, "other", "status")

    def test_programs_see_the_home_of_the_test_and_nothing_else_of_ours(self):
        self.wagetrail('echo "$WAGETRAIL_HOME|$WAGETRAIL_KEEP|$EXTRA"')
        with mock.patch.dict(os.environ, {"WAGETRAIL_KEEP": "1"}):
            self.assertEqual(self.t.wagetrail(env={"EXTRA": "x"}).out, f"{self.root}/home||x\n")

    def test_answers_are_one_line_of_json_with_exact_numbers(self):
        self.wagetrail("""echo "{\\"arguments\\": \\"$*\\", \\"share\\": 0.1}" """)
        answer = self.t.ask("show", "abc")
        self.assertEqual(answer["arguments"], "show abc --json")
        self.assertEqual(str(answer["share"]), "0.1")
        self.wagetrail("echo '{}'; echo '{}'")
        with self.assertRaisesRegex(AssertionError, "lines on stdout"):
            self.t.ask("show")

    def test_a_program_that_does_not_end_fails(self):
        self.wagetrail("exec sleep 100")
        with self.assertRaisesRegex(AssertionError, "no end after 0.2 s"):
            self.t.wagetrail(timeout=0.2)

    def test_a_running_program_can_be_killed_and_tells_what_it_said(self):
        self.wagetrail("echo begun; exec sleep 100")
        running = self.t.start("wagetrail", "sync")
        framework.wait_for(lambda: running.out, "its first line")
        result = running.kill()
        self.assertEqual((result.code, result.out), (-9, "begun\n"))
        self.assertFalse(running.alive)

    def test_waiting_in_vain_says_for_what(self):
        with self.assertRaisesRegex(AssertionError, "in vain for: rain"):
            framework.wait_for(lambda: False, "rain", seconds=0)


class Surroundings(WithContext):
    def test_without_shared_data_a_test_skips(self):
        with mock.patch.object(framework, "SHARED", self.root / "absent"):
            with self.assertRaisesRegex(framework.Skip, "WAGETRAIL_SHARED"):
                self.t.core_regtest()

    def test_shared_blocks_become_a_blocks_directory(self):
        try:
            unpacked, run = self.t.core_regtest("xor"), self.t.block_run("btc-mainnet-genesis-run")
        except framework.Skip as reason:
            self.skipTest(str(reason))
        self.assertEqual(len(list(unpacked.glob("blk*.dat"))), 35)
        self.assertEqual(len((unpacked / "xor.dat").read_bytes()), 8)
        self.assertEqual((run / "blk00000.dat").read_bytes()[:4].hex(), "f9beb4d9")

    def test_disks_are_full_or_read_only(self):
        try:
            small, closed = self.t.small_disk(1), self.t.read_only_disk()
        except framework.Skip as reason:
            self.skipTest(str(reason))
        with self.assertRaises(OSError) as full:
            (small / "file").write_bytes(bytes(2_000_000))
        self.assertEqual(full.exception.errno, errno.ENOSPC)
        with self.assertRaises(OSError) as refused:
            (closed / "file").write_text("x")
        self.assertEqual(refused.exception.errno, errno.EROFS)

    def test_main_ends_with_the_codes_of_the_runner(self):
        stories = {
            "pass": (0, ""),
            "raise framework.Skip('no moon')": (77, "skipped: no moon\n"),
            "assert 1 == 2": (1, ""),
            "framework.equal([1], [2], 'rows')": (1, ""),
        }
        for story, (code, out) in stories.items():
            with self.subTest(story):
                text = f"import framework\ndef story(t):\n    {story}\nframework.main(story)"
                done = subprocess.run(
                    [sys.executable, "-B", "-c", text], cwd=FUNCTIONAL, capture_output=True, text=True, timeout=60)
                self.assertEqual((done.returncode, done.stdout), (code, out), done.stderr)


class Money(unittest.TestCase):
    def test_coins_and_units_are_exact(self):
        for units, text in ((0, "0.00000000"), (1, "0.00000001"), (8_400_000_012_345_678, "84000000.12345678")):
            self.assertEqual(litecoin_node.coins(units), text)
            self.assertEqual(litecoin_node.units(text), units)

    def test_keys_depend_on_the_seed_alone(self):
        # The wallet import format of the private key 1 on test networks is known to everybody.
        one = purse.base58check(b"\xef" + (1).to_bytes(32, "big") + b"\x01")
        self.assertEqual(one, "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA")
        self.assertEqual(purse.private_key("a"), purse.private_key("a"))
        self.assertNotEqual(purse.private_key("a"), purse.private_key("b"))


if __name__ == "__main__":
    unittest.main()
