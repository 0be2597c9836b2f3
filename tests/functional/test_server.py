"""Every route of the table gives what it says: the bytes of the command line, and the schema's shape."""

import json
import subprocess

import framework
from contract import Contract, payouts, same
from framework import DONE, USAGE, contains, equal, wait_for
from server import Server, served_chain

LEDGER = "ltc-regtest"
SCREENED = "12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S"


def questions_of_the_chain(t, api, payout):
    address, txid = payout["address"], payout["tx_hash"]
    at = f"{LEDGER}/{address}"
    route = "/v1/addresses/{ledger}/{address}"
    same(t, api.ask("GET", route, f"/v1/addresses/{at}"), "show", address)
    same(t, api.ask("GET", route, f"/v1/addresses/{at}?as_of=200"), "show", address, "--as-of", 200)
    same(t, api.ask("GET", f"{route}/history", f"/v1/addresses/{at}/history?limit=2"),
         "show", address, "--history", "--limit", 2)  # fmt: skip
    same(t, api.ask("GET", f"{route}/entity", f"/v1/addresses/{at}/entity?level=L0"), "entity", address, "--level", "L0")
    same(t, api.ask("GET", f"{route}/exposure", f"/v1/addresses/{at}/exposure?details=true"),
         "exposure", address, "--details")  # fmt: skip
    same(t, api.ask("GET", "/v1/transactions/{ledger}/{id}", f"/v1/transactions/{LEDGER}/{txid}"), "show", txid)
    entity = f"{LEDGER}:{address}"
    same(t, api.ask("GET", "/v1/entities/{id}", f"/v1/entities/{entity}"), "entity", entity)
    same(t, api.ask("GET", "/v1/entities/{id}/members", f"/v1/entities/{entity}/members?limit=1"),
         "entity", entity, "--limit", 1)  # fmt: skip
    same(t, api.ask("GET", "/v1/entities/{id}/explain", f"/v1/entities/{entity}/explain"), "entity", entity, "--history")
    for path in (f"{route}/neighbors", "/v1/entities/{id}/neighbors"):
        at_path = path.replace("{ledger}/{address}", at).replace("{id}", entity)
        answer = api.ask("GET", path, f"{at_path}?direction=in").json["result"]
        assert answer["on_chain"] and answer["count"] >= len(answer["neighbors"]) > 0, answer
    t.wagetrail("labels", "add", address, "--label", "payee", "--category", "user", "--author", "me", "--reason", "test")
    labels = wait_for(lambda: api.ask("GET", f"{route}/labels", f"/v1/addresses/{at}/labels").json["result"]["labels"],
                      "the label")  # fmt: skip
    equal((labels, labels[0]["label"]), (t.ask("show", address)["result"]["labels"], "payee"), "labels")
    members = t.ask("entity", address)["result"]["addresses"]
    other = members[-1]["address"] if isinstance(members[-1], dict) else members[-1]
    same(t, api.ask("GET", "/v1/entities/{id}/explain/{address}", f"/v1/entities/{entity}/explain/{other}"),
         "explain", entity, other)  # fmt: skip


def questions_that_follow(t, api, chain, payout):
    address = payout["address"]
    asked = {"from": [address], "to": ["list:ofac-sdn"], "policies": ["all"], "max_hops": 8, "max_transactions": 50000}
    same(t, api.ask("POST", "/v1/traces", body=asked),
         "trace", "--from", address, "--to", "list:ofac-sdn", "--policy", "all", "--max-hops", 8,
         "--max-transactions", 50000)  # fmt: skip
    ways = {"from": [address], "to": ["list:ofac-sdn"], "rank": "hops", "count": 2, "max_transactions": 50000}
    same(t, api.ask("POST", "/v1/paths", body=ways),
         "paths", "--from", address, "--to", "list:ofac-sdn", "--rank", "hops", "--k", 2,
         "--max-transactions", 50000)  # fmt: skip
    # A table of payouts comes along; its name opens nothing.
    table = (chain / "payroll-northwind.csv").read_text()
    given = api.ask("POST", "/v1/traces", body={"from": ["mine.csv"], "files": {"mine.csv": table}}).json
    printed = t.ask("trace", "--from", chain / "payroll-northwind.csv", "--max-transactions", 100000, expect=None)
    equal(given["result"]["policies"], printed["result"]["policies"], "the same payouts")
    refused = api.ask("POST", "/v1/traces", body={"from": [str(chain / "payroll-northwind.csv")]}, expect=400).json
    contains(refused["message"], "there is no file")


