"""What the server keeps: keys and their scopes, the audit log, jobs, replies; and that a kill loses none of it."""

import http.client
import re
import signal
import sqlite3
import subprocess
import threading
import time

import framework
from framework import DONE, UNKNOWN, USAGE, contains, equal, wait_for
from server import Server, served_chain

LEDGER = "ltc-regtest"
FAILURE = 4


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def new_key(t, name, *options):
    return t.ask("keys", "add", name, *options)["key"]


def keys_open_doors(t):
    """A key has its scopes and its rate; without one nobody is answered, if keys are required."""
    t.fails(USAGE, "there is no key", "serve", "--require-key", "--listen", "127.0.0.1:0")
    all_of_it = new_key(t, "analyst")
    lists = new_key(t, "withdrawals", "--scope", "lists", "--rate", 3)
    assert re.fullmatch(r"wtk_[0-9a-f]{64}", lists), lists
    t.fails(USAGE, "already called", "keys", "add", "analyst")
    t.fails(USAGE, "no name for a key", "keys", "add", "An Analyst")
    t.fails(USAGE, "no scope; they are lists, chain, exposure, trace, metrics", "keys", "add", "x", "--scope", "all")
    equal([(key["name"], key["scopes"], key["per_second"]) for key in t.ask("keys", "ls")["keys"]],
          [("analyst", ["lists", "chain", "exposure", "trace", "metrics"], 0), ("withdrawals", ["lists"], 3)],
          "keys")  # fmt: skip
    assert all_of_it.encode() not in (t.home / "server.sqlite").read_bytes(), "the key itself is stored"
    equal((t.home / "server.sqlite").stat().st_mode & 0o077, 0, "who else may read the state")
    server = Server(t, "--require-key")
    equal(server.get("/healthz").body, b"ok\n", "open to all")
    nobody = server.get("/v1/status", expect=401)
    equal((nobody.json["code"], nobody.headers["WWW-Authenticate"]), ("unauthorized", "Bearer"), "without a key")
    for headers in (bearer(all_of_it), {"X-API-Key": all_of_it}, {"Authorization": all_of_it}):
        server.get("/v1/status", headers=headers)
    for wrong in ("wtk_" + "0" * 64, "", all_of_it[:-1], "Basic YTpi"):
        server.get("/v1/status", headers={"Authorization": wrong}, expect=401)
    server.get("/v1/status", headers={**bearer(all_of_it), "X-API-Key": lists}, expect=401)  # who is it?
    equal(server.get("/v1/status", headers=bearer(lists), expect=403).json["code"], "forbidden", "another scope")
    replies = [server.get("/v1/lists", headers=bearer(lists), expect=None) for _ in range(9)]
    assert any(reply.status == 429 for reply in replies), [reply.status for reply in replies]
    equal(replies[0].headers["X-RateLimit-Limit"], "6", "the key's own burst")
    for _ in range(9):
        server.get("/v1/lists", headers=bearer(all_of_it))
    t.wagetrail("keys", "revoke", "analyst")
    wait_for(lambda: server.get("/v1/status", headers=bearer(all_of_it), expect=None).status == 401, "the end of a key")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")
    t.fails(UNKNOWN, "no key is called", "keys", "revoke", "nobody")


def a_mistyped_home(t):
    """Is refused, and not made: whoever revokes a key must not be told that it was none, or that it is done."""
    nowhere, empty = t.directory / "hoem", t.directory / "empty"
    for words in (("keys", "ls"), ("keys", "add", "x"), ("keys", "revoke", "analyst"), ("audit", "ls"), ("audit", "verify")):
        t.fails(UNKNOWN, f"no data directory .*{nowhere.name}", *words, home=nowhere)
        assert not nowhere.exists(), words
    empty.mkdir()
    equal(t.ask("keys", "ls", home=empty), {"keys": []}, "keys of a home without any")
    t.fails(UNKNOWN, "no key is called", "keys", "revoke", "analyst", home=empty)
    equal(list(empty.iterdir()), [], "what was left there")


