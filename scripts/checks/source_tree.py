"""The tree as the checks see it: which files belong to it, and C++ text without its comments.

Every check is a program `check_NAME.py [--root DIR]` that prints one line per finding,
`path:line: what is wrong; what to do`, and ends with 1 when there is one.
"""

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CPP_ENDINGS = (".cpp", ".h")
SKIPPED_FOLDERS = {"build", "node_modules", ".git", "__pycache__", ".venv"}


# A clone may belong to another user than the one who checks it, as in containers.
GIT = ["git", "-c", "safe.directory=*"]


def program_root():
    return Path(__file__).resolve().parents[2]


def root_argument(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", type=Path, default=program_root(), help="the tree to check (this one)")
    return parser.parse_args().root.resolve()


def paths(root):
    """All files of the tree, relative, in order: what Git knows or would add, else what is there."""
    if (root / ".git").exists():
        command = [*GIT, "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        found = [Path(name) for name in names if name and (root / name).is_file()]
    else:
        found = [
            path.relative_to(root)
            for path in root.rglob("*")
            if path.is_file() and not SKIPPED_FOLDERS & set(path.relative_to(root).parts)
        ]
    return sorted(set(found))


def cpp_paths(root):
    return [path for path in paths(root) if path.suffix in CPP_ENDINGS]


def read(root, path):
    return (root / path).read_text(encoding="utf-8", errors="replace")


TOKEN = re.compile(
    r'(?P<raw>R"(?P<delimiter>[^()\\\s]*)\(.*?\)(?P=delimiter)")'
    r"|(?P<block>/\*.*?\*/)"
    r"|(?P<line>//[^\n]*)"
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<number>\b\d[\w']*)"
    r"|(?P<char>'(?:\\.|[^'\\\n])+')",
    re.DOTALL,
)


@dataclass
class Code:
    """lines: the text with comments and literals blanked, columns kept. comments: line -> text."""

    lines: list
    comments: dict

    @property
    def text(self):
        return "\n".join(self.lines)

    def is_empty(self, number):
        """Whether a line (counted from 1) holds neither code nor comment."""
        return not self.lines[number - 1].strip() and number not in self.comments


def code_of(text):
    comments = {}

    def blank(match):
        piece = match.group(0)
        if match.lastgroup == "number":
            return piece
        if match.lastgroup in ("block", "line"):
            first = text.count("\n", 0, match.start()) + 1
            for offset, line in enumerate(piece.split("\n")):
                comments[first + offset] = comments.get(first + offset, "") + line
        return re.sub(r"[^\n]", " ", piece)

    return Code(TOKEN.sub(blank, text).split("\n"), comments)


def report(findings):
    """Prints findings (path, line, message) in order and ends the program."""
    for path, line, message in sorted(findings, key=lambda f: (str(f[0]), f[1], f[2])):
        print(f"{path}:{line}: {message}")
    sys.exit(1 if findings else 0)
