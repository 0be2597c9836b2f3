#!/usr/bin/env python3
"""Words that our code does without. Each rule says where it holds and what to write instead.

Comments and literals do not count. A rule with a marker accepts a use whose reason stands in a
comment on its line or above it in the same paragraph, that is, without an empty line in between
(`// raw: the position is printed`). There is no list of exceptions.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from source_tree import code_of, cpp_paths, paths, read, report, root_argument

MONEY = ("chain", "index", "heuristics")
LIBRARIES = ("chain", "index", "heuristics")
PRODUCT = LIBRARIES + ("cli", "server")
EVERYWHERE = PRODUCT + ("tests",)


@dataclass(frozen=True)
class Rule:
    pattern: str
    folders: tuple
    advice: str
    marker: str = ""  # the comment that gives the reason
    excuse: str = ""  # text taken out, over line ends too, before the pattern is sought
    not_in: tuple = ()  # folders or files (without ending) that are what the rule protects
    stems: tuple = ()  # names of files (without ending) where it belongs
    noreturn_may: bool = False  # allowed in a function declared [[noreturn]]: the process ends there


RULES = [
    Rule(r"\busing\s+namespace\b", EVERYWHERE, "name what you use"),
    Rule(r"\bstd::endl\b", EVERYWHERE, "write '\\n'"),
    Rule(r"\b(double|float)\b", MONEY, "no floating point where money is: integers and exact ratios"),
    Rule(
        r"(\.|->)value\b(?!\s*\()",
        PRODUCT,
        "raw value of a strong type: use its functions, or say why in a comment '// raw: reason'",
        marker="raw",
        not_in=("chain", "index/rows"),
    ),
    Rule(
        r"\b(shared_ptr|weak_ptr|make_shared|enable_shared_from_this)\b",
        EVERYWHERE,
        "one owner: unique_ptr or a value, or say who shares in a comment '// shared: reason'",
        marker="shared",
        # A library shares its own objects as it likes: shared_ptr<rocksdb::Cache>.
        excuse=r"\b(shared_ptr|weak_ptr|make_shared)<\s*(const\s+)?(?!std::|wagetrail::)[a-z_0-9]+::[\w:]+",
        not_in=("server",),
    ),
    Rule(
        # Placement new takes its address in brackets and owns nothing.
        r"(?<!operator )\bnew\b(?!\s*\((?!\s*std::nothrow))",
        EVERYWHERE,
        "no naked new: make_unique or a value",
        excuse=r"\bunique_ptr<[\w:]+>(\s+\w+)?\(\s*new\b",  # a private constructor: owned at once
    ),
    Rule(r"(?<!operator )(?<!= )\bdelete\b", EVERYWHERE, "no naked delete: let the owner end it"),
    Rule(
        r"\b(std::s?rand|srand|rand|random_device)\b\s*[({]?",
        EVERYWHERE,
        "randomness is passed in with its seed",
    ),
    Rule(
        r"\b(system_clock|gettimeofday|clock_gettime|utc_clock|std::time\s*\(|time\s*\(\s*(nullptr|NULL|0|&))",
        LIBRARIES,
        "the clock is an argument: only programs read it",
    ),
    Rule(
        r"\bstd::(cout|cerr|clog)\b|\b(printf|puts|putchar|perror|vprintf)\s*\(|\b(stdout|stderr)\b",
        LIBRARIES,
        "libraries do not print: return it, or report it to the Progress given",
        noreturn_may=True,
    ),
    Rule(
        r"\b(abort|exit|_exit|_Exit|quick_exit|terminate)\s*\(",
        LIBRARIES,
        "libraries do not end the process: return an Error",
        noreturn_may=True,
    ),
    Rule(
        r"\b(secure_getenv|getenv|setenv|environ)\b",
        PRODUCT,
        "only a main.cpp reads the environment and passes it down",
        stems=("main",),
    ),
    Rule(r"^\s*#\s*define\s+(?!(TRY|CHECK)(_\w+)?\b)", PRODUCT, "no macros but TRY and CHECK"),
    Rule(r"\bstd::(format|ranges::views|views)\b", EVERYWHERE, "not in both of our compilers"),
]

VAGUE_NAME = re.compile(r"^(utils?|common|misc|managers?|helpers?)$")
UNDATED_TASK = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))")


def applies(rule, path):
    name = path.with_suffix("").as_posix()
    if path.parts[0] not in rule.folders or path.stem in rule.stems:
        return False
    return not any(name == place or name.startswith(place + "/") for place in rule.not_in)


def noreturn_names(codes):
    names = set()
    for code in codes:
        names |= set(re.findall(r"\[\[\s*noreturn\s*\]\]\s*[\w:\s*&<>]*?\b(\w+)\s*\(", code.text))
    return names


def bodies(code, names):
    """Line numbers inside the definitions of the named functions."""
    inside = set()
    for name in names:
        for match in re.finditer(rf"\b{name}\s*\([^;{{}}]*\)[^;{{}}()]*\{{", code.text):
            depth, at = 1, match.end()
            while depth and at < len(code.text):
                depth += {"{": 1, "}": -1}.get(code.text[at], 0)
                at += 1
            first = code.text.count("\n", 0, match.start()) + 1
            inside |= set(range(first, code.text.count("\n", 0, at) + 2))
    return inside


def has_reason(code, number, marker):
    """The use's line or one above it in its paragraph says `// marker: why`."""
    while number > 0 and not code.is_empty(number):
        if re.search(rf"//+\s*{marker}:\s*\S", code.comments.get(number, "")):
            return True
        number -= 1
    return False


def lines_for(rule, code):
    if not rule.excuse:
        return code.lines
    return re.sub(rule.excuse, lambda found: "\n" * found.group(0).count("\n"), code.text).split("\n")


def check_code(path, code, ending):
    for rule in RULES:
        if not applies(rule, path):
            continue
        pattern = re.compile(rule.pattern)
        for number, line in enumerate(lines_for(rule, code), 1):
            match = pattern.search(line)
            if not match or re.match(r"\s*#\s*include", line):
                continue
            if rule.noreturn_may and number in ending:
                continue
            if rule.marker and has_reason(code, number, rule.marker):
                continue
            yield (path, number, f"'{match.group(0).strip()}': {rule.advice}")


def check_comments(path, code):
    for number, comment in code.comments.items():
        if UNDATED_TASK.search(comment):
            yield (path, number, "an open task needs its issue: TODO(#12)")


def check(root):
    findings = []
    codes = {path: code_of(read(root, path)) for path in cpp_paths(root)}
    names = noreturn_names(codes.values())
    for path, code in codes.items():
        findings += check_code(path, code, bodies(code, names))
        findings += check_comments(path, code)
        if path.suffix == ".h" and not any(line.strip() == "#pragma once" for line in code.lines):
            findings.append((path, 1, "a header needs #pragma once"))
    for path in paths(root):
        if any(VAGUE_NAME.match(PurePosixPath(part).stem) for part in path.parts):
            findings.append((path, 1, "name the thing: no util, common, misc, manager, helper"))
    return findings


if __name__ == "__main__":
    tree = root_argument("Looks for words that our code does without.")
    report(check(tree))
