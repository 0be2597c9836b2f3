"""lint, search, histories, profiles and packs of labels by the command line: answers, signatures, refusals."""

import csv
import json
import lzma
import os
import re

import framework
from framework import contains, equal

TIMEOUT = 600
SECRET = "00" * 31 + "03"
PUBLIC = "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"


def anomalies(answer):
    return {anomaly["code"]: anomaly["items"] for anomaly in answer["result"]["anomalies"]}


def key_file(t, mode=0o600, text=SECRET):
    path = t.directory / f"key-{mode:o}"
    path.write_text(text + "\n")
    os.chmod(path, mode)
    return path


def lint_is_signed(t, excerpt):
    key = key_file(t)
    line = t.wagetrail("lists", "lint", excerpt, "--sign", key, "--json").out
    equal(line, t.wagetrail("lists", "lint", excerpt, "--sign", key, "--json").out, "the second report")
    report = t.directory / "report.json"
    report.write_text(line)
    answer = json.loads(line)
    equal(answer["signature"]["key"], PUBLIC, "signer")
    equal(answer["result_id"], t.ask("lists", "lint", excerpt)["result_id"], "result_id without the signature")
    equal(t.ask("lists", "lint", report, "--verify", "--key", PUBLIC)["result"]["verified"], answer["result_id"],
          "what was verified")  # fmt: skip
    contains(t.wagetrail("lists", "lint", report, "--verify", "--key", PUBLIC).out, "the signature holds")

    def refused(pattern, text, key=PUBLIC):
        report.write_text(text)
        t.fails(2, pattern, "lists", "lint", report, "--verify", "--key", key)

    refused("it was changed", line.replace('"count":', '"count":1', 1))
    refused("signed by " + PUBLIC, line, "11" * 32)
    refused("does not hold", line.replace(answer["signature"]["value"], "00" * 64))
    refused("not signed", t.wagetrail("lists", "lint", excerpt, "--json").out)
    refused("formatted them anew|formatted", json.dumps(answer, indent=1))
    refused("no JSON", "[")
    refused("nests deeper", "[" * 1000)
    refused("64 hexadecimal", line, "00")
    report.write_text(line)
    t.fails(2, "name the signer's public key", "lists", "lint", report, "--verify")
    t.fails(2, "--key", "lists", "lint", report, "--key", PUBLIC)
    t.fails(2, "excludes", "lists", "lint", report, "--verify", "--sign", key)
    t.fails(2, "chmod 600", "lists", "lint", excerpt, "--sign", key_file(t, 0o644))
    t.fails(2, "64 hexadecimal", "lists", "lint", excerpt, "--sign", key_file(t, 0o400, "no key"))
    t.fails(3, "No such file", "lists", "lint", excerpt, "--sign", t.directory / "absent")
    t.fails(3, "there is no file", "lists", "lint", "absent.xml")


