"""The GraphSense subset: every answer has what the models of graphsense-lib 2.18 require, and our own figures."""

import collections

import framework
from framework import DONE, equal
from server import Server, served_chain

LEDGER = "ltc-regtest"

VALUES = {"value": int, "fiat_values": list}
SUMMARY = {"height": int, "timestamp": int, "tx_hash": str}
ADDRESS = {
    "currency": str, "address": str, "entity": int, "cluster": int, "balance": VALUES, "total_received": VALUES,
    "total_spent": VALUES, "first_tx": SUMMARY, "last_tx": SUMMARY, "in_degree": int, "out_degree": int,
    "no_incoming_txs": int, "no_outgoing_txs": int,
}  # fmt: skip
CLUSTER = {
    "currency": str, "entity": int, "cluster": int, "root_address": str, "no_addresses": int, "balance": VALUES,
    "total_received": VALUES, "total_spent": VALUES, "first_tx": SUMMARY, "last_tx": SUMMARY, "in_degree": int,
    "out_degree": int, "no_incoming_txs": int, "no_outgoing_txs": int, "no_address_tags": int,
}  # fmt: skip
NEIGHBOR = {"value": VALUES, "no_txs": int, "address": ADDRESS}
LINK = {"tx_type": str, "currency": str, "input_value": VALUES, "output_value": VALUES, **SUMMARY}
ADDRESS_TX = {"tx_type": str, "currency": str, "coinbase": bool, "value": VALUES, **SUMMARY}
TAG = {"label": str, "address": str, "currency": str, "tagpack_title": str, "tagpack_creator": str,
       "tagpack_is_public": bool, "is_cluster_definer": bool, "tag_type": str}  # fmt: skip
CURRENCY = {"name": str, "no_blocks": int, "no_txs": int, "no_addresses": int, "timestamp": int, "no_entities": int,
            "no_address_relations": int, "no_labels": int, "no_tagged_addresses": int, "network_type": str}  # fmt: skip


def fits(value, model, where):
    if isinstance(model, dict):
        assert isinstance(value, dict), f"{where} is {value!r}"
        for name, part in model.items():
            assert name in value, f"{where} lacks {name}"
            fits(value[name], part, f"{where}.{name}")
    else:
        assert isinstance(value, model), f"{where} is {value!r}, not a {model.__name__}"
    return value


def pages(server, path, rows):
    """All rows of a paged route, a few at a time."""
    found, page = [], ""
    while True:
        answer = server.get(f"{path}{'&' if '?' in path else '?'}pagesize=3{page}").json
        assert len(answer[rows]) <= 3, answer
        found += answer[rows]
        if answer["next_page"] is None:
            return found
        page = f"&page={answer['next_page']}"


def units(amount):
    return int(amount["units"])


def one_address(t, server, address):
    """Our own answers say the same of it."""
    at = f"/{LEDGER}/addresses/{address}"
    model = fits(server.get(at).json, ADDRESS, "Address")
    assert "cutoff" not in model, model
    shown = t.ask("show", address)["result"]
    equal((model["total_received"]["value"], model["total_spent"]["value"], model["balance"]["value"]),
          tuple(units(shown[name]) for name in ("received", "sent", "balance")), "totals")  # fmt: skip
    equal(model["first_tx"]["tx_hash"], shown["first"]["txid"], "first transaction")
    equal(model["last_tx"]["height"], shown["last"]["height"], "last transaction")
    txs = [fits(tx, ADDRESS_TX, "AddressTx") for tx in pages(server, f"{at}/txs?order=asc", "address_txs")]
    equal(txs, sorted(txs, key=lambda tx: tx["height"]), "the oldest first")
    for newest_first in ("", "?order=desc"):  # as GraphSense has it where nothing is said
        equal(pages(server, f"{at}/txs{newest_first}", "address_txs"), txs[::-1], "the newest first")
    equal(len(txs), shown["tx_count"], "transactions")
    equal(sum(tx["value"]["value"] for tx in txs), units(shown["balance"]), "their sum")
    incoming = pages(server, f"{at}/txs?direction=in", "address_txs")
    equal(len(incoming), model["no_incoming_txs"], "incoming transactions")
    between = f"{at}/txs?min_height={txs[1]['height']}&max_height={txs[-2]['height']}"
    some = server.get(f"{between}&order=asc").json["address_txs"]
    equal(pages(server, between, "address_txs"), some[::-1], "between, the newest first")
    server.get(f"{at}/txs?order=random", expect=400)
    equal([tx["tx_hash"] for tx in some],
          [tx["tx_hash"] for tx in txs if txs[1]["height"] <= tx["height"] <= txs[-2]["height"]], "between")  # fmt: skip
    entity = t.ask("entity", address)["result"]
    cluster = fits(server.get(f"{at}/cluster").json, CLUSTER, "Cluster")
    equal(server.get(f"{at}/entity").json, cluster, "by its older name")
    equal((cluster["no_addresses"], cluster["cluster"]), (entity["size"], model["cluster"]), "the cluster")
    return model


