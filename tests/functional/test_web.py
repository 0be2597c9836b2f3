"""The explorer in a real browser: the analyst's story, light and dark, wide and narrow; what it costs."""

import json
import os
import shutil
import subprocess

import framework
from contract import payouts
from framework import DONE, equal
from npm_folder import installed
from server import Server, served_chain

LEDGER = "ltc-regtest"
HOSTILE = "<img src=x onerror=alert(1)>"
TIMEOUT = 400


def runs(folder, script, *arguments):
    """A script beside this file, with the packages of the folder."""
    source = framework.ROOT / "tests" / "functional" / "web"
    for file in source.glob("*.mjs"):
        shutil.copy(file, folder)
    done = subprocess.run(["node", script, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=300)
    print(done.stdout, end="")
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"


def member_of_several(t, rows):
    """A payee whose entity has several addresses."""
    for row in rows:
        entity = t.ask("entity", row["address"])["result"]
        if 1 < entity["size"] < 20:
            return row["address"]
    raise AssertionError("no payee has an entity of several addresses")


def story(t):
    folder = installed("web")
    if not os.access(os.environ.get("WAGETRAIL_CHROMIUM", "/usr/bin/chromium"), os.X_OK):
        raise framework.Skip("chromium is missing; install it with scripts/install_deps")
    chain = served_chain(t, LEDGER, 300)
    t.wagetrail("labels", "import", chain / "services.yaml")
    rows = payouts(chain, "northwind")
    t.wagetrail("labels", "add", rows[0]["address"], "--label", HOSTILE, "--category", "user", "--author", "me",
                "--reason", "</textarea><script>alert(2)</script>")  # fmt: skip
    shots = framework.ROOT / "build" / "functional" / "shots"
    shots.mkdir(parents=True, exist_ok=True)
    key = t.ask("keys", "add", "analyst")["key"]
    server = Server(t)
    guarded = Server(t, "--read-only", "--require-key")
    url = server.url.geturl()
    facts = {
        "url": f"{url}/",
        "guarded": f"{guarded.url.geturl()}/",
        "key": key,
        "block280": t.ask("show", 280)["result"]["block_hash"],
        "wallet": rows[0]["employer_wallet"],
        "member": member_of_several(t, rows),
        "payouts": str(chain / "payroll-northwind.csv"),
        "hostile": rows[0]["address"],
        "hostileLabel": HOSTILE,
        "shots": str(shots),
    }
    (t.directory / "facts.json").write_text(json.dumps(facts))
    runs(folder, "story.mjs", t.directory / "facts.json")
    runs(folder, "speed.mjs", f"{url}/")
    for each in (server, guarded):
        each.running.signal()
        equal(each.running.wait(12).code, DONE, "a polite end")


if __name__ == "__main__":
    framework.main(story)
