#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the checks in dev/: each must fail on a small tree that breaks its rule, and pass on one
that does not (the CTest `dev_checks`)."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

DEV = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, DEV)
import cpp_scan  # noqa: E402

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
LAYERS = "core/base:\ncore/geo: core/base\nio/net: core/base core/geo\n"
GOOD = {
    "dev/layers.txt": LAYERS,
    "dev/homes.txt": "Eigen/: src/core/geo\ngtest/:\nboost/: src/io\n",
    "src/CMakeLists.txt": "foreach(module core/base core/geo io/net)\nendforeach()\n",
    "src/core/base/CMakeLists.txt": "add_module()\n",
    "src/core/base/units.hpp": SPDX + "#pragma once\n#include <cstdint>\nusing Metres = std::int32_t;\n",
    "src/core/geo/CMakeLists.txt": "add_module(USES core/base LIBS Eigen3::Eigen)\n",
    "src/core/geo/frame.hpp": SPDX + '#pragma once\n#include "core/base/units.hpp"\nMetres origin();\n',
    "src/core/geo/frame.cpp": SPDX + '#include "core/geo/frame.hpp"\nMetres origin() { return 0; }\n',
    "src/core/geo/test/frame_test.cpp": SPDX + '#include "core/geo/frame.hpp"\n#include <gtest/gtest.h>\n',
    "src/io/net/CMakeLists.txt": "add_module(USES core/base core/geo)\n",
    "src/io/net/socket.cpp": SPDX + '#include "core/geo/frame.hpp"\nstatic int fd = 0;\nint f() { return fd; }\n',
}