def histories_narrow(t):
    path = t.shared("data/sanctions/ofac-crypto-history.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    result = t.ask("lists", "import", path, "--name", "ofac-sdn")["result"]
    dates = {row[column].lstrip("<=") for row in rows for column in ("first_seen_list_date", "removed_by_list_date")}
    equal([v["published"][:10] for v in result["versions"]], sorted(dates - {""}), "versions")
    diff = t.ask("lists", "diff", "ofac-sdn@2025-03-04", "ofac-sdn@2025-03-21")["result"]["diff"]
    gone = sorted((r["address"], r["ticker"]) for r in rows if r["removed_by_list_date"] == "2025-03-21")
    equal(sorted((r["address"], r["ticker"]) for r in diff["removed"]), gone, "removals of 2025-03-21")
    equal(len(gone), 90, "removals in the reference")
    equal(diff["respelled"], [], "re-spelled on 2025-03-21")
    equal(t.ask("lists", "import", path, "--name", "ofac-sdn")["result"]["already_there"], True, "again")
    t.fails(2, "states when each version", "lists", "import", path, "--name", "x", "--published", "2025-01-01")


def profiles_fit(t):
    nbctf = t.shared("data/sanctions/il-nbctf-wallets.csv")
    rows = list(csv.DictReader(nbctf.open(encoding="utf-8")))
    snapshot = t.ask("lists", "import", nbctf, "--name", "nbctf", "--profile", "il-nbctf")["result"]["snapshot"]
    equal(snapshot["addresses"], len({row["address"] for row in rows}), "addresses of Israel's orders")
    equal(snapshot["unrecognised"], sum("BAD" in row["checksum"] for row in rows), "bad checksums")
    bad = anomalies(t.ask("lists", "lint", nbctf))["address-unreadable"]
    equal(bad, sorted(row["address"] for row in rows if "BAD" in row["checksum"]), "unreadable addresses")
    t.fails(2, "not that of the profile", "lists", "import", nbctf, "--name", "x", "--profile", "eu-fr")
    t.fails(2, "there are: plain", "lists", "import", nbctf, "--name", "x", "--profile", "none")
    for name in ("watchman-sdn.csv", "watchman-sdn_comments.csv"):
        t.fails(2, "cut remarks at 1,000", "lists", "import", t.shared(f"data/sanctions/{name}"), "--name", "x")


def search_finds(t, excerpt):
    t.wagetrail("lists", "import", excerpt, "--name", "excerpt")
    hit = t.ask("lists", "search", "sim hyon sop", "--list", "excerpt")["result"]["hits"][0]
    equal((hit["party_id"], hit["field"], hit["listed"]), ("42498", "name", True), "the party")
    address = hit["addresses"][0]["address"]
    found = t.ask("lists", "search", address.upper(), "--list", "excerpt")["result"]
    equal(found["hits"][0]["party_id"], "42498", "by an address in capitals")
    contains(t.wagetrail("lists", "search", "no such person").out, "nothing on the lists")
    equal(len(t.ask("lists", "search", "exc", "--limit", "1")["result"]["hits"]) <= 1, True, "hits within the limit")
    t.fails(2, "three letters", "lists", "search", "a")
    t.fails(3, "no list is called", "lists", "search", "abc", "--list", "nobody")
    t.fails(2, "--limit", "lists", "search", "abc", "--limit", "0")
    t.fails(3, "no list was imported", "lists", "search", "abc", home=t.directory / "empty")


def packs_survive(t):
    try:
        import yaml
    except ImportError:
        print("without PyYAML, packs are compared by the unit tests alone")
        return
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    packed = sorted(t.shared("data/tagpacks").glob("*.yaml*"))
    assert len(packed) > 50, packed
    for number, path in enumerate(packed):
        text = lzma.open(path).read() if path.suffix == ".xz" else path.read_bytes()
        plain = t.directory / "pack.yaml"
        plain.write_bytes(text)
        name = f"p{number}"
        pack = t.ask("labels", "import", plain, "--name", name)["result"]["pack"]
        before = yaml.load(text, loader)
        equal(pack["tags"], len(before.get("tags", before.get("actors"))), f"entries of {path.name}")
        after = yaml.load(t.wagetrail("labels", "export", name).out, loader)
        assert before == after and list(before) == list(after), f"{path.name} came out differently"
    equal(len(t.ask("labels", "ls")["result"]["packs"]), len(packed), "packs")


def packs_are_refused(t):
    bomb = t.directory / "bomb.yaml"
    bomb.write_text("title: &a [x, x]\ncreator: [*a, *a]\n")
    t.fails(2, "line 1, column 8: an anchor", "labels", "import", bomb)
    bomb.write_bytes(b"title: \xff\n")
    t.fails(2, "bomb.yaml: byte", "labels", "import", bomb)
    t.fails(3, "does not exist", "labels", "import", t.directory / "absent.yaml")
    t.fails(2, "cannot name a pack", "labels", "import", bomb, "--name", "No Good")
    t.fails(3, "no pack is called", "labels", "export", "absent")
    t.fails(3, "no pack was imported", "labels", "export", "absent", home=t.directory / "empty")
    contains(t.wagetrail("labels", "ls", home=t.directory / "empty").out, "no pack was imported")


def hostile_files_end_early(t):
    path = t.directory / "hostile"

    def refused(code, pattern, text):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        result = t.fails(code, pattern, "lists", "import", path, "--name", "hostile")
        assert len(result.err) < 2000, "an error message as long as its cause"

    refused(2, "DOCTYPE", '<!DOCTYPE a [<!ENTITY b "c">]><sdnList>&b;</sdnList>')
    refused(2, "nested deeper than 64", "<sdnList>" + "<a>" * 100_000)
    refused(2, "longer than 64 KiB", "<sdnList><sdnEntry><uid>" + "1" * 70_000)
    refused(4, "more than 500000 addresses", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h\n" * 1_000_000)
    refused(4, "more than 500000 addresses",
            "address\n" + "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h\n" * 1_000_000)  # fmt: skip
    refused(2, "control character", b"address,name\n12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h,a\x1b[2J\n")
    refused(2, "not UTF-8", b"address,name\n12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h,\xff\n")
    refused(4, "a name or number of more than 512 bytes",
            "address,name\n12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h," + "n" * 600 + "\n")  # fmt: skip


def every_command_helps(t):
    for words in (("lists", "import"), ("lists", "diff"), ("lists", "lint"), ("lists", "search"),
                  ("labels", "import"), ("labels", "ls"), ("labels", "export")):  # fmt: skip
        text = t.wagetrail(*words, "--help").out
        equal(len(re.findall(rf"^ +wagetrail {words[0]}", text, re.M)), 2, f"examples of {words}")
    t.fails(2, "subject", "lists", "lint")
    t.fails(2, "text", "lists", "search")
    t.fails(2, "file", "labels", "import")
    t.fails(2, "name", "labels", "export")


def story(t):
    excerpt = t.shared("data/sanctions/sdn_advanced-excerpt.xml")
    every_command_helps(t)
    lint_is_signed(t, excerpt)
    histories_narrow(t)
    profiles_fit(t)
    search_finds(t, excerpt)
    packs_survive(t)
    packs_are_refused(t)
    hostile_files_end_early(t)


framework.main(story)
