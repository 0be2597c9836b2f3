"""A disk that is full, or cannot be written: said as such, in time, and over by itself."""

import shutil
import subprocess

import framework
from ballast import Ballast
from framework import DONE, contains, equal, wait_for
from server import Server, served_chain

LEDGER = "ltc-regtest"
CASE = {"title": "x", "content": {"text": "y" * 200_000}}


def ready(server):
    return server.get("/readyz", expect=None).status == 200


def full(t, disk, address):
    """Nothing is answered that cannot be recorded; what is not recorded (the page, probes) still is."""
    ballast = Ballast(disk)
    server = Server(t, home=disk / "home")
    path = f"/v1/addresses/{LEDGER}/{address}"
    answer = server.get(path).body
    assert ready(server), "not ready"
    ballast.fill(leave=4 << 20)
    soon = server.get("/readyz", expect=503).json
    equal(soon["code"], "disk_trouble", "readiness before a write fails")
    contains(soon["message"], "less than 8 MiB")
    equal(server.get(path).body, answer, "what is asked all the same")
    ballast.keep_full()
    # The file may have some room of its own yet.
    wait_for(lambda: server.post("/v1/cases", CASE, expect=None).status != 200, "the disk to be full")
    wait_for(lambda: not ready(server), "not ready")
    refused = server.get("/readyz", expect=503).json
    equal(refused["code"], "disk_trouble", "why it is not ready")
    refused = server.get(path, expect=503)
    equal((refused.json["code"], refused.headers["Retry-After"]), ("disk_trouble", "5"), "a question meanwhile")
    contains(refused.json["hint"], "its disk")
    equal(server.get("/healthz").body, b"ok\n", "alive")
    ballast.remove()
    wait_for(lambda: ready(server), "ready again")
    equal(server.get(path).body, answer, "the same answer")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")
    contains(t.wagetrail("audit", "verify", home=disk / "home").out, "unbroken")
    # Without the audit log what has to be kept is refused.
    careless = Server(t, "--no-audit", home=disk / "home")
    ballast = Ballast(disk)
    ballast.keep_full()
    wait_for(lambda: careless.post("/v1/cases", CASE, expect=None).status == 503, "cases to be refused")
    assert not ready(careless), "ready without room for jobs and cases"
    equal(careless.post("/v1/cases", CASE, expect=503).json["code"], "disk_trouble", "a case")
    careless.get("/v1/status")  # needs nothing from SQLite, whose readers need a little room
    ballast.remove()
    careless.post("/v1/cases", CASE)
    careless.running.signal()
    equal(careless.running.wait(12).code, DONE, "end")


def frozen(t, disk, address):
    """A read-only server on a disk that is mounted so; every answer as before."""
    path = f"/v1/lists/check/{address}"
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    server = Server(t, "--read-only", home=disk / "home")
    assert ready(server), "not ready"
    server.get(path)
    server.get(f"/v1/addresses/{LEDGER}/{address}/exposure")
    server.get("/v1/lists")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")
    t.wagetrail("lists", "ls", home=disk / "home")
    said = t.fails(framework.FAILURE, "not writable|Read-only", "serve", "--listen", "127.0.0.1:0", home=disk / "home")
    assert "--read-only" in said.err or "Read-only" in said.err, said


def story(t):
    chain = served_chain(t, LEDGER, 120)
    address = t.ask("lists", "search", "SIMULATED")["result"]["hits"][0]["addresses"][0]["address"]
    disk = t.small_disk(32)
    shutil.copytree(t.home, disk / "home")
    assert chain.exists()
    full(t, disk, address)
    frozen(t, disk, address)


if __name__ == "__main__":
    framework.main(story)