def moments_to_come(api, payout):
    """What is asked as of a moment that has not come would be answered otherwise later."""
    address, later = payout["address"], "2099-01-01"
    at = f"/v1/addresses/{LEDGER}/{address}"
    for path in (at, f"{at}/exposure", f"{at}/neighbors", f"/v1/entities/{LEDGER}:{address}", f"/v1/lists/check/{SCREENED}"):
        for pin in ("as_of", "known_at"):
            refused = api.server.get(f"{path}?{pin}={later}", expect=400).json
            contains(refused["message"], f"{pin} {later} is in the future")
    for path, asked in (("/v1/traces", {"from": [address]}), ("/v1/paths", {"from": [address], "to": [address]}),
                        ("/v1/pictures", {"around": [address]}), ("/v1/exports", {"from": [address]}),
                        ("/v1/exposure", {"subject": address})):  # fmt: skip
        for wrong, words in (({"as_of": later}, f"as_of {later} is in the future"),
                             ({"known_at": later}, f"known_at {later} is in the future")):  # fmt: skip
            headers = {"Accept": "*/*", "Prefer": "respond-async"}
            refused = api.server.post(path, {**asked, **wrong}, headers=headers, expect=400).json
            contains(refused["message"], words)
    for path, asked in (("/v1/traces", {"from": [address]}), ("/v1/exposure", {"subject": address})):
        refused = api.server.post(path, {**asked, "policies": ["fifo", "lifo", "fifo"]}, expect=400).json
        contains(refused["message"], '"fifo" is named twice')


def a_job(t, api, payout):
    """A client that prefers to come back later."""
    asked = {"from": [payout["address"]], "to": ["list:ofac-sdn"], "count": 1, "max_transactions": 50000}
    taken = api.ask("POST", "/v1/paths", body=asked, headers={"Prefer": "respond-async"}, expect=202)
    path = taken.headers["Location"]
    api.ask("GET", "/v1/jobs/{id}", path, accept="text/event-stream")
    equal(api.ask("GET", "/v1/jobs/{id}", path).json["state"], "done", "after its events")
    head = api.server.ask("HEAD", path, headers={"Accept": "text/event-stream"})
    equal((head.body, head.headers["Content-Type"]), (b"", "text/event-stream"), "HEAD of a stream")
    both = "".join(f"HEAD {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {kind}\r\n\r\n"
                   for kind in ("text/event-stream", "application/json"))  # fmt: skip
    heads = api.server.raw(both.encode()).decode().split("\r\n\r\n")
    equal([head[:15] for head in heads], ["HTTP/1.1 200 OK", "HTTP/1.1 200 OK", ""], "two heads and no body")
    same(t, api.ask("GET", "/v1/jobs/{id}/answer", f"{path}/answer"),
         "paths", "--from", payout["address"], "--to", "list:ofac-sdn", "--k", 1,
         "--max-transactions", 50000)  # fmt: skip
    api.ask("DELETE", "/v1/jobs/{id}", path)
    # What cannot be answered is said at once, not by a job that fails later.
    said_at_once(api, payout["address"])
    for wrong, words in (({"rank": "size"}, "value, bottleneck, hops"), ({"policies": ["all"]}, "one policy"),
                         ({"min_value": "much"}, "much"), ({"as_of": "never"}, "never")):  # fmt: skip
        refused = api.server.post("/v1/paths", {**asked, **wrong}, headers={"Prefer": "respond-async"}, expect=400)
        contains(refused.json["message"], words)


