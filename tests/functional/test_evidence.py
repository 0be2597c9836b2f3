"""Evidence: a report that strangers can check and ask again, and that betrays whoever changes it, even
when he hashes and signs it anew."""

import copy
import json
import subprocess
import time
import xml.etree.ElementTree as ElementTree

import framework
from framework import DONE, FAILURE, FOUND, UNKNOWN, USAGE, contains, equal
from forging import (FORGER, KEY, broken_checks, first_policy, flip, forged, key_of, only_the_key_can_tell, sealed_anew,
                     units)  # fmt: skip

LEDGER = "ltc-regtest"
KNOWN_FROM = ("--known-from", "2026-01-01")


# Changes. Each gets the bundle and the parts most of them touch.


def longest(bundle):
    return max(first_policy(bundle)["reached"], key=lambda arrival: arrival["hops"])


def path_transaction(bundle):
    txid = longest(bundle)["path"][1]["position"]["txid"]
    return next(tx for tx in bundle["result"]["transactions"] if tx["txid"] == txid)


def more_reached(bundle):
    units(longest(bundle)["amount"], 1)


def more_reached_everywhere(bundle):
    """Consistently, all sums included, as far as they can be found."""
    policy = first_policy(bundle)
    arrival = longest(bundle)
    units(arrival["amount"], 1000)
    units(arrival["path"][-1]["share"], 1000)
    for sums in (policy["sources"][arrival["source"]], policy["totals"]):
        units(sums["reached"], 1000)
        units(sums["residual"], -1000)
    stop = next(s for s in policy["residual"] if s["shares"][0]["source"] == arrival["source"]
                and int(s["shares"][0]["amount"]["units"]) > 1000)  # fmt: skip
    units(stop["shares"][0]["amount"], -1000)
    units(stop["amount"], -1000)


def other_lots(bundle):
    step = next(s for s in first_policy(bundle)["steps"] if len(s["outputs"]) > 1 and s["outputs"][0]["lots"])
    lots = step["outputs"][0]["lots"]
    lots[0]["source"] = None if lots[0]["source"] is not None else 0


def another_policy(bundle):
    first_policy(bundle)["policy"] = "lifo"


