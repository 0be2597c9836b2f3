import unittest

from planted_tree import PlantedTreeTest


class Bans(PlantedTreeTest):
    checker = "bans"

    def assert_line(self, path, line, what):
        """The line is found in that file, and passes in a comment and in a literal."""
        self.write(path, f"{line}\n")
        self.assert_finds(f"{path}:1", what)
        self.write(path, f'// {line}\n/* {line} */\nauto text = R"({line})";\n')
        self.assert_clean()
        (self.root / path).unlink()

    def assert_passes(self, path, text):
        self.write(path, text)
        self.assert_clean()
        (self.root / path).unlink()

    def test_plain_words(self):
        for line in (
            "using namespace std;",
            "out << std::endl;",
            "int* p = new int(1);",
            "auto p = new (std::nothrow) int;",
            "delete p;",
            "int r = std::rand();",
            "std::random_device seed;",
        ):
            with self.subTest(line):
                self.assert_line("tests/unit/x_test.cpp", line, ":")

    def test_placement_deletion_of_functions_and_immediate_owners_pass(self):
        self.assert_passes("index/store.cpp", "::new (place) Context;\n")
        self.assert_passes("index/store.cpp", "Store(const Store&) = delete;\n")
        self.assert_passes("index/store.cpp", "return std::unique_ptr<Store>(new Store(std::move(impl)));\n")
        self.assert_passes("index/store.cpp", "std::unique_ptr<Store> store(\n    new Store(path));\n")

    def test_floating_point_is_found_where_money_is(self):
        self.assert_line("heuristics/trace/walk.cpp", "double share = 0;", "floating point")
        self.assert_line("chain/base/amount.cpp", "float share = 0;", "floating point")
        self.assert_passes("tests/bench/bench.cpp", "double seconds = 0;\n")
        self.assert_passes("chain/sha.cpp", "auto h = finish_double();\n")

    def test_a_raw_value_needs_its_reason(self):
        self.assert_line("index/view.cpp", "return id.value + 1;", "'// raw: reason'")
        self.assert_line("cli/show.cpp", "print(height->value);", "'// raw: reason'")
        self.assert_passes("cli/show.cpp", "print(height.value);  // raw: printed as a number\n")
        self.assert_passes("cli/show.cpp", "// raw: printed\nint a = h.value;\nint b = k.value;\n")

    def test_a_reason_ends_with_its_paragraph_and_must_say_something(self):
        self.write("cli/show.cpp", "// raw: printed\nint a = h.value;\n\nint b = k.value;\n")
        self.assert_finds("cli/show.cpp:4", ".value")
        self.write("cli/show.cpp", "int b = k.value;  // raw:\n")
        self.assert_finds("cli/show.cpp:1", ".value")

    def test_values_of_optionals_and_json_pass(self):
        self.assert_passes("cli/show.cpp", 'a.value(); b.value_or(1); j.value("k", 2); row.values;\n')

    def test_the_homes_of_raw_values_pass(self):
        self.assert_passes("chain/base/codec.cpp", "put(id.value);\n")
        self.assert_passes("index/rows.cpp", "put(id.value);\n")
        self.assert_line("index/rows_reader.cpp", "put(id.value);", ".value")

    def test_shared_ownership(self):
        self.assert_line("index/view.cpp", "std::shared_ptr<Pin> pin;", "one owner")
        self.assert_passes("server/jobs.cpp", "std::shared_ptr<Job> job;\n")
        self.assert_passes("index/database.cpp", "std::shared_ptr<rocksdb::Cache> cache;\n")
        self.assert_passes("index/view.cpp", "// shared: by the readers of a snapshot\nstd::shared_ptr<Pin> pin;\n")

    def test_the_clock_belongs_to_programs(self):
        line = "auto now = std::chrono::system_clock::now();"
        self.assert_line("heuristics/lists.cpp", line, "clock")
        self.assert_line("chain/time.cpp", "auto now = time(nullptr);", "clock")
        self.assert_passes("cli/main.cpp", line + "\n")
        self.assert_passes("chain/wait.cpp", "auto now = std::chrono::steady_clock::now();\n")
        self.assert_passes("chain/time.cpp", "Time block_time(header); day_start(time);\n")

    def test_libraries_do_not_print_and_do_not_end_the_process(self):
        self.assert_line("index/sync.cpp", "std::cerr << height;", "do not print")
        self.assert_line("chain/ledger.cpp", 'printf("%d", 1);', "do not print")
        self.assert_line("chain/ledger.cpp", "std::exit(1);", "do not end")
        self.assert_passes("cli/main.cpp", "std::cout << answer;\n")
        self.assert_passes("chain/ledger.cpp", 'std::snprintf(buffer, sizeof buffer, "x");\n')

    def test_a_function_that_never_returns_may_print(self):
        self.header("chain/expected.h", "[[noreturn]] void check_failed(const char* what);\n")
        ending = 'void check_failed(const char* what) {\n    std::fprintf(stderr, "%s", what);\n    std::abort();\n}\n'
        self.write("chain/expected.cpp", ending)
        self.assert_clean()
        self.write("chain/expected.cpp", ending + "void other() {\n    std::fprintf(stderr, what);\n}\n")
        self.assert_finds("chain/expected.cpp:6", "do not print")

    def test_the_environment_belongs_to_main(self):
        self.assert_line("cli/home.cpp", 'std::getenv("HOME");', "main.cpp")
        self.assert_passes("cli/main.cpp", 'std::getenv("HOME");\n')
        self.assert_passes("tests/unit/shared_data.cpp", 'std::getenv("WAGETRAIL_SHARED");\n')

    def test_macros(self):
        self.assert_line("chain/ledger.cpp", "#define LIMIT 3", "no macros")
        self.assert_passes("chain/ledger.cpp", "#define CHECK(x) x\n#define TRY_JOIN_(a, b) a##b\n")

    def test_open_tasks_need_an_issue(self):
        self.write("chain/ledger.cpp", "int a;  // TODO: more ledgers\n")
        self.assert_finds("chain/ledger.cpp:1", "TODO(#12)")
        self.assert_passes("chain/ledger.cpp", "int a;  // TODO(#4): more ledgers\n")

    def test_a_header_needs_its_guard(self):
        self.write("chain/ledger.h", "int a;\n")
        self.assert_finds("chain/ledger.h:1", "#pragma once")

    def test_vague_names(self):
        self.header("chain/utils.h")
        self.assert_finds("chain/utils.h:1", "name the thing")
        (self.root / "chain/utils.h").unlink()
        self.header("index/helpers/text.h")
        self.assert_finds("index/helpers/text.h:1", "name the thing")


class Literals(PlantedTreeTest):
    checker = "bans"

    def test_code_behind_literals_is_seen(self):
        self.write("chain/a.cpp", "auto n = 1'000'000; char q = '\"'; double d = 0;\n")
        self.assert_finds("chain/a.cpp:1", "double")
        self.write("chain/a.cpp", 'auto s = "// not a comment"; double d = 0;\n')
        self.assert_finds("chain/a.cpp:1", "double")
        self.write("chain/a.cpp", 'auto s = "quote \\" double"; auto r = R"x(double )" )x";\n')
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
