"""What the explorer asks for: pictures that add up, exports and evidence as the commands give them, cases."""

import framework
from contract import Contract, payouts
from framework import DONE, contains, equal
from server import Server, served_chain

LEDGER = "ltc-regtest"


def adds_up(picture):
    """What reached targets in the picture is what the trace says, under each policy; no node pays more than it got."""
    nodes = picture["nodes"]
    for policy, sums in enumerate(picture["sums"]):
        equal(sums["policy"], picture["policies"][policy], "order of the policies")
        reached = sum(int(node["reached"][policy]) for node in nodes)
        equal(reached, int(sums["reached"]), f"reached under {sums['policy']}")
        got, gave = [0] * len(nodes), [0] * len(nodes)
        for edge in picture["edges"]:
            share = int(edge["shares"][policy])
            gave[edge["from"]] += share
            got[edge["to"]] += share
            outputs = sum(int(output["shares"][policy]) for output in edge["outputs"])
            equal(outputs, share, f"outputs behind {edge['id']}")
        paid = sum(gave[i] for i, node in enumerate(nodes) if node["payer"])
        assert paid >= int(sums["amount"]), (paid, sums)
        for i, node in enumerate(nodes):
            if not node["payer"]:
                assert gave[i] <= got[i], f"{node['id']} passed on {gave[i]} of {got[i]}"
    for edge in picture["edges"]:
        shares = [int(share) for share in edge["shares"]]
        equal([int(end) for end in edge["range"]], [min(shares), max(shares)], "range")


def pictures(t, api, chain):
    row = payouts(chain, "northwind")[-30]
    asked = {"from": [row["employer_wallet"]], "to": ["list:ofac-sdn"], "policies": ["fifo", "haircut", "lifo"],
             "files": {"labels.csv": (chain / "labels.csv").read_text()}, "services": "labels.csv",
             "nodes": 5000, "beside_each": 1000}  # fmt: skip
    for show in ("address", "entity"):
        whole = api.ask("POST", "/v1/pictures", body={**asked, "show": show}).json
        equal(whole["result"]["left_out"], {"nodes": 0, "edges": 0}, "left out")
        adds_up(whole["result"])
        again = api.ask("POST", "/v1/pictures", body={**asked, "show": show})
        equal(again.json, whole, "the same picture on every load")
    targets = [node for node in whole["result"]["nodes"] if node["target"]]
    assert targets and all(node["listings"] and node["arrivals"] for node in targets), targets
    places = {(node["x"], node["y"]) for node in whole["result"]["nodes"]}
    equal(len(places), len(whole["result"]["nodes"]), "nodes with a place of their own")
    # With less room the widest ways to targets stay, and the rest stands as one beside each.
    small = api.ask("POST", "/v1/pictures", body={**asked, "nodes": 30, "beside_each": 3}).json["result"]
    assert small["left_out"]["nodes"] > 0 and any(node["kind"] == "rest" for node in small["nodes"]), small["left_out"]
    assert any(node["target"] for node in small["nodes"]), "no target stayed"
    by_transaction = api.ask("POST", "/v1/pictures", body={**asked, "show": "transaction", "across": "time"}).json["result"]
    assert by_transaction["columns"] and by_transaction["nodes"][0]["kind"] == "transaction", by_transaction["columns"]
    back = {"from": [targets[0]["address"]], "backward": True, "policies": ["fifo"]}
    backward = api.ask("POST", "/v1/pictures", body=back).json["result"]
    assert any(node["payee"] for node in backward["nodes"]), "nobody received"
    assert min(node["column"] for node in backward["nodes"]) < 0, "nothing stands before"


def contacts(api, address):
    """Whom somebody dealt with, opened beside; what was there stays where it was."""
    alone = {"around": [address], "show": "address"}
    before = api.ask("POST", "/v1/pictures", body=alone).json["result"]
    equal([node["id"] for node in before["nodes"]], [address], "one node")
    opened = [{"id": address, "what": "contacts", "direction": side, "first": 2} for side in ("in", "out")]
    after = api.ask("POST", "/v1/pictures", body={**alone, "open": opened}).json["result"]
    equal({key: after["nodes"][0][key] for key in "xy"}, {key: before["nodes"][0][key] for key in "xy"}, "its place")
    assert all(edge["kind"] == "contact" and edge["first"] for edge in after["edges"]), after["edges"]
    assert {node["column"] for node in after["nodes"]} == {-1, 0, 1}, after["nodes"]
    edge = next(edge for edge in after["edges"] if edge["from"] == 0 and after["nodes"][edge["to"]]["kind"] == "address")
    other = after["nodes"][edge["to"]]["id"]
    links = api.ask("GET", "/v1/addresses/{ledger}/{address}/links/{other}",
                    f"/v1/addresses/{LEDGER}/{address}/links/{other}").json["result"]  # fmt: skip
    equal((links["count"], len(links["links"])), (edge["transactions"], edge["transactions"]), "transactions behind it")
    assert all(int(link["received"]["units"]) > 0 < int(link["paid"]["units"]) for link in links["links"]), links
    entity = api.ask("GET", "/v1/entities/{id}/links/{other}",
                     f"/v1/entities/{LEDGER}:{address}/links/{LEDGER}:{other}").json["result"]  # fmt: skip
    assert entity["count"] >= links["count"], entity
    missing = api.ask("POST", "/v1/pictures", body={**alone, "open": [{"id": "nobody"}]}).json["result"]
    equal(missing["not_opened"], ["nobody"], "what is not in the picture")