def the_record(t):
    """Every answer is in the log, with who asked; nothing in it can be changed unseen."""
    whole = t.ask("audit", "verify")
    lines = t.ask("audit", "ls", "--limit", 1000)["entries"]
    equal(len(lines), whole["entries"], "lines of the log")
    assert {(line["caller"], line["status"]) for line in lines} >= {("analyst", 200), ("withdrawals", 403), ("", 401)}
    answered = next(line for line in lines if line["status"] == 200)
    assert re.fullmatch("[0-9a-f]{64}", answered["answer"]) and answered["took_us"] >= 0, answered
    contains(t.wagetrail("audit", "ls", "--limit", 5).out, "GET /v1/")
    noted = f"{whole['batches']}:{whole['sha256']}"
    t.wagetrail("audit", "verify", "--noted", noted)
    t.fails(USAGE, "no BATCH:SHA256", "audit", "verify", "--noted", "7")
    tampered = {
        "was changed": "UPDATE audit SET lines = CAST(replace(CAST(lines AS TEXT), 'GET', 'PUT') AS BLOB) WHERE number = 1",
        "is missing": "DELETE FROM audit WHERE number = 1",
        "does not follow": "UPDATE audit SET previous = zeroblob(31) WHERE number = 1",
    }
    for words, statement in tampered.items():
        with sqlite3.connect(t.home / "server.sqlite") as database:
            before = database.execute("SELECT * FROM audit WHERE number = 1").fetchone()
            database.execute(statement)
        t.fails(FAILURE, words, "audit", "verify")
        with sqlite3.connect(t.home / "server.sqlite") as database:
            database.execute("INSERT OR REPLACE INTO audit VALUES (?, ?, ?, ?, ?, ?)", before)
    with sqlite3.connect(t.home / "server.sqlite") as database:
        last = database.execute("SELECT * FROM audit ORDER BY number DESC LIMIT 1").fetchone()
        database.execute("DELETE FROM audit WHERE number = ?", last[:1])
    if whole["batches"] > 1:
        t.wagetrail("audit", "verify")
    t.fails(FAILURE, "was noted and is missing", "audit", "verify", "--noted", noted)
    with sqlite3.connect(t.home / "server.sqlite") as database:
        database.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", last)


def ended(server, path):
    def look():
        job = server.get(path).json
        return job if job["state"] not in ("queued", "running") else None

    return wait_for(look, "the end of the job")


def jobs(t, server, question, printed):
    """A question beyond the budget becomes a job, whose answer is that of the command line."""
    taken = server.post("/v1/traces", question, expect=202)
    path = taken.headers["Location"]
    equal(path, f"/v1/jobs/{taken.json['id']}", "where the job is")
    events = server.get(path, headers={"Accept": "text/event-stream"}).body.decode()
    names = re.findall(r"^event: (\w+)\ndata: \{.*\}\n$", events, re.M)
    assert names and names[-1] == "end" and set(names[:-1]) <= {"progress"}, events
    equal(ended(server, path)["state"], "done", "state")
    equal(server.get(f"{path}/answer").body.decode(), printed, "the answer of the job")
    # It has ended: nothing is left to cancel.
    equal(server.ask("DELETE", path).json["state"], "done", "state after DELETE")
    server.get("/v1/jobs/" + "0" * 32, expect=404)
    server.get(path, headers={"Accept": "image/png"}, expect=406)
    wrong = server.post("/v1/traces", {**question, "from": ["nonsense"]}, expect=400).json
    contains(wrong["message"], "no subject")


def replies(t, server, question, payee):
    """The same key is answered with the same bytes; with another request it is refused."""
    key = {"Idempotency-Key": "4c1b"}
    first = server.post("/v1/traces", question, headers=key, expect=202)
    again = server.post("/v1/traces", question, headers=key, expect=202)
    equal((first.body, first.headers["Location"]), (again.body, again.headers["Location"]), "the same job")
    other = server.post("/v1/traces", {**question, "max_hops": 2}, headers=key, expect=422).json
    equal(other["code"], "key_reused", "another request")
    asked = {"subject": payee}
    answer = server.post("/v1/exposure", asked, headers={"Idempotency-Key": "2"})
    equal(server.post("/v1/exposure", asked, headers={"Idempotency-Key": "2"}).body, answer.body, "the same answer")
    server.post("/v1/exposure", {"subject": "nonsense"}, headers={"Idempotency-Key": "3"}, expect=400)
    server.post("/v1/exposure", asked, headers={"Idempotency-Key": "3"})  # a refusal is not kept
    server.post("/v1/exposure", asked, headers={"Idempotency-Key": "x" * 300}, expect=400)


def two_servers(t):
    """One keeps the state; another may stand beside it and keep nothing."""
    t.fails(USAGE, "--read-only", "serve", "--listen", "127.0.0.1:0")
    t.fails(USAGE, "--read-only forbids", "serve", "--read-only", "--follow", f"{LEDGER}=files:/tmp")
    t.fails(USAGE, "no LEDGER=SOURCE", "serve", "--follow", LEDGER)
    t.fails(USAGE, "the source is no files:DIR", "serve", "--follow", f"{LEDGER}=bogus")
    for text in (f"{LEDGER}=bogus://me:secret@host", "rpc:http://me:secret@host"):
        assert "secret" not in t.fails(USAGE, "--follow", "serve", "--follow", text).err, "a password was printed"
    beside = Server(t, "--read-only", "--at-once", 3)
    beside.get("/v1/status")
    beside.get("/v1/jobs/" + "0" * 32, expect=404)
    return beside


class Load(threading.Thread):
    """Asks without a pause until the server is gone; counts what was answered."""

    def __init__(self, server, payee, number):
        super().__init__()
        self.server, self.payee, self.number, self.answered = server, payee, number, 0

    def run(self):
        try:
            for n in range(100_000):
                headers = {"Idempotency-Key": f"load {self.number} {n}"}
                self.server.post("/v1/exposure", {"subject": self.payee}, headers=headers)
                self.answered += 1
        except (OSError, AssertionError, Exception) as gone:  # noqa: BLE001 - any way of being cut off
            self.gone = gone


