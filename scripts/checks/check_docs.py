#!/usr/bin/env python3
"""What the documents say exists, and what exists is in the documents.

- each column family of index/database.h has its row in index/SCHEMA.md, and the other way round
- each rule of the heuristics has its entry in heuristics/HEURISTICS.md
- each subcommand of the command line appears in a document
- commands in `sh` and `console` examples are programs or files of the tree
- links inside the tree lead somewhere
"""

import re
from pathlib import Path

from source_tree import code_of, cpp_paths, paths, read, report, root_argument

FENCE = re.compile(r"^\s*(```+|~~~+)\s*(\w*)")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*?)\s*#*\s*$")


def documents(root):
    return [path for path in paths(root) if path.suffix == ".md"]


def split(text):
    """(prose, examples): prose lines (number, line) outside fences; examples (number, line, language)."""
    prose, examples, fence, language = [], [], None, ""
    for number, line in enumerate(text.split("\n"), 1):
        match = FENCE.match(line)
        if match and fence is None:
            fence, language = match.group(1), match.group(2)
        elif match and line.strip().startswith(fence):
            fence = None
        elif fence is None:
            prose.append((number, line))
        else:
            examples.append((number, line, language))
    return prose, examples


# Column families


def families(root):
    header = root / "index" / "database.h"
    if not header.exists():
        return []
    match = re.search(r"enum class Family\b[^{]*\{([^}]*)\}", code_of(header.read_text()).text)
    return re.findall(r"\b([a-z]\w*)\b(?=\s*(?:=[^,]*)?(?:,|$))", match.group(1).strip()) if match else []


def schema_entries(text):
    """{family: line} of the first cells of tables and of headings; rows of the section "Column families"."""
    entries, rows, section = {}, {}, ""
    for number, line in enumerate(text.split("\n"), 1):
        heading = HEADING.match(line)
        if heading:
            section = heading.group(1)
        head = section if heading else line.split("|")[1] if line.startswith("|") else ""
        for name in re.findall(r"`(\w+)`", head):
            entries.setdefault(name, number)
            if not heading and section == "Column families":
                rows[name] = number
    return entries, rows


def check_families(root):
    schema = root / "index" / "SCHEMA.md"
    names = families(root)
    if not names or not schema.exists():
        return
    entries, rows = schema_entries(schema.read_text())
    for name in names:
        if name not in entries:
            yield ("index/SCHEMA.md", 1, f"column family `{name}` of index/database.h has no row")
    for name, number in rows.items():
        if name not in names:
            yield ("index/SCHEMA.md", number, f"`{name}` is no column family of index/database.h")


# Rules of the heuristics


def rule_ids(root):
    """(path, line, id) of each rule: `.id = "name"` or `kRuleId = "name"` in heuristics/."""
    for path in cpp_paths(root):
        if path.parts[0] != "heuristics":
            continue
        for number, line in enumerate(read(root, path).split("\n"), 1):
            for match in re.finditer(r'(?:\.id|\bk\w*RuleId)\s*=\s*"([^"]+)"', line):
                yield path, number, match.group(1)


def check_rules(root):
    entries = root / "heuristics" / "HEURISTICS.md"
    text = entries.read_text() if entries.exists() else ""
    documented = set(re.findall(r"^#+\s+`([^`]+)`", text, re.MULTILINE))
    for path, number, name in rule_ids(root):
        if name not in documented:
            yield (path, number, f"rule `{name}` has no entry in heuristics/HEURISTICS.md")


# Commands


def subcommands(root):
    for path in cpp_paths(root):
        if path.parts[0] != "cli":
            continue
        text = read(root, path)
        for match in re.finditer(r'add_subcommand\(\s*"([\w-]+)"', text):
            yield path, text.count("\n", 0, match.start()) + 1, match.group(1)


def check_subcommands(root):
    texts = [read(root, path) for path in documents(root)]
    for path, number, name in subcommands(root):
        if not any(re.search(rf"\bwagetrail\b[^\n]*\b{re.escape(name)}\b", text) for text in texts):
            yield (path, number, f"the command `{name}` appears in no document")


def programs(root):
    names = set()
    for path in paths(root):
        if path.name == "CMakeLists.txt":
            names |= set(re.findall(r"add_executable\(\s*([\w-]+)", read(root, path)))
    return names


def commands_of(line, language):
    """The programs that one line of an example starts."""
    if language == "console":
        if not line.lstrip().startswith("$ "):
            return []
        line = line.lstrip()[2:]
    line = re.sub(r"(^|\s)#.*", "", line)
    found = []
    for part in re.split(r"&&|\|\||[|;]", line):
        words = part.split()
        while words and re.match(r"^(\w+=\S*|sudo|time|env|exec)$", words[0]):
            words.pop(0)
        if words:
            found.append(words[0])
    return found


def command_problem(root, command, known):
    path = command.removeprefix("./")
    match = re.match(r"^build/\w+/bin/([\w-]+)$", path)
    if match:
        return None if match.group(1) in known else f"`{command}`: no CMake target of that name"
    if "/" not in path or path.startswith(("/", "~", "$", "<", "..", '"')):
        return None
    return None if (root / path).exists() else f"`{command}`: no such file"


def check_examples(root):
    known = programs(root)
    for path in documents(root):
        continued = False
        for number, line, language in split(read(root, path))[1]:
            was_continued, continued = continued, line.endswith("\\")
            if language not in ("sh", "bash", "console") or was_continued:
                continue
            for command in commands_of(line, language):
                problem = command_problem(root, command, known)
                if problem:
                    yield (path, number, problem)


# Links


def anchors(text):
    for _, line in split(text)[0]:
        match = HEADING.match(line)
        if match:
            yield re.sub(r"[^\w\- ]", "", match.group(1).lower()).replace(" ", "-")


def check_links(root):
    for path in documents(root):
        text = read(root, path)
        for number, line in split(text)[0]:
            for target in LINK.findall(re.sub(r"`[^`]*`", "", line)):
                if re.match(r"^[a-z]+:", target):
                    continue
                name, _, anchor = target.partition("#")
                there = root / path.parent / name if name else root / path
                if not there.exists():
                    yield (path, number, f"link to {target}: no such file")
                elif anchor and there.suffix == ".md" and anchor not in anchors(there.read_text()):
                    yield (path, number, f"link to {target}: no such heading")


def check(root):
    findings = []
    for part in (check_families, check_rules, check_subcommands, check_examples, check_links):
        findings += part(root)
    return [(Path(path), number, message) for path, number, message in findings]


if __name__ == "__main__":
    tree = root_argument("Compares documents with the tree.")
    report(check(tree))
