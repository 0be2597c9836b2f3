"""Hostile, slow and many clients: each is refused or waits, and nobody else notices."""

import contextlib
import json
import re
import resource
import signal
import time

import framework
from framework import DONE, equal
from server import Server, served_chain

LEDGER = "ltc-regtest"
IDLE = 10_000
HOST = b"Host: localhost\r\n"
JSON = b"Content-Type: application/json\r\n"


def get(target, more=b"", host=HOST):
    return b"GET " + target + b" HTTP/1.1\r\n" + host + more + b"Connection: close\r\n\r\n"


def post(body, more=JSON, length=None):
    size = str(len(body) if length is None else length).encode()
    return (b"POST /v1/exposure HTTP/1.1\r\n" + HOST + more + b"Content-Length: " + size
            + b"\r\nConnection: close\r\n\r\n" + body)  # fmt: skip


MALFORMED = [
    # (what is sent, statuses that may come back; 0: the connection is closed)
    (b"", {0}),
    (b"\x16\x03\x01\x02\x00\x01", {400, 0}),
    (b"nonsense\r\n\r\n", {400}),
    (b"GET / HTTP/3.0\r\n" + HOST + b"\r\n", {505, 400}),
    (get(b"/v1/lists", host=b""), {400}),
    (get(b"/v1/lists", host=HOST + HOST), {400}),
    (get(b"/v1/lists", host=b"Host: evil.example\r\n"), {421}),
    (get(b"http://localhost/v1/lists"), {400}),
    (get(b"/../../etc/passwd"), {400}),
    (get(b"/v1/%2e%2e/lists"), {400}),
    (get(b"/v1/addresses/ltc-regtest/a%2fb"), {400}),
    (get(b"/v1/addresses/ltc-regtest/a%00"), {400}),
    (get(b"/v1/addresses/ltc-regtest/a%252e"), {400}),
    (get(b"/v1/addresses/ltc-regtest/%ff%fe"), {400}),
    (get(b"/v1/addresses/ltc-regtest/%zz"), {400}),
    (get(b"/v1/addresses/nochain/abc"), {400}),
    (get(b"//v1/lists"), {400}),
    (get(b"/v1/lists/"), {404}),
    (get(b"/v1/lists?name=a&name=b"), {400}),
    (get(b"/" + b"a" * 9_000), {414}),
    (get(b"/v1/lists", b"X-Long: " + b"a" * 20_000 + b"\r\n"), {431}),
    (get(b"/v1/lists", b"".join(b"X-%d: a\r\n" % n for n in range(100))), {431}),
    (get(b"/v1/lists", b"X-Bad\r\n"), {400}),
    (get(b"/v1/lists", b"X-Request-Id: a\r\n X: folded\r\n"), {200, 400}),
    (get(b"/v1/lists", b"Accept: image/png\r\n"), {406}),
    (get(b"/v1/lists", b"Expect: 100-continue\r\n"), {200}),
    (get(b"/v1/lists", b"Expect: 200-maybe\r\n"), {417}),
    (get(b"/v1/lists", b"Content-Length: 5\r\n") + b"hello", {400}),
    (b"BREW /v1/lists HTTP/1.1\r\n" + HOST + b"\r\n", {405, 501}),
    (post(b"{}", more=b""), {415}),
    (post(b"{}", more=b"Content-Type: text/plain\r\n"), {415}),
    (post(b"", length=0), {411}),
    (post(b"{" * 100_000), {400}),
    (post(b"[" * 100_000 + b"]" * 100_000), {400}),
    (post(b'{"subject":"\xff\xfe"}'), {400}),
    (post(b'{"subject":' + b"1" * 5_000 + b"}"), {400}),
    (post(b'{"subject":"' + b"a" * 2_000 + b'"}'), {400}),
    (post(b"{}", length=99_999_999), {413}),
    (post(b"{}", length=-1), {400}),
    (post(b"{}", more=JSON + b"Content-Length: 3\r\n"), {400}),
    (post(b"{}", more=JSON + b"Transfer-Encoding: chunked\r\n"), {400}),
    (post(b"{}", more=JSON + b"Transfer-Encoding: gzip\r\n"), {400, 501}),
    (post(b"{}", more=JSON + b"Transfer-Encoding: gzip, chunked\r\n"), {400, 501}),
    (b"POST /v1/exposure HTTP/1.1\r\n" + HOST + JSON + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", {400}),
]


def malformed(server):
    for data, allowed in MALFORMED:
        got = server.raw(data)
        found = re.match(rb"HTTP/1\.[01] (\d{3}) ", got)
        status = int(found.group(1)) if found else 0
        assert status in allowed, f"{data[:120]!r}: {got[:300]!r}, expected {allowed}"
        if status >= 400:
            head, _, body = got.partition(b"\r\n\r\n")
            equal(set(json.loads(body)), {"code", "message", "hint", "request_id"}, f"the shape of {data[:80]!r}")
            assert b"evil" not in head and head.count(b"\r\nX-Request-Id:") == 1, head
    equal(server.get("/healthz").body, b"ok\n", "the server after all that")


def pipelined(server):
    """Answers come in the order of the questions."""
    paths = [b"/healthz", b"/v1/lists", b"/nope", b"/healthz"]
    got = server.raw(b"".join(b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n" for path in paths))
    equal(re.findall(rb"HTTP/1.1 (\d{3})", got), [b"200", b"200", b"404", b"200"], "four answers on one connection")


def idle_clients(server):
    """Those who say nothing cost no one else anything."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (IDLE + 1_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with contextlib.ExitStack() as stack:
        for _ in range(IDLE):
            stack.enter_context(server.connect())
        begun = time.monotonic()
        for _ in range(20):
            equal(server.get("/healthz").body, b"ok\n", "among idle clients")
        print(f"{IDLE} idle clients; 20 new ones answered in {time.monotonic() - begun:.3f} s")
        text = server.get("/metrics").body.decode()
        held = int(re.search(r"wagetrail_connections (\d+)", text).group(1))
        assert held >= IDLE, text


def slow_clients(server):
    """A request that comes letter by letter is cut off in the end, and until then nobody waits."""
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(server.connect()) for _ in range(50)]
        for client in slow[:25]:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHo")
        for client in slow[25:]:
            client.sendall(b"POST /v1/exposure HTTP/1.1\r\n" + HOST + JSON + b"Content-Length: 100\r\n\r\n{")
        equal(server.get("/readyz").body, b"ready\n", "while slow ones are served")
        equal(slow[0].recv(65536), b"", "a slow client's connection")
    text = server.get("/metrics").body.decode()
    assert int(re.search(r"wagetrail_cut_off_total (\d+)", text).group(1)) > 0, text


def one_too_many(t):
    """A peer beyond its rate is told when to come again."""
    server = Server(t, "--rate", 5)
    statuses = [server.get("/v1/lists", expect=None) for _ in range(14)]
    refused = [reply for reply in statuses if reply.status == 429]
    assert refused and statuses[0].status == 200, [reply.status for reply in statuses]
    assert int(refused[0].headers["Retry-After"]) >= 1, "Retry-After"
    equal(statuses[0].headers["X-RateLimit-Limit"], "10", "limit")
    for _ in range(20):
        server.get("/healthz")  # whoever watches over it is not refused
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")


def stops_politely(t, subjects):
    """Who was asking gets the whole answer; the process ends within ten seconds."""
    server = Server(t)
    connection = server.open()
    body = json.dumps({"subjects": subjects * 40})
    headers = {"Content-Type": "application/json", "Accept": "application/x-ndjson"}
    connection.request("POST", "/v1/exposure", body, headers)
    idle = server.connect()
    response = connection.getresponse()
    begun = time.monotonic()
    server.running.signal(signal.SIGTERM)
    lines = response.read().splitlines()
    equal(len(lines), len(subjects) * 40, "lines of a stream that began before the end")
    equal(server.running.wait(12).code, DONE, "exit code")
    assert time.monotonic() - begun < 11, "longer than the grace"
    equal(idle.recv(10), b"", "an idle client")


def story(t):
    chain = served_chain(t, LEDGER, 200)
    server = Server(t)
    malformed(server)
    pipelined(server)
    idle_clients(server)
    slow_clients(server)
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "a polite end")
    one_too_many(t)
    subjects = [line.split(",")[3] for line in (chain / "payroll-northwind.csv").read_text().splitlines()[1:6]]
    stops_politely(t, subjects)


if __name__ == "__main__":
    framework.main(story)
