#!/usr/bin/env python3
"""Includes point only to the left: chain <- index <- heuristics <- trace <- report <- question <- cli,
server.

Also: own headers are named from the root, no circle of includes, nothing outside the tests includes
a test, and third-party headers appear only where the table "Third-party headers" of ARCHITECTURE.md
says. There is no list of exceptions.
"""

import re
from pathlib import Path

from source_tree import cpp_paths, read, report, root_argument

# Each layer and the layers it may include besides itself. The longest matching folder counts.
CHAIN = ["chain"]
SOURCE = CHAIN + ["chain/source"]
INDEX = SOURCE + ["index"]
POLICY = CHAIN + ["heuristics/trace/policy"]
HEURISTICS = INDEX + ["heuristics"]
TRACE = HEURISTICS + ["heuristics/trace", "heuristics/trace/policy"]
REPORT = TRACE + ["heuristics/report"]
QUESTION = REPORT + ["heuristics/question"]
LAYERS = {
    "chain": CHAIN,
    "chain/source": SOURCE,
    "index": INDEX,
    "heuristics": HEURISTICS,
    "heuristics/trace/policy": POLICY,
    "heuristics/trace": TRACE,
    "heuristics/report": REPORT,
    "heuristics/question": QUESTION,
    "cli/verify": POLICY + ["cli/verify"],
    "cli": QUESTION + ["server", "cli"],
    "server": QUESTION + ["server"],
    "tests": QUESTION + ["cli/verify", "cli", "server", "tests"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
# A standard C++ header has no ending; of C and POSIX, these come without a library.
SYSTEM = re.compile(
    r"^([a-z_]+|assert\.h|errno\.h|fcntl\.h|limits\.h|poll\.h|pthread\.h|signal\.h|stdlib\.h|string\.h|time\.h"
    r"|unistd\.h|sys/(file|mman|resource|stat|statvfs|time|types|wait)\.h)$"
)
TABLE_TITLE = "## Third-party headers"


def layer_of(path):
    """The layer that holds a path (or a header's name), or None."""
    folder = Path(path).parent
    while folder != Path("."):
        if folder.as_posix() in LAYERS:
            return folder.as_posix()
        folder = folder.parent
    return None


def includes_of(text):
    """(line, header, quoted) of each include."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        match = INCLUDE.match(line)
        if match:
            found.append((number, match.group(1) or match.group(2), match.group(1) is not None))
    return found


def third_party_table(text):
    """[(line, header prefix, [places])] of ARCHITECTURE.md: rows `| `header` | `place`, `place` |`."""
    rows, inside = [], False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("## "):
            inside = line.strip() == TABLE_TITLE
        cells = [re.findall(r"`([^`]+)`", cell) for cell in line.strip().strip("|").split("|")]
        if inside and line.startswith("|") and len(cells) >= 2 and cells[0] and cells[1]:
            rows += [(number, header, cells[1]) for header in cells[0]]
    return rows


def is_at(path, place):
    return path.as_posix().startswith(place) if place.endswith("/") else path.as_posix() == place


def own_include(root, path, header):
    """What is wrong with a quoted include, or None."""
    if not (root / header).is_file():
        return f'"{header}" is no file of the tree; name own headers from the root, others in <>'
    here, there = layer_of(path), layer_of(header)
    if here is None:
        return f"{path.parent} is in no layer; add it to DESIGN and to check_layers.py"
    if there not in LAYERS[here]:
        return f'{here}/ must not include "{header}": it may include {", ".join(LAYERS[here])}'
    return None


def foreign_include(root, path, header, table):
    if (root / header).is_file():
        return f'<{header}> is ours: write "{header}"'
    if SYSTEM.match(header):
        return None
    rows = [places for _, prefix, places in table if header.startswith(prefix)]
    if not rows:
        return f"<{header}> has no row in ARCHITECTURE.md, '{TABLE_TITLE[3:]}'"
    places = sum(rows, [])
    if not any(is_at(path, place) for place in places):
        return f"<{header}> may be included only in {', '.join(places)} (ARCHITECTURE.md)"
    return None


def circles(graph):
    """Each circle of includes once, as a list of files."""
    found, state, stack = [], {}, []

    def visit(node):
        state[node] = "open"
        stack.append(node)
        for following in graph.get(node, []):
            if state.get(following) == "open":
                found.append(stack[stack.index(following) :])
            elif following not in state:
                visit(following)
        stack.pop()
        state[node] = "done"

    for node in sorted(graph):
        if node not in state:
            visit(node)
    return found


def stale_rows(root, table, used):
    """A permission that nothing uses any more is taken back."""
    for number, header, places in table:
        for place in places:
            if (root / place).is_file() and not any(name.startswith(header) and is_at(path, place) for path, name in used):
                yield ("ARCHITECTURE.md", number, f"{place} includes no {header}: remove it from the table")


def check(root):
    architecture = root / "ARCHITECTURE.md"
    table = third_party_table(architecture.read_text()) if architecture.exists() else []
    findings, graph, used = [], {}, []
    for path in cpp_paths(root):
        graph[path.as_posix()] = []
        for number, header, quoted in includes_of(read(root, path)):
            if quoted:
                problem = own_include(root, path, header)
                graph[path.as_posix()].append(header)
            else:
                problem = foreign_include(root, path, header, table)
                used.append((path, header))
            if problem:
                findings.append((path, number, problem))
    for circle in circles(graph):
        findings.append((circle[0], 1, "includes form a circle: " + " -> ".join(circle + circle[:1])))
    findings += stale_rows(root, table, used)
    return findings


if __name__ == "__main__":
    tree = root_argument("Checks the direction of includes.")
    report(check(tree))
