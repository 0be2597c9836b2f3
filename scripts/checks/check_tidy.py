#!/usr/bin/env python3
"""clang-tidy over changed files, two at a time, remembering what was already found clean.

    check_tidy.py [--base REV] [--all] [--budget SECONDS]

Changed is what differs from REV (default: where this branch left origin/main or main, else the
commit before) in commits, index and working tree. A changed header is checked through the source
of its name, else through the shortest source that includes it. A result is remembered under
build/tidy-results by the content of the source, of every own header behind it, of .clang-tidy and
of the compile command. Files that the budget leaves over are named and counted as skipped.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from check_layers import includes_of
from source_tree import GIT, cpp_paths, program_root, read

TIDY = "clang-tidy-19"
PRESET = "tidy"


def git(root, *arguments):
    done = subprocess.run([*GIT, "-C", str(root), *arguments], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def base_of(root):
    """The commit to compare with, or None when history does not reach that far."""
    head = git(root, "rev-parse", "HEAD")
    for branch in ("origin/main", "main"):
        fork = git(root, "merge-base", branch, "HEAD")
        if fork and fork != head:
            return fork
    return git(root, "rev-parse", "--verify", "--quiet", "HEAD~1")


def changed(root, base):
    names = git(root, "diff", "--name-only", "--diff-filter=d", base, "--")
    if names is None:
        sys.exit(f"check_tidy: git knows no commit '{base}'; name one with --base")
    untracked = git(root, "ls-files", "--others", "--exclude-standard") or ""
    return {Path(name) for name in (names + "\n" + untracked).split("\n") if name.endswith((".cpp", ".h"))}


class Includes:
    """Which own headers stand behind each file."""

    def __init__(self, root):
        self.root = root
        self.direct = {}
        for path in cpp_paths(root):
            self.direct[path] = [Path(h) for _, h, quoted in includes_of(read(root, path)) if quoted]

    def behind(self, path):
        found, open_paths = set(), [path]
        while open_paths:
            for header in self.direct.get(open_paths.pop(), []):
                if header not in found:
                    found.add(header)
                    open_paths.append(header)
        return sorted(found)


def compile_commands(root):
    """{source: command} of the preset, configured anew: it is quick and never stale."""
    done = subprocess.run(["cmake", "--preset", PRESET], cwd=root, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{done.stdout}{done.stderr}check_tidy: cannot configure the preset '{PRESET}' (output above)")
    entries = json.loads((root / "build" / PRESET / "compile_commands.json").read_text())
    return {Path(entry["file"]).relative_to(root): entry["command"] for entry in entries}


def sources_for(paths, includes, commands, root):
    """The sources whose check covers the paths."""
    chosen = {path for path in paths if path in commands}
    for header in sorted(path for path in paths if path.suffix == ".h"):
        twin = header.with_suffix(".cpp")
        if twin in commands:
            chosen.add(twin)
            continue
        readers = [source for source in commands if header in includes.behind(source)]
        if readers and not chosen & set(readers):
            chosen.add(min(readers, key=lambda source: ((root / source).stat().st_size, source)))
    return sorted(chosen)


def fingerprint(root, source, includes, command, version):
    digest = hashlib.sha256(f"{version}\n{command.replace(str(root), '')}\n".encode())
    for path in [Path(".clang-tidy"), source, *includes.behind(source)]:
        if (root / path).is_file():
            digest.update(f"{path}\n".encode() + (root / path).read_bytes())
    return digest.hexdigest()


DIAGNOSTIC = re.compile(r"^\S+?:\d+:\d+: (error|warning): .*$", re.MULTILINE)


def sort_out(said, own_header=None):
    """(errors, advice) of clang-tidy's output: lists of diagnostics with the lines that belong to them.

    own_header: the one a source is named after, which it includes first even when another brings it too.
    """
    errors, advice = [], []
    starts = [match.start() for match in DIAGNOSTIC.finditer(said)]
    for start, end in zip(starts, starts[1:] + [len(said)]):
        piece = said[start:end].strip()
        first = piece.split("\n", 1)[0]
        if "no header providing" in first:
            continue  # see .clang-tidy
        if own_header and f"included header {own_header} is not used" in first:
            continue
        if "is not used directly" in first:
            errors.append(piece.replace(": warning: ", ": error: ", 1))
        elif " error: " in first:
            errors.append(piece)
        else:
            advice.append(first)
    return errors, advice


def run_tidy(root, source):
    """(errors, advice) of one source."""
    command = [TIDY, "--quiet", "-p", f"build/{PRESET}", str(source)]
    done = subprocess.run(command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    own_header = source.stem.removesuffix("_test") + ".h"
    errors, advice = sort_out(done.stdout.replace(f"{root}/", ""), own_header)
    if done.returncode != 0 and not errors:
        errors = [f"{source}: {TIDY} ended with {done.returncode}\n{done.stderr.strip()}"]
    return errors, advice


def main():
    parser = argparse.ArgumentParser(description="clang-tidy over changed files.")
    parser.add_argument("--root", type=Path, default=program_root())
    parser.add_argument("--all", action="store_true", help="every source")
    parser.add_argument("--base", help="compare with this commit")
    parser.add_argument("--budget", type=float, default=float("inf"), help="start no file after SECONDS")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    begun = time.monotonic()

    includes, commands = Includes(root), compile_commands(root)
    if arguments.all:
        sources = sorted(path for path in commands if path in includes.direct)
    else:
        base = arguments.base or base_of(root)
        if base is None:
            print("no commit to compare with (a shallow clone?): skipped; name one with --base, or use --all")
            return 0
        sources = sources_for(changed(root, base), includes, commands, root)

    version = subprocess.run([TIDY, "--version"], capture_output=True, text=True).stdout
    version = re.search(r"version (\S+)", version).group(1)
    results = root / "build" / "tidy-results"
    results.mkdir(parents=True, exist_ok=True)

    def check(source):
        """(errors, advice), or None when the budget is used up."""
        remembered = results / fingerprint(root, source, includes, commands[source], version)
        if remembered.exists():
            return [], remembered.read_text().splitlines()
        if time.monotonic() - begun > arguments.budget:
            return None
        errors, advice = run_tidy(root, source)
        if not errors:
            remembered.write_text("\n".join(advice))
        return errors, advice

    left_over, errors, advice = [], [], []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for source, found in zip(sources, pool.map(check, sources)):
            if found is None:
                left_over.append(source)
                continue
            errors += found[0]
            advice += found[1]
    for text in [*sorted(set(errors)), *sorted(set(advice))]:
        print(text)
    if left_over:
        print(f"not checked within {arguments.budget:.0f} s: {' '.join(map(str, left_over))}")
    print(f"{len(sources) - len(left_over)} of {len(sources)} sources checked, {len(set(errors))} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
