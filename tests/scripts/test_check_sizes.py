import subprocess
import sys
import unittest

from planted_tree import CHECKS, PlantedTreeTest


class Sizes(PlantedTreeTest):
    def advice(self):
        command = [sys.executable, "-B", str(CHECKS / "check_sizes.py"), "--root", str(self.root)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, "advice is never a failure")
        return done.stdout.splitlines()

    def test_long_files_are_named(self):
        self.write("chain/a.cpp", "int a;\n" * 501)
        self.write("chain/a.h", "int a;\n" * 201)
        self.write("chain/b.cpp", "int a;\n" * 500)
        self.write("chain/b.h", "int a;\n" * 200)
        self.assertEqual([line.split(":")[0] for line in self.advice()], ["chain/a.cpp", "chain/a.h"])


if __name__ == "__main__":
    unittest.main()
