#!/usr/bin/env python3
"""One case: check_case.py FILE COMPILER FLAG...

As it stands the file must compile; with MUST_NOT_COMPILE defined it must not, and the first error
must be in the file itself: an error in a header would be another mistake than the one meant.
"""

import re
import subprocess
import sys
from pathlib import Path


def compile_case(command, *more):
    done = subprocess.run([*command, *more], capture_output=True, text=True)
    return done.returncode == 0, done.stdout + done.stderr


def main():
    case, command = Path(sys.argv[1]), [*sys.argv[2:], sys.argv[1]]
    compiles, said = compile_case(command)
    if not compiles:
        sys.exit(f"{case.name} does not compile even without the mistake:\n{said}")
    compiles, said = compile_case(command, "-DMUST_NOT_COMPILE")
    if compiles:
        sys.exit(f"{case.name} compiles with the mistake in it: no type prevents it any more")
    first = next(line for line in said.splitlines() if re.search(r"\b(fatal )?error:", line))
    if not first.startswith(str(case)):
        sys.exit(f"{case.name} fails for another reason than its mistake:\n{said}")
    print(first.removeprefix(str(case.parent) + "/"))


if __name__ == "__main__":
    main()
