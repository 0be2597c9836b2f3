"""A small tree in a temporary directory, with a defect planted in it, for the checks to find."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKS = Path(__file__).resolve().parents[2] / "scripts" / "checks"


class PlantedFolder(unittest.TestCase):
    """A test case with an empty directory."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wagetrail-planted-")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def program(self, name, text):
        path = self.write(name, text)
        path.chmod(0o755)
        return path


class PlantedTreeTest(PlantedFolder):
    """A test case with an empty tree; `checker` names the check that looks at it."""

    checker = ""

    def header(self, name, text=""):
        self.write(name, "#pragma once\n" + text)

    def findings(self, *arguments):
        """The lines the check prints; its exit code must agree with them."""
        done = subprocess.run(
            [sys.executable, "-B", str(CHECKS / f"check_{self.checker}.py"), "--root", str(self.root), *arguments],
            capture_output=True, text=True, timeout=60)  # fmt: skip
        self.assertEqual(done.stderr, "")
        lines = done.stdout.splitlines()
        self.assertEqual(done.returncode, 1 if lines else 0, done.stdout)
        return lines

    def assert_clean(self):
        self.assertEqual(self.findings(), [])

    def assert_finds(self, where, what):
        """Exactly one finding, at that place and with these words in it."""
        lines = self.findings()
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(where + ":"), lines[0])
        self.assertIn(what, lines[0])
