import unittest

from planted_tree import PlantedTreeTest

TABLE = """# Architecture
## Third-party headers
| header | may be included in | why |
|---|---|---|
| `rocksdb/` | `index/database.cpp` | store |
| `nlohmann/` | `cli/`, `chain/source/` | JSON |
## Another section
| `boost/` | `chain/` | not a row of the table |
"""


class Layers(PlantedTreeTest):
    checker = "layers"

    def test_includes_to_the_left_pass(self):
        self.header("chain/height.h", "#include <vector>\n")
        self.header("chain/source/block_source.h", '#include "chain/height.h"\n')
        self.header("index/view.h", '#include "chain/source/block_source.h"\n')
        self.header("heuristics/finding.h", '#include "index/view.h"\n')
        self.header("heuristics/trace/policy/fifo.h", '#include "chain/height.h"\n')
        self.header("heuristics/trace/walk.h", '#include "heuristics/trace/policy/fifo.h"\n')
        self.header("heuristics/report/report.h", '#include "heuristics/trace/walk.h"\n')
        self.write("cli/main.cpp", '#include "heuristics/report/report.h"\n')
        self.write("tests/unit/walk_test.cpp", '#include "heuristics/trace/walk.h"\n')
        self.assert_clean()

    def test_an_include_to_the_right_is_found(self):
        self.header("index/view.h")
        self.header("chain/height.h", '\n#include "index/view.h"\n')
        self.assert_finds("chain/height.h:3", 'chain/ must not include "index/view.h"')

    def test_the_chain_does_not_know_its_sources(self):
        self.header("chain/source/block_source.h")
        self.header("chain/height.h", '#include "chain/source/block_source.h"\n')
        self.assert_finds("chain/height.h:2", "must not include")

    def test_policies_know_only_the_chain(self):
        self.header("index/view.h")
        self.write("heuristics/trace/policy/fifo.cpp", '#include "index/view.h"\n')
        self.assert_finds("heuristics/trace/policy/fifo.cpp:1", "it may include chain, heuristics/trace/policy")

    def test_the_verifier_knows_only_chain_and_policies(self):
        self.header("heuristics/finding.h")
        self.write("cli/verify/main.cpp", '#include "heuristics/finding.h"\n')
        self.assert_finds("cli/verify/main.cpp:1", "must not include")

    def test_the_server_does_not_know_the_command_line(self):
        self.header("cli/print.h")
        self.write("server/serve.cpp", '#include "cli/print.h"\n')
        self.assert_finds("server/serve.cpp:1", "must not include")

    def test_nothing_includes_a_test(self):
        self.header("tests/chain_builder.h")
        self.write("index/store.cpp", '#include "tests/chain_builder.h"\n')
        self.assert_finds("index/store.cpp:1", "must not include")

    def test_own_headers_are_named_from_the_root(self):
        self.header("chain/height.h")
        self.write("chain/height.cpp", '#include "height.h"\n')
        self.assert_finds("chain/height.cpp:1", "name own headers from the root")

    def test_own_headers_stand_in_quotes(self):
        self.header("chain/height.h")
        self.write("chain/height.cpp", "#include <chain/height.h>\n")
        self.assert_finds("chain/height.cpp:1", 'write "chain/height.h"')

    def test_a_circle_is_found_once(self):
        self.header("chain/a.h", '#include "chain/b.h"\n')
        self.header("chain/b.h", '#include "chain/c.h"\n')
        self.header("chain/c.h", '#include "chain/a.h"\n')
        self.assert_finds("chain/a.h:1", "chain/a.h -> chain/b.h -> chain/c.h -> chain/a.h")

    def test_a_folder_outside_the_layers_is_found(self):
        self.header("chain/height.h")
        self.write("attic/old.cpp", '#include "chain/height.h"\n')
        self.assert_finds("attic/old.cpp:1", "is in no layer")

    def test_third_party_headers_pass_where_the_table_says(self):
        self.write("ARCHITECTURE.md", TABLE)
        self.write("index/database.cpp", "#include <rocksdb/db.h>\n")
        self.write("cli/show.cpp", "#include <nlohmann/json.hpp>\n")
        self.write("chain/source/rpc.cpp", "#include <nlohmann/json.hpp>\n")
        self.assert_clean()

    def test_third_party_headers_are_found_elsewhere(self):
        self.write("ARCHITECTURE.md", TABLE)
        self.write("index/database.cpp", "#include <rocksdb/db.h>\n")
        self.write("index/view.cpp", "#include <rocksdb/db.h>\n")
        self.assert_finds("index/view.cpp:1", "only in index/database.cpp")

    def test_a_header_without_a_row_is_found(self):
        self.write("ARCHITECTURE.md", TABLE)
        self.write("chain/parse.cpp", "#include <boost/json.hpp>\n")
        self.assert_finds("chain/parse.cpp:1", "has no row")

    def test_sockets_of_the_system_need_a_row_too(self):
        self.write("chain/parse.cpp", "#include <unistd.h>\n#include <sys/socket.h>\n")
        self.assert_finds("chain/parse.cpp:2", "has no row")

    def test_a_permission_that_nothing_uses_is_found(self):
        self.write("ARCHITECTURE.md", TABLE)
        self.write("index/database.cpp", "#include <string>\n")
        self.assert_finds("ARCHITECTURE.md:5", "index/database.cpp includes no rocksdb/")


if __name__ == "__main__":
    unittest.main()