class Work(threading.Thread):
    """An analyst who saves a case again and again; knows the last revision that was acknowledged."""

    def __init__(self, server):
        super().__init__()
        self.server = server
        self.case = server.post("/v1/cases", {"title": "work", "content": {"step": 1}}).json

    def run(self):
        try:
            while True:
                step = self.case["revision"]
                body = {"title": "work", "content": {"step": step + 1, "notes": "x" * 2000}, "revision": step}
                self.case = self.server.post(f"/v1/cases/{self.case['id']}", body).json
        except (OSError, http.client.HTTPException):  # the server is gone
            pass


def killed_under_load(t, question, printed, payee):
    """kill -9 while it answers: keys, jobs, cases and the audit chain are what they were."""
    key = new_key(t, "survivor")
    server = Server(t, "--at-once", 3)
    waiting = [server.post("/v1/traces", question, expect=202).headers["Location"] for _ in range(12)]
    loads = [Load(server, payee, number) for number in range(4)]
    work = Work(server)
    for load in (*loads, work):
        load.start()
    wait_for(lambda: sum(load.answered for load in loads) > 20, "a load", 60)
    time.sleep(0.5)
    server.running.signal(signal.SIGKILL)
    for load in (*loads, work):
        load.join()
    before = t.ask("audit", "verify")
    assert before["entries"] > 20, before
    server = Server(t)
    server.get("/v1/status", headers=bearer(key))
    case = server.get(f"/v1/cases/{work.case['id']}").json
    assert work.case["revision"] > 3 and case["revision"] in (work.case["revision"], work.case["revision"] + 1), case
    equal(case["content"]["step"], case["revision"], "the content of that revision")
    for path in waiting:
        equal(ended(server, path)["state"], "done", f"{path} after the kill")
        equal(server.get(f"{path}/answer").body.decode(), printed, "its answer")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")
    after = t.ask("audit", "verify", "--noted", f"{before['batches']}:{before['sha256']}")
    assert after["entries"] > before["entries"], after
    with sqlite3.connect(t.home / "server.sqlite") as database:
        equal(database.execute("PRAGMA integrity_check").fetchone()[0], "ok", "the file")


def cancelled(t, question):
    """What waits is ended by DELETE, and stays so."""
    server = Server(t, "--at-once", 3)
    many = [server.post("/v1/traces", {**question, "policies": ["all"]}, expect=202).json["id"] for _ in range(30)]
    gone = server.ask("DELETE", f"/v1/jobs/{many[-1]}").json
    equal(gone["state"], "cancelled", "the last one")
    server.get(f"/v1/jobs/{many[-1]}/answer", expect=409)
    server.running.signal()  # with jobs that wait
    equal(server.running.wait(12).code, DONE, "end")
    server = Server(t)
    equal(ended(server, f"/v1/jobs/{many[-2]}")["state"], "done", "the one before, by the next server")
    equal(server.get(f"/v1/jobs/{many[-1]}").json["state"], "cancelled", "still")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")


def beyond_this_machine(t):
    """With keys and TLS it listens to others, and asks everybody for a key."""
    certificate, private = t.directory / "certificate.pem", t.directory / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", private, "-out", certificate, "-days", "2", "-subj", "/CN=localhost"],
                   check=True, capture_output=True)  # fmt: skip
    t.fails(USAGE, "--certificate and --private-key", "serve", "--listen", "0.0.0.0:0")
    server = Server(t, "--certificate", certificate, "--private-key", private, listen="0.0.0.0:0")
    server.get("/v1/status", expect=401)
    server.get("/v1/status", headers=bearer(new_key(t, "remote")), expect=None)
    wait_for(lambda: server.get("/healthz").status == 200, "the server")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")


def story(t):
    chain = served_chain(t, LEDGER, 300)
    payee = (chain / "payroll-northwind.csv").read_text().splitlines()[1].split(",")[3]
    question = {"from": [payee], "to": ["list:ofac-sdn"], "max_transactions": 50000}
    printed = t.wagetrail("trace", "--from", payee, "--to", "list:ofac-sdn", "--max-transactions", 50000,
                          "--json", expect=None).out  # fmt: skip
    keys_open_doors(t)
    a_mistyped_home(t)
    the_record(t)
    server = Server(t, "--at-once", 3)
    jobs(t, server, question, printed)
    replies(t, server, question, payee)
    beside = two_servers(t)
    limit = beside.post("/v1/traces", question, expect=422).json
    equal(limit["code"], "limit_met", "a server that keeps nothing")
    for each in (server, beside):
        each.running.signal()
        equal(each.running.wait(12).code, DONE, "end")
    killed_under_load(t, question, printed, payee)
    cancelled(t, question)
    beyond_this_machine(t)
    t.wagetrail("audit", "verify")


if __name__ == "__main__":
    framework.main(story)
