import unittest

from planted_tree import PlantedTreeTest

FAMILIES = """
// Each has a row in SCHEMA.md.
enum class Family : std::uint8_t {
    meta,
    blocks,  // by height
    tx_class,
};
"""


class Documents(PlantedTreeTest):
    checker = "docs"

    def test_an_empty_tree_passes(self):
        self.assert_clean()

    def test_a_family_needs_its_row(self):
        self.header("index/database.h", FAMILIES)
        self.write("index/SCHEMA.md", "| family | key |\n|---|---|\n| `meta` | x |\n| `tx_class` | y |\n")
        self.assert_finds("index/SCHEMA.md:1", "`blocks`")
        self.write("index/SCHEMA.md", "| `meta` / `blocks` | x |\n\n## `tx_class`\n")
        self.assert_clean()

    def test_a_row_needs_its_family(self):
        self.header("index/database.h", FAMILIES)
        rows = "".join(f"| `{name}` | x |\n" for name in ("meta", "blocks", "tx_class", "undo"))
        self.write("index/SCHEMA.md", f"## Column families\n{rows}\n## Layouts\n| `height` | 4 bytes |\n")
        self.assert_finds("index/SCHEMA.md:5", "`undo`")

    def test_a_rule_needs_its_entry(self):
        self.write("heuristics/salary.cpp", 'const Rule kRule{.id = "salary", .version = 1};\n')
        self.write("heuristics/HEURISTICS.md", "# Heuristics\n## `deposit`\n")
        self.assert_finds("heuristics/salary.cpp:1", "`salary`")
        self.write("heuristics/HEURISTICS.md", "# Heuristics\n## `salary`: regular payments\n")
        self.assert_clean()

    def test_a_command_must_be_described(self):
        self.write("cli/main.cpp", '    app.add_subcommand("status", "Where the index stands");\n')
        self.assert_finds("cli/main.cpp:1", "`status`")
        self.write("README.md", "Run `wagetrail status`.\n")
        self.assert_clean()

    def test_examples_name_real_programs(self):
        self.write("scripts/demo", "#!/bin/sh\n")
        self.write("cli/CMakeLists.txt", "add_executable(wagetrail main.cpp)\n")
        good = "```sh\nscripts/demo  # shows it\nbuild/release/bin/wagetrail status | less\nX=1 ./scripts/demo\n```\n"
        self.write("README.md", good)
        self.assert_clean()
        self.write("README.md", "```sh\nscripts/demp\n```\n")
        self.assert_finds("README.md:2", "no such file")
        self.write("README.md", "```console\n$ build/release/bin/wagetrial status\noutput of scripts/none\n```\n")
        self.assert_finds("README.md:2", "no CMake target")

    def test_other_fences_and_arguments_are_left_alone(self):
        self.write("README.md", "```text\nscripts/none\n```\n```sh\ngit clone a/b\nls \\\n  a/b\n```\n")
        self.assert_clean()

    def test_links_lead_somewhere(self):
        self.write("docs/a.md", "# One thing\n")
        self.write("README.md", "[a](docs/a.md) [b](docs/a.md#one-thing) [c](https://example.org) `[x](y)`\n")
        self.assert_clean()
        self.write("README.md", "[a](docs/b.md)\n")
        self.assert_finds("README.md:1", "no such file")
        self.write("README.md", "[a](docs/a.md#two)\n")
        self.assert_finds("README.md:1", "no such heading")


if __name__ == "__main__":
    unittest.main()
