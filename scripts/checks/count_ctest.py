#!/usr/bin/env python3
"""Prints what failed and what was skipped in ctest's JUnit file, and the counts as the last line."""

import sys
import xml.etree.ElementTree as ElementTree


def main():
    try:
        suite = ElementTree.parse(sys.argv[1]).getroot()
    except (OSError, ElementTree.ParseError) as error:
        print(f"ctest left no results: {error}")
        print("0 passed, 1 failed, 0 skipped")
        return 1
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for case in suite.iter("testcase"):
        # "run", "fail", "notrun" (skipped, or its program is missing), "disabled"
        status = case.get("status")
        outcome = {"run": "passed", "fail": "failed", "disabled": "skipped"}.get(status, "skipped")
        said = (case.findtext("system-out") or "").strip()
        reason = case.find("skipped")
        if status == "notrun" and reason is not None and "SKIP" not in (reason.get("message") or "").upper():
            outcome = "failed"
        # A test that says it skips and fails all the same has failed.
        if outcome == "skipped" and "FAILED:" in said:
            outcome = "failed"
        counts[outcome] += 1
        if outcome == "failed":
            print(f"failed: {case.get('name')}\n    " + said.replace("\n", "\n    "))
        if outcome == "skipped":
            sentence = next((line for line in said.splitlines() if "skip" in line.lower()), "")
            print(f"skipped: {case.get('name')}  {sentence.strip()}".rstrip())
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