def said_at_once(api, address):
    """Errors that need no walk come instead of a job, and so does an answer that needs none."""
    nobody = "0" * 64
    wrong = (
        ({"from": ["nonsense"]}, 400, "no subject"),
        ({"from": [f"btc:{address}"]}, 404, "btc"),
        ({"from": [nobody]}, 404, nobody),
        ({"from": [f"{nobody}:0"]}, 404, nobody),
        ({"from": ["payouts.csv"]}, 400, "no file"),
        ({"from": ["payouts.csv"], "files": {"payouts.csv": "not,a,table"}}, 400, "payouts.csv"),
        ({"from": [address], "ledger": "doge"}, 400, "doge"),
        ({"from": [address], "ledger": "btc"}, 404, "btc"),
        ({"from": [address], "level": "L9"}, 400, "L9"),
        ({"from": [address], "to": ["list:nobody"]}, 404, "nobody"),
        ({"from": ["list:nobody"]}, 404, "nobody"),
        ({"from": [address], "to": ["category:nonsense"]}, 400, "nonsense"),
        ({"from": [address], "to": ["nonsense"]}, 400, "wrong length"),
        ({"from": [address], "services": "mine.csv"}, None, "mine.csv"),
        ({"from": [address], "max_hop": 3}, 400, "max_hop"),
    )
    for path in ("/v1/traces", "/v1/paths", "/v1/pictures", "/v1/reports"):
        for body, status, words in wrong:
            asked = {"to": ["list:ofac-sdn"], **body} if path == "/v1/paths" else body
            refused = api.server.post(path, asked, headers={"Prefer": "respond-async"}, expect=None)
            assert 400 <= refused.status < 500, (path, body, refused.status, refused.body)
            equal(refused.status, status or refused.status, f"{path} {body}: {refused.body}; status")
            contains(refused.json["message"], words)
    for wrong, status in (({"around": ["nonsense"]}, 400), ({"around": [address], "as_of": "0"}, 404)):
        api.server.post("/v1/pictures", wrong, headers={"Prefer": "respond-async"}, expect=status)
    # It had only received by then, so there is nothing to come back for.
    first = api.server.get(f"/v1/addresses/{LEDGER}/{address}").json["result"]["first"]["height"]
    early = {"from": [address], "as_of": str(first)}
    for path in ("/v1/traces", "/v1/pictures"):
        at_once = api.server.post(path, early, headers={"Prefer": "respond-async"})
        equal(at_once.body, api.server.post(path, early).body, "an answer without a walk")


def exposures(t, api, chain):
    subjects = [row["address"] for row in payouts(chain, "northwind")[:5]] + ["nonsense"]
    printed = t.wagetrail("exposure", *subjects, "--json", expect=None).out
    stream = api.ask("POST", "/v1/exposure", body={"subjects": subjects}, accept="application/x-ndjson")
    equal(stream.body.decode(), printed, "a stream of answers")
    together = api.ask("POST", "/v1/exposure", body={"subjects": subjects})
    equal(together.json["answers"], [json.loads(line) for line in printed.splitlines()], "an array of answers")
    same(t, api.ask("POST", "/v1/exposure", body={"subject": subjects[0], "max_hops": 3}),
         "exposure", subjects[0], "--max-hops", 3)  # fmt: skip
    mine = {"subjects": [{"subject": subjects[0], "client_id": "case 7"}, {"subject": "nonsense", "client_id": "8"}]}
    answers = api.ask("POST", "/v1/exposure", body=mine).json["answers"]
    equal([answer["client_id"] for answer in answers], ["case 7", "8"], "ids of the client")
    error = answers[1]["answer"]["error"]
    equal((sorted(error), error["code"]), (["code", "hint", "message"], "bad_subject"), "shape of a refused subject")
    contains(error["message"], "no subject")
    contains(error["hint"], "this one again")
    for body, words in (({}, "needs subject or subjects"), ({"subjects": []}, "1 to 10000"),
                        ({"subject": "a", "max_hop": 3}, "max_hop"), ({"subject": "a", "max_hops": "3"}, "max_hops"),
                        ({"subject": subjects[0], "policies": ["poison"]}, "fifo, lifo or haircut")):  # fmt: skip
        contains(api.server.post("/v1/exposure", body, expect=400).json["message"], words)


def lists_are_noticed(t, api, chain):
    """An import beside the server is in its answers a moment later."""
    same(t, api.ask("GET", "/v1/lists"), "lists", "ls")
    route = "/v1/lists/check/{address}"
    path = f"/v1/lists/check/{SCREENED}"
    before = api.ask("GET", route, path).json
    equal((before["result"]["verdict"], before["coverage"]), ("UNKNOWN", ["LIST_OUTDATED"]), "of a list that is old")
    fresh = chain / "fresh.txt"
    fresh.write_text(f"{SCREENED}\n")
    t.wagetrail("lists", "import", fresh, "--name", "fresh", "--published", "2023-01-01")
    wait_for(lambda: api.ask("GET", route, path).json["result"]["verdict"] == "LISTED_AT_PAYMENT", "the new list")
    wait_for(lambda: len(api.ask("GET", "/v1/lists").json["result"]["snapshots"]) >= 2, "the new list's snapshot")


