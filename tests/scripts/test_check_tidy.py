"""The choice of sources and the sorting of findings; clang-tidy itself is not run."""

import subprocess
import sys
import unittest
from pathlib import Path

from planted_tree import CHECKS, PlantedFolder, PlantedTreeTest

sys.path.insert(0, str(CHECKS))
import check_tidy  # noqa: E402

SAID = """chain/a.cpp:1:1: warning: included header atomic is not used directly [misc-include-cleaner]
    1 | #include <atomic>
chain/a.cpp:5:6: warning: no header providing "std::string" is directly included [misc-include-cleaner]
    5 | std::string text;
chain/a.cpp:9:3: error: use of a thing [bugprone-x,-warnings-as-errors]
    9 | thing();
chain/b.h:2:1: note: declared here
chain/a.cpp:20:6: warning: function 'walk' exceeds recommended size [readability-function-size]
"""


class Findings(unittest.TestCase):
    def test_unused_includes_are_errors_and_missing_ones_are_dropped(self):
        errors, advice = check_tidy.sort_out(SAID)
        self.assertEqual([text.split(": ")[1] for text in errors], ["error", "error"])
        self.assertIn("atomic is not used", errors[0])
        self.assertIn("note: declared here", errors[1])
        self.assertEqual(len(advice), 1)
        self.assertIn("function-size", advice[0])

    def test_silence_is_clean(self):
        self.assertEqual(check_tidy.sort_out(""), ([], []))


class Sources(PlantedTreeTest):
    def setUp(self):
        super().setUp()
        self.header("chain/id.h")
        self.header("chain/block.h", '#include "chain/id.h"\n')
        self.write("chain/block.cpp", '#include "chain/block.h"\n' + "int a;\n" * 9)
        self.write("index/view.cpp", '#include "chain/block.h"\nint b;\n')
        self.commands = {Path("chain/block.cpp"): "g++ a", Path("index/view.cpp"): "g++ b"}

    def sources(self, *changed):
        includes = check_tidy.Includes(self.root)
        paths = {Path(name) for name in changed}
        return [str(p) for p in check_tidy.sources_for(paths, includes, self.commands, self.root)]

    def test_a_changed_source_is_checked_itself(self):
        self.assertEqual(self.sources("index/view.cpp", "README.md"), ["index/view.cpp"])

    def test_a_header_is_checked_through_the_source_of_its_name(self):
        self.assertEqual(self.sources("chain/block.h"), ["chain/block.cpp"])

    def test_another_header_through_the_shortest_source_behind_which_it_stands(self):
        self.assertEqual(self.sources("chain/id.h"), ["index/view.cpp"])

    def test_a_source_outside_the_build_is_left_out(self):
        self.assertEqual(self.sources("tests/compile_fail/x.cpp"), [])

    def fingerprint(self):
        includes = check_tidy.Includes(self.root)
        return check_tidy.fingerprint(self.root, Path("index/view.cpp"), includes, "g++ b", "19")

    def test_a_result_is_forgotten_when_a_header_behind_the_source_changes(self):
        before = self.fingerprint()
        self.assertEqual(self.fingerprint(), before)
        self.write("chain/block.cpp", "int other;\n")
        self.assertEqual(self.fingerprint(), before)
        self.header("chain/id.h", "int more;\n")
        self.assertNotEqual(self.fingerprint(), before)

    def test_a_result_is_forgotten_when_the_checks_change(self):
        before = self.fingerprint()
        self.write(".clang-tidy", "Checks: '*'\n")
        self.assertNotEqual(self.fingerprint(), before)


class Base(PlantedFolder):
    def setUp(self):
        super().setUp()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments):
        identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "core.hooksPath=/dev/null"]
        return subprocess.run(
            ["git", *identity, *arguments], cwd=self.root, capture_output=True, text=True, check=True).stdout.strip()

    def commit(self, name, text="int a;\n"):
        self.write(name, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", name)
        return self.git("rev-parse", "HEAD")

    def test_a_first_commit_has_nothing_to_compare_with(self):
        self.commit("a.cpp")
        self.assertIsNone(check_tidy.base_of(self.root))

    def test_on_main_it_is_the_commit_before(self):
        first = self.commit("a.cpp")
        self.commit("b.cpp")
        self.assertEqual(check_tidy.base_of(self.root), first)

    def test_on_a_branch_it_is_where_the_branch_left_main(self):
        self.commit("a.cpp")
        fork = self.commit("b.cpp")
        self.git("switch", "--quiet", "--create", "topic")
        self.commit("c.cpp")
        self.commit("d.h")
        self.assertEqual(check_tidy.base_of(self.root), fork)
        self.write("e.cpp", "int e;\n")
        self.write("a.cpp", "int changed;\n")
        self.assertEqual(check_tidy.changed(self.root, fork), {Path(n) for n in ("a.cpp", "c.cpp", "d.h", "e.cpp")})


if __name__ == "__main__":
    unittest.main()