def step_taken_out(bundle):
    steps = first_policy(bundle)["steps"]
    steps.pop(len(steps) // 2)


def stop_taken_out(bundle):
    first_policy(bundle)["residual"].pop()


def arrival_taken_out(bundle):
    """Hiding what was found."""
    first_policy(bundle)["reached"].remove(longest(bundle))


def another_receiver(bundle):
    arrival = longest(bundle)
    other = bundle["result"]["answer"]["result"]["sources"][0]["address"]
    arrival["subject"] = arrival["arrival"]["address"] = arrival["path"][-1]["address"] = other


def link_taken_out(bundle):
    arrival = longest(bundle)
    arrival["path"].pop(1)
    arrival["hops"] -= 1


def payout_made_larger(bundle):
    units(bundle["result"]["answer"]["result"]["sources"][0]["amount"], 5)


def another_day(bundle):
    longest(bundle)["arrival"]["position"]["time"] = "2020-01-01T00:00:00Z"


def another_block(bundle):
    longest(bundle)["arrival"]["position"]["height"] += 1


def bytes_changed(bundle):
    tx = path_transaction(bundle)
    tx["raw"] = flip(tx["raw"], 12)


def branch_changed(bundle):
    tx = path_transaction(bundle)
    tx["branch"][0] = flip(tx["branch"][0])


def place_changed(bundle):
    tx = path_transaction(bundle)
    tx["index"] ^= 1


def header_changed(bundle):
    header = bundle["result"]["headers"][0]
    header["raw"] = flip(header["raw"], 80)


def transaction_taken_out(bundle):
    bundle["result"]["transactions"].remove(path_transaction(bundle))


def fee_changed(bundle):
    step = first_policy(bundle)["steps"][0]
    step["fee"]["units"] = str(int(step["fee"]["units"]) + 1)


def share_on_path_changed(bundle):
    units(longest(bundle)["path"][1]["carried"], -1)


def totals_changed(bundle):
    units(first_policy(bundle)["totals"]["fees"], 1)


def display_changed(bundle):
    longest(bundle)["amount"]["display"] = "9999.00000000 LTC"


def envelope_widened(bundle):
    units(bundle["result"]["answer"]["result"]["envelope"]["reached"]["max"], 1)


def verdict_total_changed(bundle):
    units(first_policy(bundle)["verdicts"][0]["amount"], 7)


def file_changed(bundle):
    bundle["result"]["files"][0]["hex"] = flip(bundle["result"]["files"][0]["hex"])


def list_named_otherwise(bundle):
    bundle["lists"][0]["sha256"] = flip(bundle["lists"][0]["sha256"])


def never_listed_after_all(bundle):
    for policy in bundle["result"]["answer"]["result"]["policies"]:
        for arrival in policy["reached"]:
            arrival["verdict_at_arrival"]["verdict"] = "NEVER_LISTED"


def card_embellished(bundle):
    bundle["result"]["error_cards"][0]["card"]["false_merges"] = 0


def payouts_taken_out(bundle):
    bundle["result"]["files"] = [file for file in bundle["result"]["files"] if file["role"] != "payouts"]


def claim_turned_round(bundle):
    claim = bundle["result"]["alternatives"][0]
    claim["reached_under"], claim["not_reached_under"] = claim["not_reached_under"], claim["reached_under"]


PROVEN = {
    "arithmetic": [more_reached, more_reached_everywhere, other_lots, another_policy, step_taken_out, stop_taken_out,
                   arrival_taken_out, share_on_path_changed],
    "outputs": [another_receiver, payout_made_larger, another_day, another_block],
    "paths": [link_taken_out],
    "transactions": [bytes_changed, branch_changed, place_changed],
    "headers": [header_changed],
    "steps": [fee_changed],
    "sums": [totals_changed, envelope_widened, verdict_total_changed],
    "hashes": [file_changed],
    "consistency": [list_named_otherwise, never_listed_after_all, card_embellished, payouts_taken_out, claim_turned_round],
}  # fmt: skip


def verdict_changed(bundle):
    longest(bundle)["verdict_at_payout"]["verdict"] = "PRE_DESIGNATION"


def list_changed_everywhere(bundle):
    for place in (bundle, bundle["result"]["answer"]):
        place["lists"][0]["sha256"] = flip(place["lists"][0]["sha256"])


def merge_invented(bundle):
    bundle["result"]["grounds"]["merges"] = []
    bundle["result"]["alternatives"] = []


def pages_forgotten(bundle):
    del bundle["result"]["pages"]


# Only the pinned key can tell: nobody else could know.
SIGNED_ONLY = {
    "verdicts": verdict_changed,
    "which files, lists": list_changed_everywhere,
    "merges": merge_invented,
}


def every_change_is_named(t, bundle):
    untouched = t.directory / "again.json"
    untouched.write_text(sealed_anew(copy.deepcopy(bundle), KEY))
    equal(untouched.read_text(), (t.directory / "case" / "bundle.json").read_text(),
          "sealed by the test as by the program")  # fmt: skip
    for check, changes in PROVEN.items():
        for change in changes:
            path = forged(t, bundle, change)
            found = broken_checks(t, path, key_of(FORGER))
            assert check in found, f"{change.__name__}: {check} should not hold; broken are {found}"
            assert "signature" not in found, f"{change.__name__}: the forger signed well"
            assert "signature" in broken_checks(t, path, key_of(KEY)), change.__name__
    for statement, change in SIGNED_ONLY.items():
        only_the_key_can_tell(t, forged(t, bundle, change), statement, change.__name__)
    for change in (transaction_taken_out, display_changed):  # one is no bundle any more
        path = forged(t, bundle, change)
        result = t.execute("wagetrail-verify", path, "--key", key_of(FORGER), expect=None)
        assert result.code in (1, 2), result
    (t.directory / "spaced.json").write_text(json.dumps(bundle))
    result = t.execute("wagetrail-verify", t.directory / "spaced.json", expect=USAGE)
    contains(result.err, "its bytes are not those that were written")


def headers_of(chain):
    """The headers of a chain of one file, in hexadecimal."""
    data = b"".join(path.read_bytes() for path in sorted((chain / "blocks").glob("blk*.dat")))
    lines, at = [], 0
    while at + 8 <= len(data) and data[at : at + 4] != bytes(4):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        lines.append(data[at + 8 : at + 88].hex())
        at += 8 + size
    return lines


def strangers_check_it(t, chain, case):
    bundle = case / "bundle.json"
    empty = t.directory / "nothing"
    text = t.execute("wagetrail-verify", bundle, "--key", key_of(KEY), home=empty).out
    contains(text, "All checks hold.")
    contains(text, "What no bundle can prove")
    libraries = subprocess.run(["ldd", t.program("wagetrail-verify")], capture_output=True, text=True).stdout
    assert "rocksdb" not in libraries and "sqlite" not in libraries, libraries
    headers = t.directory / "headers.txt"
    headers.write_text("\n".join(headers_of(chain)) + "\n")
    text = t.execute("wagetrail-verify", bundle, "--key", key_of(KEY), "--headers", headers).out
    contains(text, "blocks and that of the answer are among the 301 headers given, at their heights")
    headers.write_text("\n".join(headers_of(chain)[:200]) + "\n")
    text = t.execute("wagetrail-verify", bundle, "--headers", headers, expect=1).out
    contains(text, "is not among the headers given")
    headers.write_text("\n".join(headers_of(chain)[::2]) + "\n")
    contains(t.execute("wagetrail-verify", bundle, "--headers", headers, expect=1).out, "does not follow the line before")
    headers.write_text("nonsense\n")
    contains(t.execute("wagetrail-verify", bundle, "--headers", headers, expect=1).out, "line 1 of the headers")


def it_is_asked_again(t, chain, case, answer):
    """On an index and a registry made anew, elsewhere."""
    home = t.directory / "elsewhere"
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks", home=home)
    import_lists(t, chain, home)
    moved = t.directory / "bundle-alone.json"
    moved.write_text((case / "bundle.json").read_text())
    again = t.wagetrail("replay", moved, "--json", home=home).json
    equal((again["same"], again["result_id_now"]), (True, answer["result_id"]), "asked again")
    contains(t.wagetrail("replay", moved, home=home).out, "same answer, byte for byte")

    # Another list in place of the one that was asked.
    other = t.directory / "other"
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks", home=other)
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn", *KNOWN_FROM, home=other)
    differs = t.wagetrail("replay", moved, home=other, expect=FOUND).out
    contains(differs, "the answer differs, first at /lists")
    of_then = f"wagetrail lists import FILE --name ofac-sdn --known-from {answer['lists'][0]['known_from']}\n"
    equal(differs.count(of_then), 2, "editions that are not there")

    # A fresh registry: nothing is there, or it is there as known from now on.
    fresh = t.directory / "fresh"
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks", home=fresh)
    error = t.fails(UNKNOWN, "no list was imported", "replay", moved, home=fresh).err
    equal(error.count(of_then), 3, "editions that are not there")
    for pin in answer["lists"]:
        contains(error, f"FILE: published {pin['published']}, SHA-256 {pin['sha256']}\n")
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn", home=fresh)
    error = t.fails(UNKNOWN, "known by", "replay", moved, home=fresh).err
    equal((error.count(of_then), error.count("begin with another --home")), (3, 1), "editions as they are known there")
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks", "--to-height", 100, home=t.directory / "short")
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn", home=t.directory / "short")
    t.fails(UNKNOWN, "height", "replay", moved, home=t.directory / "short")
    t.fails(UNKNOWN, "not indexed", "replay", moved, home=t.directory / "nothing")
    (t.directory / "no.json").write_text('{"result":{}}')
    t.fails(USAGE, "no answer of trace, paths or exposure --json and no bundle", "replay", t.directory / "no.json")


def plain_answers_too(t, chain):
    """Without a bundle: as of a date, with a table of services, labels and notes."""
    asked = ("trace", "--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn",
             "--services", chain / "labels.csv", "--as-of", "2023-03-20", "--policy", "all",
             "--max-hops", 6, "--min-value", "0.01")  # fmt: skip
    with open(chain / "payroll-harbour.csv") as file:
        payee = file.readlines()[1].split(",")[3]
    t.wagetrail("labels", "add", payee, "--label", "Acme", "--category", "exchange", "--author", "me",
                "--reason", "a test")  # fmt: skip
    answer = t.directory / "answer.json"
    answer.write_text(t.wagetrail(*asked, "--json", expect=None).out)
    t.fails(USAGE, "name it with --services", "replay", answer)
    t.wagetrail("replay", answer, "--services", chain / "labels.csv")
    time.sleep(1.1)  # clocks here have seconds: what is taken back in the same one was never known
    t.wagetrail("labels", "rm", 1)
    envelope = json.loads(answer.read_text())
    equal(envelope["moment"], "2023-03-20T23:59:59Z", "the moment asked about")
    ways = t.directory / "ways.json"
    ways.write_text(t.wagetrail("paths", "--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn",
                                "--rank", "hops", "--k", 3, "--entities", "--json", expect=None).out)  # fmt: skip
    contains(t.wagetrail("replay", ways).out, "same answer, byte for byte")
    if any(pin["name"] == "notes" for pin in envelope["labels"]):
        t.wagetrail("replay", answer, "--services", chain / "labels.csv")  # as it was known then


def exposures_are_asked_again(t, chain):
    """With the prices of then, though newer ones were imported since; and with a table of them."""
    prices = t.directory / "prices.csv"
    prices.write_text("date,close\n" + "".join(f"2023-{month:02}-{day:02},{20000 + month * 100 + day}.5\n"
                                                for month in range(1, 13) for day in range(1, 29)))  # fmt: skip
    t.wagetrail("prices", "import", prices, "--asset", LEDGER.split("-")[0])
    with open(chain / "payroll-harbour.csv") as file:
        payee = file.readlines()[1].split(",")[3]
    answer = t.directory / "exposure.json"
    answer.write_text(t.wagetrail("exposure", payee, "--details", "--max-hops", 7, "--json", expect=None).out)
    equal(json.loads(answer.read_text())["prices"]["source"], "prices.csv", "prices used")
    time.sleep(1.1)  # clocks here have seconds
    prices.write_text(prices.read_text().replace(".5\n", ".75\n"))
    t.wagetrail("prices", "import", prices, "--asset", LEDGER.split("-")[0])
    contains(t.wagetrail("replay", answer).out, "same answer, byte for byte")
    differs = t.wagetrail("replay", answer, "--prices", prices, expect=FOUND).out
    contains(differs, "the answer differs, first at /prices")
    answer.write_text(answer.read_text().replace('"on_chain":true', '"on_chain":false'))
    contains(t.wagetrail("replay", answer, expect=FOUND).out, "first at /result/on_chain")


def the_log_is_a_chain(t):
    log = t.home / "reports.log"
    answer = t.ask("log")["result"]
    equal(len(answer["reports"]), 2, "reports in the log")
    equal(answer["reports"][0]["signer"], key_of(KEY), "signer")
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"at":"2026')  # the program was killed while it wrote
    equal(len(t.ask("log")["result"]["reports"]), 2, "reports beside an unfinished line")
    log.write_bytes(whole.replace(answer["reports"][0]["bundle"].encode(), b"0" * 64))
    t.fails(FAILURE, "line 2 of the log does not follow", "log")
    log.write_bytes(whole.split(b"\n", 1)[1])
    t.fails(FAILURE, "line 1 of the log", "log")
    log.write_bytes(whole)


def exports_say_the_same(t, chain, answer):
    asked = ("--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn", *t.services, "--policy", "fifo")
    policy = answer["result"]["policies"][0]
    reached = sum(int(arrival["amount"]["units"]) for arrival in policy["reached"])
    lines = [json.loads(line) for line in t.wagetrail("export", *asked, "--format", "jsonl").out.splitlines()]
    nodes = {line["id"]: line for line in lines[1:] if line["type"] == "node"}
    edges = [line for line in lines[1:] if line["type"] == "edge"]
    equal((len(nodes), len(edges)), (lines[0]["result"]["nodes"], lines[0]["result"]["edges"]), "nodes and edges")
    into = sum(int(edge["traced_units"]) for edge in edges if nodes[edge["to"]]["kind"] == "target")
    equal(into, reached, "value into the target")
    out = sum(int(edge["traced_units"]) for edge in edges if nodes[edge["from"]]["kind"] == "payout")
    assert out >= int(policy["totals"]["amount"]["units"]), "value out of the payouts"

    t.wagetrail("export", *asked, "--out", t.directory / "trace.graphml")
    graph = ElementTree.parse(t.directory / "trace.graphml").getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    equal(len(graph.findall(f"{space}graph/{space}node")), len(nodes), "nodes of GraphML")
    equal(len(graph.findall(f"{space}graph/{space}edge")), len(edges), "edges of GraphML")
    equal(len(t.wagetrail("export", *asked, "--format", "csv").out.splitlines()), len(edges) + 1, "lines of CSV")
    dot = t.wagetrail("export", *asked, "--format", "dot").out
    equal(dot.count(" -> "), len(edges), "arrows of DOT")
    t.fails(USAGE, "the known ones are graphml, dot, csv, jsonl", "export", *asked, "--format", "svg")
    t.fails(USAGE, "one --policy", "export", *asked[:-1], "all")
    t.fails(FAILURE, "cannot write", "export", *asked, "--out", "/proc/nothing/trace.graphml")


def import_lists(t, chain, home=None):
    for edition in ("sdn_advanced-before.xml", "sdn_advanced.xml", "sdn_advanced-latest.xml"):
        t.wagetrail("lists", "import", chain / edition, "--name", "ofac-sdn", *KNOWN_FROM, home=home)


def ways_are_told_apart(t, case, answer, asked):
    """An amount is over all ways, and one way is shown: both say so."""
    page = (case / "report.html").read_text()
    text = t.wagetrail("trace", *asked, expect=FOUND).out
    several = 0
    for number, policy in enumerate(answer["result"]["policies"]):
        for arrival in policy["reached"][:10]:
            amount, carried = (part["display"] for part in (arrival["amount"], arrival["path"][-1]["carried"]))
            words = f"the amount is over all ways; the way shown carries {carried} of {amount}"
            several += amount != carried
            equal(f"\n  {words}\n" in text, amount != carried, words)
            if number == 0:
                equal(f"<p>{words}</p>" in page, amount != carried, words)
    assert several > 1, "some payouts came by several ways"


def pages_are_for_people(t, case):
    page = (case / "report.html").read_text()
    for part in ("<svg", "Other explanations, tested", "What is not covered", "How to check this without us"):
        contains(page, part, "report.html")
    assert "<script" not in page and "http:" not in page.replace("http://www.w3.org/2000/svg", ""), "stands by itself"
    csv = (case / "arrivals.csv").read_text()
    rows = csv.splitlines()
    assert len(rows) > 2 and rows[0].startswith("policy,source,subject"), rows[:2]
    bundle = case / "bundle.json"
    contains(t.execute("wagetrail-verify", bundle).out, "arrivals.csv, report.html are those the bundle names")
    for name, text in (("report.html", page), ("arrivals.csv", csv)):
        (case / name).write_text(text.replace("ofac-sdn", "ofac-sdm", 1))
        contains(broken_checks(t, bundle, key_of(KEY))["pages"], f"{name} beside the bundle is not the one", "pages")
        (case / name).write_text(text)
    alone = t.directory / "alone.json"
    alone.write_text(bundle.read_text())
    contains(t.execute("wagetrail-verify", alone).out, "no report.html and no arrivals.csv stand beside it")
    strange = t.directory / "strange"
    strange.mkdir()
    (strange / "report.html").write_text(page)
    (strange / "bundle.json").write_text(forged(t, json.loads(bundle.read_text()), pages_forgotten).read_text())
    contains(broken_checks(t, strange / "bundle.json", key_of(FORGER))["pages"], "does not name report.html", "pages")


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks")
    import_lists(t, chain)
    t.services = ("--services", chain / "labels.csv")
    key = t.directory / "signing.key"
    key.write_text(f"{KEY:064x}\n")
    key.chmod(0o600)
    case = t.directory / "case"
    asked = ("--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn", *t.services)
    text = t.wagetrail("report", *asked, "--out", case, "--sign", key, expect=FOUND).out
    contains(text, f"wagetrail-verify {case}/bundle.json --key {key_of(KEY)}")
    bundle = json.loads((case / "bundle.json").read_text())
    answer = bundle["result"]["answer"]
    equal(answer["result_id"], t.ask("trace", *asked, expect=FOUND)["result_id"], "the answer of trace is in the bundle")

    strangers_check_it(t, chain, case)
    every_change_is_named(t, bundle)
    it_is_asked_again(t, chain, case, answer)
    pages_are_for_people(t, case)
    ways_are_told_apart(t, case, answer, asked)

    wallet = bytes.fromhex(bundle["result"]["files"][0]["hex"]).decode().splitlines()[1].split(",")[11]
    back = t.directory / "back"
    t.wagetrail("report", "--backward", "--from", "list:ofac-sdn", "--to", wallet, "--policy", "all", "--out", back,
                "--max-proofs", 400, expect=FOUND)  # fmt: skip
    words = t.execute("wagetrail-verify", back / "bundle.json").out
    contains(words, "nobody signed it")
    contains(words, "not enclosed whole, which is our word")
    t.fails(FAILURE, "the paths alone have", "report", *asked, "--out", t.directory / "few", "--max-proofs", 3)
    t.fails(USAGE, "--to is required", "report", "--from", wallet, "--out", t.directory / "few")
    key.chmod(0o644)
    t.fails(USAGE, "may read", "report", *asked, "--out", t.directory / "few", "--sign", key)
    t.fails(USAGE, "holds a bundle already", "report", *asked, "--out", back)

    the_log_is_a_chain(t)
    exports_say_the_same(t, chain, answer)
    plain_answers_too(t, chain)
    exposures_are_asked_again(t, chain)
    for command in ("report", "export", "replay", "log"):
        equal(t.wagetrail(command, "--help").code, DONE, "help")


framework.main(story)