def sanctions(t, api):
    """The look-up of the free API that exchanges know: an empty list is clean, and only then."""
    route = "/api/v1/address/{address}"

    def ask(address, **options):
        return api.ask("GET", route, f"/api/v1/address/{address}", **options).json

    listed = json.loads(t.wagetrail("lists", "search", "SIMULATED", "--json").out)["result"]["hits"][0]
    address = listed["addresses"][0]["address"]
    found = ask(address)["identifications"]
    equal([(one["category"], address in one["name"]) for one in found], [("sanctions", True)], "who it is")
    contains(found[0]["name"], "SANCTIONS: OFAC-SDN SIMULATED PARTY")
    contains(found[0]["url"], "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=")
    equal(ask("0x" + "0" * 39 + "1"), {"identifications": []}, "clean, by lists that may be old")
    ask("nonsense", expect=400)
    careful = Server(t, "--read-only")
    refused = careful.get("/api/v1/address/0x" + "0" * 39 + "1", expect=503).json
    equal(refused["code"], "cannot_tell", "lists that are too old")
    equal(careful.get(f"/api/v1/address/{address}").json["identifications"], found, "listed all the same")
    careful.get("/api/v1/address/wagetrail-test-listed", expect=400)
    careful.running.signal()
    equal(careful.running.wait(12).code, DONE, "end")


def test_subjects(api):
    """Each branch of a client has a name that takes it there."""

    def check(kind):
        path = f"/v1/lists/check/wagetrail-test-{kind}"
        return api.ask("GET", "/v1/lists/check/{address}", path).json["result"]["verdict"]

    verdicts = {"listed": "LISTED_AT_PAYMENT", "delisted": "DELISTED_BEFORE_PAYMENT", "clean": "NEVER_LISTED",
                "unknown": "UNKNOWN"}  # fmt: skip
    equal({kind: check(kind) for kind in verdicts}, verdicts, "verdicts")
    early = api.server.get("/v1/lists/check/wagetrail-test-listed?on=2019-01-01").json
    equal((early["result"]["verdict"], early["coverage"]), ("PRE_DESIGNATION", ["TEST_SUBJECT"]), "before it was listed")
    facade = "/api/v1/address/wagetrail-test-"
    equal(api.server.get(facade + "clean").json, {"identifications": []}, "clean")
    equal(len(api.server.get(facade + "listed").json["identifications"]), 1, "listed")
    api.server.get(facade + "unknown", expect=503)
    names = [f"wagetrail-test-{kind}" for kind in ("listed", "indirect", "clean", "unknown", "absent", "wrong")]
    answers = api.ask("POST", "/v1/exposure", body={"subjects": names}).json["answers"]
    results = [answer.get("result") for answer in answers]
    equal(results[0]["subject_is"]["verdict"], "LISTED_AT_PAYMENT", "itself")
    row = results[1]["destination"]["rows"][0]
    equal((row["category"], row["least_hops"], row["direct"]["max"]["units"]), ("sanction", 2, "0"), "two hops away")
    equal((results[2]["source"]["rows"], results[2]["destination"]["rows"]), ([], []), "clean")
    equal((results[3]["source"], results[3]["on_chain"]), (None, True), "unknown")
    equal(results[4]["on_chain"], False, "absent")
    contains(answers[5]["error"]["message"], "no subject")
    assert all("TEST_SUBJECT" in answer["coverage"] for answer in answers[:5]), answers
    busy = api.ask("POST", "/v1/exposure", body={"subject": "wagetrail-test-overloaded"}, expect=503)
    equal(busy.headers["Retry-After"], "1", "when to come again")


