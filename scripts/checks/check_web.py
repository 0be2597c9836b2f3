#!/usr/bin/env python3
"""Types and markup of the explorer, by svelte-check; fetches it from the npm registry when it is not there."""

import subprocess
import sys

from source_tree import root_argument


def main():
    web = root_argument(__doc__) / "server" / "web"
    if not (web / "node_modules" / ".package-lock.json").exists():
        fetched = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=web)
        if fetched.returncode:
            return 1
    done = subprocess.run(["npm", "run", "--silent", "check"], cwd=web, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout + done.stderr)
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
