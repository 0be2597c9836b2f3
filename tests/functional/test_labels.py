"""Labels of others and the analyst's own: shown with who says so, and walks end at services."""

import csv

import framework
from framework import FOUND, UNKNOWN, USAGE, contains, equal

LEDGER = "ltc-regtest"


def as_pack(chain):
    """The simulator's labelled services as a TagPack, and as rows."""
    with open(chain / "labels.csv") as file:
        return chain / "services.yaml", list(csv.DictReader(file))


def ends_at_services(t, chain, rows):
    """The same walk as with the table, under another name for what is known."""
    asked = ("trace", "--from", chain / "payroll.csv", "--to", "list:ofac-sdn")
    table = t.ask(*asked, "--services", chain / "labels.csv", "--no-labels", expect=FOUND)
    labels = t.ask(*asked, expect=FOUND)
    bare = t.ask(*asked, "--no-labels", expect=FOUND)
    equal([pin["name"] for pin in labels["labels"]], ["services"], "packs that the answer rests on")
    assert "NO_SERVICES" in bare["coverage"] and "NO_SERVICES" not in labels["coverage"], labels["coverage"]
    for with_table, with_labels in zip(table["result"]["policies"], labels["result"]["policies"], strict=True):
        equal(with_labels["totals"], with_table["totals"], "totals")
    whole = t.ask("trace", "--from", chain / "payroll.csv", "--to", "category:exchange", expect=FOUND)
    reached = {arrival["subject"] for policy in whole["result"]["policies"] for arrival in policy["reached"]}
    assert reached, "nothing reached an exchange"
    shown = t.ask("show", rows[0]["address"])["result"]
    equal([(label["label"], label["confidence"]) for label in shown["labels"]], [(rows[0]["name"], 100)], "labels")


def notes(t, address):
    add = ("labels", "add", address, "--author", "A. Nalyst", "--reason", "their invoice")
    contains(t.wagetrail(*add, "--label", "Acme", "--category", "scam").out, "note 1: Acme")
    both = t.ask("show", address)["result"]
    assert both["labels_contradict"], both["labels"]
    contains(t.wagetrail("show", address).out, "because their invoice")
    contains(t.wagetrail("entity", address).out, "they contradict each other")
    contains(t.wagetrail("labels", "rm", 1).out, "does not count any more")
    equal(t.ask("show", address)["result"]["labels_contradict"], False, "after the note was taken back")
    (note,) = t.ask("labels", "ls", "--notes")["result"]["notes"]
    assert note["removed"] and note["author"] == "A. Nalyst", note
    t.fails(UNKNOWN, "was taken back", "labels", "rm", 1)
    t.fails(UNKNOWN, "no note 7", "labels", "rm", 7)
    t.fails(USAGE, 'unknown category "nice"; the known ones are sanction, ', *add, "--label", "x", "--category", "nice")
    t.fails(USAGE, "control character", *add, "--label", "a\x1b[31mb", "--category", "scam")
    t.fails(USAGE, "longer than 1 KiB", *add, "--label", "x" * 2000, "--category", "scam")
    t.fails(USAGE, "no form we know", "labels", "add", "nobody", "--author", "a", "--reason", "b", "--label", "c",
            "--category", "scam")  # fmt: skip


def packs_of_others(t):
    """Real packs, whole; what they call things is one of our categories."""
    home = t.directory / "packs"
    t.wagetrail("sync", "btc", "--from", f"files:{t.block_run('btc-mainnet-genesis-run')}", home=home)
    genesis = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    pack = t.directory / "satoshi.yaml"
    pack.write_text(
        "title: t\ncreator: c\ntags:\n"
        f"- address: {genesis}\n  label: \"\\e[31mSatoshi\\x07\"\n  concepts: [user]\n"
        f"- address: {genesis}\n  label: Somebody\n  abuse: scam\n  concepts: [exchange]\n"
        "- address: 0xFA8E3920daF271daB92Be9B87d9998DDd94FEF08\n  label: elsewhere\n  category: exchange\n")
    t.wagetrail("labels", "import", pack, "--name", "satoshi", home=home)
    for name in ("walletexplorer.yaml.xz", "ransomware.yaml.xz", "ofac.yaml", "miners.yaml.xz"):
        source = t.shared(f"data/tagpacks/{name}")
        stem = name.removesuffix(".xz")
        unpacked = t.directory / stem
        unpacked.write_bytes(t.read_xz(f"data/tagpacks/{name}") if name.endswith(".xz") else source.read_bytes())
        t.wagetrail("labels", "import", unpacked, home=home)
    result = t.ask("show", genesis, home=home, expect=UNKNOWN)["result"]  # its coin is P2PK
    found = {(label["pack"], label["category"]) for label in result["labels"]}
    assert {("satoshi", "user"), ("satoshi", "scam")} <= found, found
    text = t.wagetrail("show", genesis, home=home, expect=UNKNOWN).out
    assert "\x1b" not in text and "\x07" not in text, "control characters of a label"
    equal(result["labels_contradict"], True, "contradiction")


def other_files_are_told_apart(t, chain):
    """A table that is no pack: what is read, and which command was meant."""
    quoted = t.directory / "quoted.csv"
    quoted.write_text('"address","name"\n"x","exchange: Acme"\n')
    for file in (chain / "labels.csv", quoted, chain / "sdn_advanced.xml"):
        error = t.fails(USAGE, "this is no pack of labels", "labels", "import", file).err
        for part in (str(file), "TagPacks and ActorPacks", "--services", "wagetrail lists import FILE --name NAME"):
            contains(error, part)
    broken = t.directory / "broken.yaml"
    broken.write_text("title: T\ncreator: C\ntags: none\n")
    t.fails(USAGE, "neither a list of tags: nor of actors:", "labels", "import", broken)


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks")
    t.wagetrail("lists", "import", chain / "sdn_advanced-latest.xml", "--name", "ofac-sdn")
    t.fails(UNKNOWN, "no labels are at hand", "trace", "--from", chain / "payroll.csv", "--to", "category:exchange")
    by_table = t.ask("trace", "--from", chain / "payroll.csv", "--to", "category:exchange", "--services",
                     chain / "labels.csv", expect=FOUND)  # fmt: skip
    t.wagetrail("report", "--from", chain / "payroll-northwind.csv", "--to", "category:exchange", "--services",
                chain / "labels.csv", "--policy", "fifo", "--out", t.directory / "case", expect=FOUND)  # fmt: skip
    t.execute("wagetrail-verify", t.directory / "case" / "bundle.json")
    mixers = ("trace", "--from", chain / "payroll.csv", "--to", "category:mixing_service", "--services", chain / "labels.csv")
    equal(t.ask(*mixers)["result"]["policies"][0]["reached"], [], "no service of the table is a mixer")
    other_files_are_told_apart(t, chain)
    pack, rows = as_pack(chain)
    t.wagetrail("labels", "import", pack)
    ends_at_services(t, chain, rows)
    by_labels = t.ask("trace", "--from", chain / "payroll.csv", "--to", "category:exchange", expect=FOUND)
    for with_table, with_labels in zip(by_table["result"]["policies"], by_labels["result"]["policies"], strict=True):
        equal(with_table["reached"], with_labels["reached"], "what reached exchanges, by a table and by labels")
    notes(t, rows[0]["address"])
    packs_of_others(t)


framework.main(story)
