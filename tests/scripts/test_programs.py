"""The scripts around the checks: what they say and how they end when something is amiss."""

import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

from planted_tree import PlantedFolder

ROOT = Path(__file__).resolve().parents[2]


def run(*command, **options):
    return subprocess.run(
        [str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, **options)


class Arguments(PlantedFolder):
    """In a copy without anything else: whatever they went on to do would fail there."""

    def test_help_does_nothing_else(self):
        for script in ("demo", "test"):
            for arguments, code in (("--help",), 0), (("--nonsense",), 2), (("",), 2), (("--help", "x"), 2):
                with self.subTest(script=script, arguments=arguments):
                    copy = self.program(f"scripts/{script}", (ROOT / "scripts" / script).read_text())
                    kept = self.write("build/demo/home/kept", "")
                    done = run(copy, *arguments)
                    self.assertEqual(done.returncode, code, done.stderr)
                    self.assertIn(f"Usage: scripts/{script}", done.stderr if code else done.stdout)
                    self.assertTrue(kept.exists())
                    self.assertFalse((self.root / "build/test-logs").exists())


class InstallDeps(PlantedFolder):
    """With a dpkg-query of our own in front, so that nothing is installed."""

    def with_packages(self, answer, *arguments):
        self.program("dpkg-query", f"#!/bin/sh\n{answer}\n")
        self.program("apt-get", "#!/bin/sh\necho unexpected >&2\nexit 9\n")
        path = f"{self.root}:{os.environ['PATH']}"
        return run(ROOT / "scripts/install_deps", *arguments, env={**os.environ, "PATH": path})

    ALL = 'shift 2; for name; do echo "ii $name"; done'

    def test_nothing_missing_means_nothing_done(self):
        done = self.with_packages(self.ALL)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("are installed", done.stdout)

    def test_check_names_what_is_missing(self):
        done = self.with_packages(self.ALL + " | grep -v ninja-build", "--check")
        self.assertEqual(done.returncode, 1)
        self.assertIn("missing: ninja-build\n", done.stdout)

    def test_a_removed_package_counts_as_missing(self):
        done = self.with_packages(self.ALL + " | sed 's/ii mold/rc mold/'", "--run", "--check")
        self.assertIn("missing: mold\n", done.stdout)

    def test_what_only_developers_need_is_not_asked_for_running(self):
        done = self.with_packages(self.ALL + " | grep -v clang", "--run", "--check")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_when_apt_fails_its_words_are_shown(self):
        done = self.with_packages(self.ALL + " | grep -v mold")
        self.assertEqual(done.returncode, 1)
        self.assertIn("unexpected", done.stderr)
        self.assertIn("apt-get update failed", done.stderr)

    def test_an_unknown_argument_is_a_usage_error(self):
        self.assertEqual(self.with_packages(self.ALL, "--all").returncode, 2)


class Build(unittest.TestCase):
    def test_without_a_preset_it_says_how(self):
        done = run(ROOT / "scripts/build")
        self.assertEqual(done.returncode, 2)
        self.assertIn("Usage", done.stderr)

    def test_an_unknown_preset_is_an_error(self):
        done = run(ROOT / "scripts/build", "fast")
        self.addCleanup((ROOT / "build/fast.configure.log").unlink, missing_ok=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("could not configure the preset 'fast'", done.stderr)


class FunctionalRunner(PlantedFolder):
    def runner(self, *arguments, **tests):
        home = self.root / "tests" / "functional"
        home.mkdir(parents=True)
        shutil.copy(ROOT / "tests/functional/run", home / "run")
        for name, text in tests.items():
            (home / f"test_{name}.py").write_text(text)
        return run(sys.executable, home / "run", *arguments)

    def test_it_counts_and_gives_reasons(self):
        done = self.runner(
            good="print('fine')",
            bad="raise SystemExit('it broke')",
            absent="print('skipped: no node here'); raise SystemExit(77)",
        )
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 1 failed, 1 skipped")
        self.assertIn("it broke", done.stdout)
        self.assertIn("skipped: no node here", done.stdout)
        self.assertNotIn("fine", done.stdout)

    def test_one_can_be_chosen_with_or_without_its_prefix(self):
        done = self.runner("good", good="", bad="raise SystemExit(1)")
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 0 failed, 0 skipped")

    def test_an_unknown_name_lists_the_known(self):
        done = self.runner("god", good="")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("test_good", done.stderr)

    def test_one_that_hangs_is_ended_with_all_it_started(self):
        text = """TIMEOUT = 1
import subprocess
child = subprocess.Popen(["sleep", "1000"])
print(child.pid, flush=True)
child.wait()
"""
        done = self.runner(hangs=text)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no end after 1 s", done.stdout)
        words = next(line for line in done.stdout.splitlines() if line.strip().isdigit())
        self.assertFalse(self.is_running(int(words)), "the child lives on")

    @staticmethod
    def is_running(pid):
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except FileNotFoundError:
            return False


class CountCtest(PlantedFolder):
    def count(self, *cases):
        file = self.root / "results.xml"
        file.write_text(f"<testsuite>{''.join(cases)}</testsuite>")
        return run(sys.executable, "-B", ROOT / "scripts/checks/count_ctest.py", file)

    GOOD = '<testcase name="good" status="run"/>'

    def test_passes(self):
        done = self.count(self.GOOD)
        self.assertEqual((done.returncode, done.stdout), (0, "1 passed, 0 failed, 0 skipped\n"))

    def test_failures_are_shown(self):
        case = '<testcase name="bad" status="fail"><failure/><system-out>1 == 2</system-out></testcase>'
        done = self.count(self.GOOD, case)
        self.assertEqual(done.returncode, 1)
        self.assertIn("failed: bad\n    1 == 2", done.stdout)

    def test_a_skip_gives_its_reason_and_hides_no_failure(self):
        case = (
            '<testcase name="data" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>'
            "<system-out>skipped: no shared data{}</system-out></testcase>"
        )
        self.assertIn("skipped: data  skipped: no shared data", self.count(case.format("")).stdout)
        self.assertEqual(self.count(self.GOOD, case.format("")).returncode, 0)
        self.assertEqual(self.count(self.GOOD, case.format("\nx.cpp:1: FAILED:")).returncode, 1)

    def test_a_program_that_is_missing_is_a_failure(self):
        case = '<testcase name="gone" status="notrun"><skipped message="Unable to find executable"/></testcase>'
        self.assertEqual(self.count(self.GOOD, case).returncode, 1)

    def test_no_test_at_all_is_a_failure(self):
        self.assertEqual(self.count().returncode, 1)


if __name__ == "__main__":
    unittest.main()