def run_check(name, changes, *arguments, remove=()):
    """Exit code and output of dev/<name> on GOOD with `changes`."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in {**GOOD, **changes}.items():
            if path in remove:
                continue
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text.replace("@ROOT@", root))
        words = [sys.executable, os.path.join(DEV, name), "--root", root]
        words += [a.replace("@ROOT@", root) for a in arguments]
        result = subprocess.run(words, capture_output=True, text=True, check=False)
        return result.returncode, result.stdout + result.stderr


class CheckCase(unittest.TestCase):
    script = ""
    arguments = ()

    def assert_passes(self, changes=None, remove=()):
        code, output = run_check(self.script, changes or {}, *self.arguments, remove=remove)
        self.assertEqual(code, 0, output)

    def assert_fails(self, changes, expected, remove=()):
        code, output = run_check(self.script, changes, *self.arguments, remove=remove)
        self.assertEqual(code, 1, output)
        self.assertIn(expected, output)


class Layers(CheckCase):
    script = "layers"

    def test_a_tree_that_keeps_the_rules_passes(self):
        self.assert_passes()

    def test_an_include_upwards_fails(self):
        self.assert_fails({"src/core/base/up.cpp": SPDX + '#include "core/geo/frame.hpp"\n'},
                          "src/core/base/up.cpp:2: core/base may not include core/geo")

    def test_an_include_that_uses_does_not_name_fails(self):
        self.assert_fails({"src/io/net/CMakeLists.txt": "add_module(USES core/base)\n"}, "missing in USES")

    def test_a_use_that_the_list_does_not_allow_fails(self):
        self.assert_fails({"src/core/base/CMakeLists.txt": "add_module(USES core/geo)\n"}, "USES core/geo, which")

    def test_an_include_from_elsewhere_than_src_fails(self):
        self.assert_fails({"src/core/geo/frame.cpp": SPDX + '#include "frame.hpp"\n'}, "start at src")

    def test_a_module_that_nothing_builds_fails(self):
        self.assert_fails({"src/CMakeLists.txt": "foreach(module core/base core/geo)\n"}, "nothing builds it")

    def test_a_module_without_a_line_fails(self):
        self.assert_fails({"src/core/odd/CMakeLists.txt": "add_module()\n"}, "no line in dev/layers.txt")

    def test_a_circle_in_the_list_fails(self):
        self.assert_fails({"dev/layers.txt": "core/base: core/geo\ncore/geo: core/base\nio/net: core/base core/geo\n"},
                          "circle: core/base -> core/geo -> core/base")

    def test_test_support_is_for_tests(self):
        self.assert_passes({"src/core/geo/test/more_test.cpp": SPDX + '#include "support/data.hpp"\n'})
        self.assert_fails({"src/core/geo/more.cpp": SPDX + '#include "support/data.hpp"\n'}, "for tests only")

    def test_tests_may_use_what_test_uses_names(self):
        upward = {"src/core/base/test/x_test.cpp": SPDX + '#include "core/geo/frame.hpp"\n'}
        self.assert_fails(upward, "core/base may not include core/geo")
        self.assert_passes({**upward, "src/core/base/CMakeLists.txt": "add_module(TEST_USES core/geo)\n"})

    def test_an_old_table_in_the_document_fails(self):
        marked = "# A\n<!-- layers: begin -->\n{}<!-- layers: end -->\n"
        code, table = run_check("layers", {}, "--markdown")
        self.assertEqual(code, 0)
        self.assert_passes({"ARCHITECTURE.md": marked.format(table)})
        self.assert_fails({"ARCHITECTURE.md": marked.format(table + "| x |\n")}, "table of layers is old")

    def test_an_empty_tree_is_a_failure_not_a_success(self):
        self.assert_fails({}, "nothing was checked", remove=[p for p in GOOD if p.endswith(("pp", "pp.txt"))])


class Tidy(CheckCase):
    script = "tidy"

    def fails_in_core(self, code, expected):
        self.assert_fails({"src/core/geo/bad.cpp": SPDX + code + "\n"}, expected)
        self.assert_passes({"src/core/geo/bad.cpp": SPDX + "// " + code + "\n"})

    def test_a_tree_that_keeps_the_rules_passes(self):
        self.assert_passes()

    def test_what_core_must_not_do(self):
        for code, expected in [
                ("void f() { throw 1; }", "throw"),
                ("auto t = std::chrono::system_clock::now();", "now()"),
                ("void f() { std::thread t; }", "threads"),
                ("unsigned f() { std::random_device d; return d(); }", "random_device"),
                ("double f() { std::normal_distribution<double> n; return 0; }", "standard random numbers"),
                ('void f() { std::cout << "x"; }', "printing or logging"),
                ("int f() { static int n = 0; return ++n; }", "a mutable static"),
                ("int f() {\n  static std::vector<int> n{1};\n  return 1; }", "a mutable static"),
                ("namespace { int counter = 0; }", "mutable variable 'counter'"),
                ("namespace {\nstd::vector<int> cache;\n}", "mutable variable 'cache'"),
                ("#include <thread>", "a header of threads")]:
            with self.subTest(code):
                first = code.split("\n")
                self.assert_fails({"src/core/geo/bad.cpp": SPDX + code + "\n"}, expected)
                self.assert_passes({"src/core/geo/bad.cpp": SPDX + "".join("// " + line + "\n" for line in first)})

    def test_what_core_may_do(self):
        self.assert_passes({"src/core/geo/fine.cpp": SPDX + """
