"""The README's first command and its tour, run as a newcomer would; what it quotes is printed."""

import re
import subprocess

import framework
from framework import DONE, FOUND, ROOT, contains, equal

TIMEOUT = 900


def bash(t, script, codes):
    environment = {k: v for k, v in t.environment().items() if k != "WAGETRAIL_HOME"}
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)  # fmt: skip
    assert done.returncode in codes, f"{script}\nended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def served_commands(commands):
    """The server in the background, then what is asked of it, when it can answer."""
    begin = next(i for i, line in enumerate(commands) if line.startswith("wagetrail serve"))
    ready = "for i in {1..100}; do curl -sf localhost:8650/readyz >/dev/null && break; sleep 0.1; done"
    asked = [line for line in commands[begin + 1 :] if line.startswith("curl ")]
    assert len(asked) == 5, asked
    return [commands[begin], "trap 'kill %1; wait' EXIT", ready, *asked]


def story(t):
    for program in ("wagetrail", "wagetrail-sim", "wagetrail-verify"):
        t.program(program)
    if framework.BIN != ROOT / "build" / "release" / "bin":
        raise framework.Skip("the demo builds its own programs; these are others (WAGETRAIL_BIN)")
    demo = bash(t, "scripts/demo", {DONE})
    contains(demo, "LISTED_AT_PAYMENT")
    contains(demo, "nothing reached the target")

    readme = (ROOT / "README.md").read_text()
    tour = readme[readme.index("## Five minutes") : readme.index("## With your own node")]
    blocks = re.findall(r"```(\w*)\n(.*?)```", tour, re.DOTALL)
    commands = [line for kind, text in blocks if kind == "sh" for line in text.splitlines()]
    quoted = [text for kind, text in blocks if not kind]
    assert len(commands) > 6 and quoted, "the tour has lost its examples"
    setup = next(line for line in commands if line.startswith("export "))
    printed = "".join(
        bash(t, f"{setup}\n{command}", {DONE, FOUND}) for command in commands if command.startswith(("wagetrail ", "wagetrail-verify ")) and not command.endswith("&"))  # fmt: skip
    served = bash(t, "\n".join([setup, *served_commands(commands)]), {DONE})
    for text in quoted:
        for line in text.splitlines():
            contains(printed + served, line)
    # Every command of the program is in the README.
    helped = t.wagetrail("--help").out
    for command in re.findall(r"^  (\w+) ", helped[helped.index("Subcommands:") :], re.MULTILINE):
        contains(readme, command)
    equal(t.wagetrail("--version").code, DONE)


framework.main(story)
