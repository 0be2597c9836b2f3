#!/usr/bin/env python3
"""Advice, never a failure: files whose length asks whether the design splits well.

A source beyond 500 lines or a header beyond 200 holds more than one noun, most of the time.
"""

from source_tree import cpp_paths, read, root_argument

LIMITS = {".cpp": 500, ".h": 200}


def check(root):
    for path in cpp_paths(root):
        lines = read(root, path).count("\n")
        if lines > LIMITS[path.suffix]:
            yield f"{path}: {lines} lines (over {LIMITS[path.suffix]}): does it hold one noun?"


if __name__ == "__main__":
    for advice in check(root_argument("Points at long files.")):
        print(advice)