def neighbors(server, address, model):
    at = f"/{LEDGER}/addresses/{address}"
    for direction in ("in", "out"):
        rows = pages(server, f"{at}/neighbors?direction={direction}", "neighbors")
        equal(len(rows), model[f"{direction}_degree"], f"{direction}_degree")
        equal(len({row["address"]["address"] for row in rows}), len(rows), "each one once")
        values = [fits(row, NEIGHBOR, "NeighborAddress")["value"]["value"] for row in rows]
        equal(values, sorted(values, reverse=True), "the largest first")
        own = server.get(f"/v1/addresses/{LEDGER}/{address}/neighbors?direction={direction}&limit=1000").json["result"]
        equal([(row["address"], units(row["value"]), row["transactions"]) for row in own["neighbors"]],
              [(row["address"]["address"], row["value"]["value"], row["no_txs"]) for row in rows], "ours")  # fmt: skip
        # What others got cannot be more than what it spent; less by fees, change and rounding.
        total = model["total_spent" if direction == "out" else "total_received"]["value"]
        assert 0 <= sum(values) <= total, (sum(values), total)
        names = [row["address"]["address"] for row in rows]
        only = server.get(f"{at}/neighbors?direction={direction}&only_ids={names[-1]},{names[0]}&include_labels=True").json
        equal({row["address"]["address"] for row in only["neighbors"]}, {names[0], names[-1]}, "only those")
        if direction == "out":
            linked(server, at, rows)


def linked(server, at, rows):
    for row in rows[:5]:
        other = row["address"]["address"]
        links = [fits(link, LINK, "LinkUtxo") for link in pages(server, f"{at}/links?neighbor={other}", "links")]
        equal(len(links), row["no_txs"], f"links to {other}")
        equal(pages(server, f"{at}/links?neighbor={other}&order=asc", "links"), links[::-1], "the oldest first")
        assert all(link["input_value"]["value"] < 0 < link["output_value"]["value"] for link in links), links
        got = sum(link["output_value"]["value"] for link in links)
        assert row["value"]["value"] <= got, (row["value"], got)


def by_hand(t, server, address):
    """The estimate, computed anew from the transactions as `show` tells them."""
    expected = collections.Counter()
    for row in t.ask("show", address, "--history", "--limit", 1000)["result"]["history"]["rows"]:
        if units(row["sent"]) == 0:
            continue
        tx = t.ask("show", row["position"]["txid"])["result"]
        inputs = sum(units(each["amount"]) for each in tx["inputs"])
        own = sum(units(each["amount"]) for each in tx["inputs"] if each["address"] == address)
        for output in tx["outputs"]:
            if output["address"] != address:
                expected[output["address"]] += units(output["amount"]) * own // inputs
    rows = pages(server, f"/{LEDGER}/addresses/{address}/neighbors?direction=out", "neighbors")
    equal({row["address"]["address"]: row["value"]["value"] for row in rows}, dict(expected), "shares of each output")


def entities(t, server, address):
    route = f"/v1/entities/{LEDGER}:{address}/neighbors"
    answer = server.get(f"{route}?direction=out&limit=1000").json["result"]
    own = t.ask("entity", address)["result"]["entity"]
    names = [row["entity"] for row in answer["neighbors"]]
    assert own not in names and len(set(names)) == len(names), names
    few = server.get(f"{route}?direction=out&limit=2").json["result"]
    equal(few["neighbors"], answer["neighbors"][:2], "a page")
    if few["next"]:
        more = server.get(f"{route}?direction=out&limit=2&cursor={few['next']}").json["result"]
        equal(more["neighbors"], answer["neighbors"][2:4], "the next page")
    server.get(f"{route}?cursor=nonsense", expect=400)


def the_rest(t, server, address):
    t.wagetrail("labels", "add", address, "--label", "payee", "--category", "user", "--author", "me", "--reason", "x")
    tags = framework.wait_for(lambda: server.get(f"/{LEDGER}/addresses/{address}/tags").json["address_tags"], "the tag")
    equal(fits(tags[0], TAG, "AddressTag")["label"], "payee", "label")
    stats = server.get("/stats").json
    found = fits(stats["currencies"][0], CURRENCY, "CurrencyStats")
    status = t.ask("status")["result"]["ledgers"][0]
    equal((found["no_blocks"], found["no_addresses"]), (status["height"] + 1, status["addresses"]), "statistics")
    fits(stats, {"version": str, "request_timestamp": str}, "Stats")
    result = server.get(f"/search?q={address}").json
    equal(result["currencies"], [{"currency": LEDGER, "addresses": [address], "txs": []}], "an address")
    txid = t.ask("show", address)["result"]["first"]["txid"]
    equal(server.get(f"/search?q={txid}&currency={LEDGER}").json["currencies"][0]["txs"], [txid], "a transaction")
    equal(server.get("/search?q=nothing").json["currencies"][0]["addresses"], [], "nothing")


def wrong(server, chain, address):
    """As GraphSense: what is not on the chain is not found."""
    absent = "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"
    server.get(f"/{LEDGER}/addresses/{absent}", expect=404)
    server.get(f"/{LEDGER}/addresses/nonsense", expect=400)
    server.get(f"/nochain/addresses/{address}", expect=400)
    server.get(f"/{LEDGER}/addresses/{address}/links", expect=400)
    server.get(f"/{LEDGER}/addresses/{address}/links?neighbor={absent}", expect=404)
    server.get(f"/{LEDGER}/addresses/{address}/txs?page=1:999999", expect=400)
    server.get(f"/{LEDGER}/addresses/{address}/neighbors?page=x", expect=400)


def story(t):
    chain = served_chain(t, LEDGER, 300)
    server = Server(t)
    payees = {line.split(",")[3] for line in (chain / "payroll-northwind.csv").read_text().splitlines()[1:40]}
    for address in sorted(payees)[:4]:
        model = one_address(t, server, address)
        neighbors(server, address, model)
        by_hand(t, server, address)
        entities(t, server, address)
    address = sorted(payees)[0]
    the_rest(t, server, address)
    wrong(server, chain, address)
    asked = {path for path, methods in server.get("/openapi.json").json["paths"].items()
             if "graphsense" in methods.get("get", {}).get("tags", [])}  # fmt: skip
    equal(len(asked), 9, "routes of GraphSense; this test asks all of them")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")


if __name__ == "__main__":
    framework.main(story)