namespace {
constexpr int limit = 3;
const std::array<int, 2> table{1, 2};
int helper(int a, int b = 2);
template <typename T>
struct Box { T value{}; static constexpr int size = 1; static int make(); };
}
static int twice(int a) { return 2 * a; }
static constexpr double half = 0.5;
static const char* const name = "throw now() static int x = 1;";
bool known() { return 1'000'000 > limit; }
"""})

    def test_io_may_have_a_static(self):
        self.assert_passes({"src/io/net/more.cpp": SPDX + "static int counter = 0;\nvoid f() { throw counter; }\n"})

    def test_iteration_over_an_unordered_container_in_core(self):
        declared = "std::unordered_map<int, double> sums;\n"
        self.assert_fails({"src/core/geo/bad.cpp": SPDX + "void f() {" + declared + "for (auto& [k, v] : sums) {}\n}\n"},
                          "unordered container 'sums'")
        self.assert_passes({"src/core/geo/fine.cpp": SPDX + "void f() {" + declared + "sums.find(3);\n}\n"})

    def test_sizes(self):
        self.assert_fails({"src/core/geo/long.cpp": SPDX + "// x\n" * 400}, "401 lines; a file has at most 400")
        self.assert_passes({"src/core/geo/item_table.cpp": SPDX + "// x\n" * 400})
        body = "void long_one(int a) {\n" + "  ++a;\n" * 59 + "}\n"
        self.assert_fails({"src/core/geo/long.cpp": SPDX + body}, "'long_one' has 61 lines")
        self.assert_passes({"src/core/geo/long.cpp": SPDX + body.replace("  ++a;\n", "", 1)})
        self.assert_fails({f"src/core/geo/f{i}.cpp": SPDX for i in range(20)}, "22 source files")

    def test_a_heavy_header_away_from_home(self):
        include = {"src/io/net/m.cpp": SPDX + "#include <Eigen/Dense>\n"}
        self.assert_fails(include, "belongs in src/core/geo")
        self.assert_passes({"src/core/geo/m.cpp": SPDX + "#include <Eigen/Dense>\n"})
        self.assert_passes({"src/io/net/test/m_test.cpp": SPDX + "#include <Eigen/Dense>\n"})
        self.assert_fails({"src/core/geo/m.cpp": SPDX + "#include <gtest/gtest.h>\n"}, "belongs in tests")

    def test_using_namespace(self):
        self.assert_fails({"src/io/net/u.cpp": SPDX + "using namespace std;\n"}, "using namespace")
        self.assert_passes({"src/io/net/u.cpp": SPDX + "using namespace std::chrono_literals;\n"})

    def test_first_line_and_pragma(self):
        self.assert_fails({"src/io/net/u.cpp": "int a();\n"}, "does not begin with")
        self.assert_fails({"src/io/net/u.hpp": SPDX + "int a();\n"}, "no #pragma once")
        self.assert_fails({"dev/tool": "#!/bin/bash\necho\n"}, "does not begin with")

    def test_texts(self):
        self.assert_fails({"docs/a.md": "TO" + "DO: write\n"}, "left to do")
        self.assert_fails({"docs/a.md": "see /wo" + "rk/data\n"}, "path of one machine")
        self.assert_fails({"web/package-lock.json": '"resolved": "https://registry.npm' + 'js.org/a"\n'}, "registry")

    def test_an_empty_tree_is_a_failure_not_a_success(self):
        self.assert_fails({}, "nothing was checked", remove=[p for p in GOOD if p.startswith("src/")])


class Headers(CheckCase):
    script = "headers"
    arguments = ("--build", "@ROOT@/build")
    commands = {"build/compile_commands.json": json.dumps(
        [{"directory": "/", "file": "a.cpp", "command": "c++ -I@ROOT@/src -O2 -c a.cpp"}])}

    def test_a_header_that_includes_what_it_needs_passes(self):
        self.assert_passes(self.commands)

    def test_a_header_that_leans_on_others_fails(self):
        self.assert_fails({**self.commands, "src/io/net/lean.hpp": SPDX + "#pragma once\nstd::string name();\n"},
                          "src/io/net/lean.hpp:1: does not compile alone")

    def test_no_header_is_a_failure_not_a_success(self):
        self.assert_fails(self.commands, "nothing was checked", remove=[p for p in GOOD if p.endswith(".hpp")])

    def test_a_change_in_an_included_header_is_seen(self):
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**GOOD, **self.commands}.items():
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write(text.replace("@ROOT@", root))
            words = [sys.executable, os.path.join(DEV, "headers"), "--root", root, "--build", os.path.join(root, "build")]
            self.assertIn("2 compiled, 0 failed", subprocess.run(words, capture_output=True, text=True).stdout)
            self.assertIn("0 compiled, 0 failed", subprocess.run(words, capture_output=True, text=True).stdout)
            with open(os.path.join(root, "src/core/base/units.hpp"), "w", encoding="utf-8") as file:
                file.write(SPDX + "#pragma once\n")
            self.assertIn("2 compiled, 1 failed", subprocess.run(words, capture_output=True, text=True).stdout)


class Dependencies(CheckCase):
    script = "dependencies"
    listed = {"dev/packages.txt": "[build]\ncmake\n", "docs/dependencies.md": "| `cmake` | build | BSD |\n"}

    def test_a_full_table_passes(self):
        self.assert_passes(self.listed)

    def test_a_program_that_the_build_cannot_do_without_must_come_with_it(self):
        ask = "find_program(P python3 HINTS /usr/bin{})\n"
        self.assert_fails({**self.listed, "test/CMakeLists.txt": ask.format(" REQUIRED")}, "needs python3")
        self.assert_passes({**self.listed, "test/CMakeLists.txt": ask.format("")})
        self.assert_passes({**self.listed, "cmake/x.cmake": "find_program(C cmake REQUIRED)\n"})

    def test_a_package_without_a_row_fails(self):
        self.assert_fails({**self.listed, "dev/packages.txt": "[build]\ncmake\nmold\n"}, "no row for mold")

    def test_a_row_without_a_package_fails(self):
        self.assert_fails({**self.listed, "dev/packages.txt": "[build]\n"}, "cmake is not in")

    def test_a_row_without_a_licence_fails(self):
        self.assert_fails({**self.listed, "docs/dependencies.md": "| `cmake` | build | |\n"}, "and the licence")

    def test_a_package_of_the_page_needs_a_row_too(self):
        page = {"web/package.json": '{"dependencies": {"a": "1"}, "devDependencies": {"@b/c": "2"}}'}
        table = self.listed["docs/dependencies.md"] + "\n| npm package | what for | licence |\n|---|---|---|\n"
        both = table + "| a | map | MIT |\n| @b/c | tests | MIT |\n"
        self.assert_passes({**self.listed, **page, "docs/dependencies.md": both})
        self.assert_fails({**self.listed, **page, "docs/dependencies.md": table + "| a | map | MIT |\n"}, "no row for @b/c")
        self.assert_fails({**self.listed, **page, "docs/dependencies.md": both + "| d | ? | MIT |\n"},
                          "d is not in web/package.json")


class Functions(unittest.TestCase):
    def names(self, code):
        return [(name, last - first + 1) for name, first, last in
                cpp_scan.find_functions(cpp_scan.strip_comments_and_strings(code))]

    def test_methods_constructors_and_lambdas(self):
        code = """
namespace a::b {
class C : public D<int> {
 public:
  C(int x, std::vector<int> y) noexcept : x_{x}, y_(std::move(y)), z_{} {
    f([&](int i) { return i; });
  }
  auto g() const -> std::optional<int> { return {}; }
  int h() && noexcept { if (x_) { return 1; } return 2; }
 private:
  int x_{0};
  std::function<void(int)> y_ = [](int) { };
};
template <typename T, class U = int>
T operator+(T a, U b) { return a + b; }
const char* text = R"({ not a brace } ")";
TEST(Suite, it_has_a_name) {
  const char c = '{';
}
}  // namespace
"""
        self.assertEqual(self.names(code), [("C", 3), ("g", 1), ("h", 1), ("y_", 1), ("operator+", 2),
                                            ("TEST(Suite, it_has_a_name)", 3)])

    def test_tables_of_initialisers_are_not_functions(self):
        code = "constexpr std::array<Row, 2> rows{{\n  {1, f(2)},\n  {3, g(4)},\n}};\nint f() { return 1; }\n"
        self.assertEqual(self.names(code), [("f", 1)])


if __name__ == "__main__":
    unittest.main(verbosity=1)