def refusals(server, address):
    for body, words in (({}, "nothing to draw"), ({"around": ["nonsense"]}, "nonsense"),
                        ({"around": [address], "show": "cluster"}, "address, entity or transaction"),
                        ({"around": [address], "across": "space"}, "hops or time"),
                        ({"from": [address], "policies": ["poison"]}, "poison"),
                        ({"around": [address], "open": [{"id": address, "what": "all"}]}, "traced or contacts"),
                        ({"around": [address], "nodes": 0}, "nodes")):  # fmt: skip
        contains(server.post("/v1/pictures", body, expect=400).json["message"], words)


def exports(t, api, chain):
    wallet = payouts(chain, "northwind")[0]["employer_wallet"]
    asked = {"from": [wallet], "to": ["list:ofac-sdn"], "policies": ["fifo"], "max_hops": 4}
    command = ("export", "--from", wallet, "--to", "list:ofac-sdn", "--policy", "fifo", "--max-hops", 4,
               "--max-transactions", 100000)  # fmt: skip
    for kind, accept in (("graphml", "application/graphml+xml"), ("csv", "text/csv"), ("dot", "text/vnd.graphviz"),
                         ("jsonl", "application/x-ndjson")):  # fmt: skip
        sent = api.ask("POST", "/v1/exports", body=asked, accept=accept).body.decode()
        equal(sent, t.wagetrail(*command, "--format", kind).out, f"the export as {kind}")
    api.server.post("/v1/exports", {**asked, "policies": ["all"]}, headers={"Accept": "text/csv"}, expect=400)
    bundle = t.directory / "bundle.json"
    bundle.write_bytes(api.ask("POST", "/v1/reports", body=asked).body)
    contains(t.execute("wagetrail-verify", bundle).out, "All checks hold.")


def search(api, chain):
    row = payouts(chain, "northwind")[0]

    def kinds(text):
        result = api.ask("GET", "/v1/search", "/v1/search?q=" + text.replace(" ", "%20")).json["result"]
        return [(match["kind"], match["on_chain"]) for match in result["matches"]], result["parties"]

    equal(kinds(row["address"])[0], [("address", True)], "an address")
    equal(kinds(f"  {row['address']} ")[0], [("address", True)], "an address with spaces")
    equal(kinds(f"{LEDGER}:{row['address']}")[0], [("entity", True)], "an entity")
    equal(kinds(row["tx_hash"])[0], [("transaction", True)], "a transaction")
    equal(kinds(row["tx_hash"] + ":0")[0], [("output", True)], "an output")
    equal(kinds("120")[0], [("block", True)], "a block")
    equal(kinds("wpkh(xpub6CUGRU)")[0], [("descriptor", True)], "a wallet's key, whether it is one or not")
    equal(kinds("nothing of that kind"), ([], []), "nothing")
    found = kinds("simulated party")[1]
    assert found and found[0]["addresses"], found


def cases(api):
    made = api.ask("POST", "/v1/cases", body={"title": "Northwind", "content": {"notes": {"a": "<b>"}}})
    equal(made.headers["Location"], "/v1/cases/" + made.json["id"], "where it is")
    path, at = "/v1/cases/{id}", made.headers["Location"]
    equal(api.ask("GET", path, at).json, made.json, "the case")
    changed = {"title": "Northwind, March", "content": {"notes": {}}, "revision": 1}
    equal(api.ask("POST", path, at, body=changed).json["revision"], 2, "revision")
    equal(api.ask("POST", path, at, body=changed, expect=409).json["code"], "conflict", "an old revision")
    equal([case["title"] for case in api.ask("GET", "/v1/cases").json["cases"]], ["Northwind, March"], "cases")
    api.server.post("/v1/cases", {"title": "", "content": {}}, expect=400)
    api.server.post("/v1/cases", {"title": "x", "content": []}, expect=400)
    deep = '{"title":"x","content":{"a":' + "[" * 400_000 + "]" * 400_000 + "}}"
    refused = api.server.ask("POST", "/v1/cases", deep, {"Content-Type": "application/json"}, expect=400)
    equal((refused.json["code"], api.server.get("/healthz").body), ("bad_body", b"ok\n"), "a deep body")
    equal(api.ask("DELETE", path, at).json["content"], {"notes": {}}, "what was deleted")
    api.ask("GET", path, at, expect=404)


def page(api):
    reply = api.ask("GET", "/", accept="text/html")
    policy = reply.headers["Content-Security-Policy"]
    contains(policy, "default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy, policy
    text = reply.body.decode()
    assets = [part.split('"')[0] for part in text.split('"/assets/')[1:]]
    assert len(assets) >= 3, text
    for name in assets:
        kind = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}[name.rsplit(".", 1)[1]]
        file = api.ask("GET", "/assets/{file}", f"/assets/{name}", accept=kind)
        contains(file.headers["Cache-Control"], "immutable")
        packed = api.server.get(f"/assets/{name}", headers={"Accept-Encoding": "gzip"})
        equal(packed.headers["Content-Encoding"], "gzip", "encoding")
        assert len(packed.body) < len(file.body) or len(file.body) < 1000, name
    api.server.get("/assets/nothing.js", expect=404)
    api.server.get("/assets/..%2findex.html", expect=None)


def story(t):
    chain = served_chain(t, LEDGER, 300)
    server = Server(t)
    api = Contract(server, explorer=True)
    wallet = payouts(chain, "northwind")[0]["employer_wallet"]
    pictures(t, api, chain)
    contacts(api, wallet)
    refusals(server, wallet)
    exports(t, api, chain)
    search(api, chain)
    cases(api)
    page(api)
    equal(api.untried, set(), "routes that no test asked")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "a polite end")
    aside = Server(t, "--read-only")
    contains(aside.get("/v1/cases", expect=404).json["message"], "keeps no cases")
    aside.running.signal()
    equal(aside.running.wait(12).code, DONE, "end")


if __name__ == "__main__":
    framework.main(story)