def headers_are_kept(api):
    reply = api.ask("GET", "/v1/lists")
    equal(reply.headers["X-Content-Type-Options"], "nosniff", "header")
    tag = reply.headers["ETag"]
    same_again = api.server.get("/v1/lists", headers={"If-None-Match": tag}, expect=304)
    equal((same_again.body, same_again.headers["ETag"]), (b"", tag), "not modified")
    assert "Content-Length" not in same_again.headers, "a length that is not that of the answer"
    mine = api.server.get("/v1/lists", headers={"X-Request-Id": "case-7"})
    equal(mine.headers["X-Request-Id"], "case-7", "the client's id")
    forged = api.server.get("/v1/lists", headers={"X-Request-Id": "a b"}).headers["X-Request-Id"]
    assert forged.startswith("wt-"), forged
    head = api.server.ask("HEAD", "/v1/lists")
    equal((head.body, head.headers["Content-Length"]), (b"", str(len(reply.body))), "HEAD")
    for path, methods in (("/v1/exposure", "POST, OPTIONS"), ("/v1/lists", "GET, HEAD, OPTIONS"),
                          ("/v1/jobs/7", "GET, HEAD, DELETE, OPTIONS"), ("/healthz", "GET, HEAD, OPTIONS")):  # fmt: skip
        options = api.server.ask("OPTIONS", path, expect=204)
        equal((options.headers["Allow"], options.body), (methods, b""), "methods")
        given = {"Content-Length", "Content-Type", "Access-Control-Allow-Origin"} & set(options.headers)
        equal(given, set(), "headers of a body that is not there, or for other origins")
    for path in ("/v1/nothing", "/v1/exposure/"):
        equal(api.server.ask("OPTIONS", path, expect=404).json["code"], "no_such_route", "methods of no path")
    equal(api.server.ask("PUT", "/v1/lists", expect=405).headers["Allow"], "GET, HEAD, OPTIONS", "another method")
    same_line = b"OPTIONS /v1/lists HTTP/1.1\r\nHost: localhost\r\n\r\nHEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    equal(api.server.raw(same_line).count(b"HTTP/1.1 20"), 2, "one connection takes more after a 204")
    large = json.dumps({"subjects": ["z" * 900] * 1500})
    expecting = {"Expect": "100-continue", "Content-Type": "application/json"}
    api.server.ask("POST", "/v1/exposure", large, expecting)
    for path in ("/v1/addresses/ltc-regtest/250", f"/v1/addresses/ltc-regtest/{'0' * 64}/exposure"):
        api.server.get(path, expect=400)  # what is no address is not shown as one
    problem = api.server.get("/v1/lists?nome=x", expect=400).json
    equal((problem["code"], problem["hint"]), ("bad_parameter", "it takes name"), "a wrong parameter")


def the_server_itself(t, api):
    equal(api.ask("GET", "/healthz", accept="text/plain").body, b"ok\n", "alive")
    equal(api.ask("GET", "/readyz", accept="text/plain").body, b"ready\n", "ready")
    status = api.ask("GET", "/v1/status").json
    equal(status["result_id"], t.ask("status")["result_id"], "status")
    api.ask("GET", "/openapi.json")
    text = api.ask("GET", "/metrics", accept="text/plain").body.decode()
    contains(text, 'wagetrail_requests_total{route="listLists",status="200"}')
    contains(text, 'wagetrail_refusals_total{code="bad_parameter"}')
    page = (framework.ROOT / "server" / "API.md").read_text()
    contains(page, t.wagetrail("serve", "--print-api").out, "server/API.md (wagetrail serve --print-api)")


def encrypted(t):
    key, certificate = t.directory / "key.pem", t.directory / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost"],
                   check=True, capture_output=True)  # fmt: skip
    server = Server(t, "--certificate", certificate, "--private-key", key)
    equal(server.url.scheme, "https", "scheme")
    equal(server.get("/healthz").body, b"ok\n", "over TLS")
    server.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")  # no TLS: closed
    equal(server.get("/healthz").body, b"ok\n", "still there")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")
    t.fails(USAGE, "both --certificate and --private-key", "serve", "--certificate", certificate)
    t.fails(USAGE, "cannot use .* for TLS", "serve", "--certificate", key, "--private-key", key)


def beyond_this_machine(t):
    t.fails(USAGE, "--behind-proxy", "serve", "--listen", "0.0.0.0:0")
    t.fails(USAGE, "no ADDRESS:PORT", "serve", "--listen", "here")
    t.fails(USAGE, "no IP address", "serve", "--listen", "example.org:1", "--behind-proxy")


def story(t):
    chain = served_chain(t, LEDGER, 300)
    server = Server(t, "--test-subjects", "--list-max-age", 1_000_000)
    api = Contract(server)
    payout = payouts(chain, "northwind")[0]
    questions_of_the_chain(t, api, payout)
    questions_that_follow(t, api, chain, payout)
    moments_to_come(api, payout)
    a_job(t, api, payout)
    exposures(t, api, chain)
    headers_are_kept(api)
    lists_are_noticed(t, api, chain)
    the_server_itself(t, api)
    sanctions(t, api)
    test_subjects(api)
    equal(api.untried, set(), "routes that no test asked")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "a polite end")
    encrypted(t)
    beyond_this_machine(t)


if __name__ == "__main__":
    framework.main(story)
