"""Tables of a million rows and of nonsense: answered or refused in bounded time and memory."""

import csv
import random
import resource

import framework
from framework import UNKNOWN, USAGE, contains, equal

LEDGER = "ltc-regtest"
ROWS = 1_000_000
MEMORY_MIB = 1500  # for a million rows, each kept to be told


def million(t, name, header, row):
    path = t.directory / name
    with path.open("w") as file:
        file.write(header + "\n")
        for i in range(ROWS):
            file.write(row(i) + "\n")
    return path


def peak_mib():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10


def unknown_transactions(t):
    dice = random.Random(1)
    table = million(t, "txids.csv", "tx_hash,vout,payee_id", lambda i: f"{dice.getrandbits(256):064x},0,p{i}")
    result = t.wagetrail("trace", "--from", table, "--to", "list:ofac-sdn", expect=UNKNOWN)
    contains(result.out, f"and {ROWS - 20} more that were not found")
    assert len(result.out) < 10_000, "the text is for people"
    assert peak_mib() < MEMORY_MIB, f"{peak_mib()} MiB"
    table.unlink()


def one_address_a_million_times(t, chain):
    with open(chain / "payroll-northwind.csv") as file:
        first = next(csv.DictReader(file))
    table = million(t, "addresses.csv", "address,pay_date,amount", lambda i: f"{first['address']},{first['pay_date']},{i}.5")
    t.wagetrail("trace", "--from", table, "--to", "list:ofac-sdn", expect=UNKNOWN)
    # The one that fits is found among the others, and only once.
    with table.open("a") as file:
        file.write(f"{first['address']},{first['pay_date']},{first['amount']}\n")
    result = t.ask("trace", "--from", table, "--to", "list:ofac-sdn", expect=None)["result"]
    equal(len(result["sources"]), 1, "payouts found")
    with table.open("a") as file:
        file.write(f"{first['address']},{first['pay_date']},{first['amount']}\n")
    t.fails(USAGE, f"line {ROWS + 3}: the output was named by line {ROWS + 2} already",
            "trace", "--from", table, "--to", "list:ofac-sdn")  # fmt: skip
    table.unlink()


def nonsense(t, chain):
    for content, error in (
        (b"\x00" * 1000, "line 1"),
        (b"tx_hash,vout\n" + b"\xff\xfe" * 50 + b",0\n", "line 2"),
        (b"tx_hash,vout\n" + b'"' + b"a" * 100_000, "line"),
        (b"address\n" + b"x," * 70_000 + b"\n", "line"),
    ):
        path = t.directory / "nonsense.csv"
        path.write_bytes(content)
        t.fails(USAGE, error, "trace", "--from", path, "--to", "list:ofac-sdn")
    # A label with control characters cannot move the cursor of whoever reads about it.
    with open(chain / "payroll-northwind.csv") as file:
        payee = next(csv.DictReader(file))["address"]
    table = t.directory / "services.csv"
    table.write_bytes(b"address,name,category\n" + payee.encode() + b',"Acme\x1b[2J\x07",exchange\n')
    t.fails(USAGE, "line 2, column .* control character", "trace", "--from", chain / "payroll-northwind.csv",
            "--to", "list:ofac-sdn", "--services", table)  # fmt: skip
    bad = t.directory / "pack.yaml"
    bad.write_text('title: t\ncreator: c\ntags:\n  - address: ' + payee + '\n    label: "a\\x1bb"\n    source: s\n    currency: LTC\n')
    result = t.wagetrail("labels", "import", bad, expect=None)
    assert result.code in (0, 2), result
    assert "\x1b" not in t.wagetrail("show", payee).out, "control characters"


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks")
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn")
    nonsense(t, chain)
    unknown_transactions(t)
    one_address_a_million_times(t, chain)


framework.main(story)
