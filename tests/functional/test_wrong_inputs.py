"""Wrong input gives the right exit code and one sentence that says what, where and what next."""

import datetime
import json
import os
import re
import shutil
import signal
import subprocess

import framework
from framework import DONE, FAILURE, FOUND, UNKNOWN, USAGE, contains, equal
from litecoin_node import free_port

LEDGER = "ltc-regtest"
COMMANDS = (
    "sync", "status", "doctor", "backup", "show", "entity", "explain", "cut", "calibrate", "trace", "paths", "exposure", "report", "replay", "log", "export", "serve", "keys", "keys add", "keys ls", "keys revoke", "audit", "audit ls", "audit verify", "lists", "lists import",
    "lists ls", "lists check", "lists diff", "prices", "prices import", "prices ls", "lists lint", "lists search", "labels", "labels import", "labels ls", "labels export", "labels add", "labels rm",
)  # fmt: skip


def helps(t):
    listed = {command.split()[0] for command in COMMANDS}
    shown = t.wagetrail("--help").out.split("Subcommands:")[1]
    equal({line.split()[0] for line in shown.splitlines() if re.match("  [a-z]", line)}, listed, "commands of --help")
    for command in ("", *COMMANDS):
        result = t.wagetrail(*command.split(), "--help", expect=DONE)
        equal(result.out.splitlines()[0], "Examples:", f"first line of wagetrail {command} --help")
        assert len([line for line in result.out.splitlines() if line.startswith("  wagetrail ")]) >= 2, command
        equal(result.err, "", f"standard error of wagetrail {command} --help")
    contains(t.wagetrail("--version").out, "wagetrail 0.1.0")
    for command in COMMANDS:
        result = t.wagetrail(*command.split(), "--nonsense", expect=USAGE)
        contains(result.err, f"Run wagetrail {command} --help")
    known = t.fails(USAGE, 'unknown command "frobnicate"; the known ones are sync, ', "frobnicate").err
    for command in listed:
        contains(known, command, "known commands")
    t.fails(USAGE, 'unknown command "lists frobnicate"; the known ones are import, ', "lists", "frobnicate")
    t.fails(USAGE, 'unknown command "shows"', "shows", "170", "--ledger", "btc")
    for arguments in (
        (), ("nonsense",), ("lists",), ("lists", "nonsense"), ("show",), ("entity",), ("explain", "a"), ("trace",),
        ("backup",), ("sync", LEDGER), ("sync",), ("lists", "import", "x"), ("lists", "diff", "x"), ("show", "1", "2"),
        ("show", "1", "--limit", "0"), ("show", "1", "--limit", "10001"), ("entity", "x", "--limit", "many"),
        ("sync", LEDGER, "--from", "files:x", "--to-height", "-1"),
    ):  # fmt: skip
        result = t.wagetrail(*arguments, expect=USAGE)
        contains(result.err, "--help")
        equal(result.out, "", "standard output of a usage error")


def simulator(t):
    contains(t.execute("wagetrail-sim", "--help").out, "Examples: wagetrail-sim ")
    out = t.directory / "sim"
    for arguments in (
        (), ("--out", out, "--nonsense"), ("--out", out, "--seed", "x"), ("--out", out, "--ledger", "btc"),
        ("--out", out, "--blocks", "-1"),
    ):  # fmt: skip
        result = t.execute("wagetrail-sim", *arguments, expect=None)
        assert result.code not in (DONE, FOUND) and result.code > 0, result
        assert result.err, result
        assert not out.exists(), f"{arguments} wrote something"


def sources(t, chain):
    t.fails(USAGE, "unknown ledger .*btc, btc-regtest, ltc", "sync", "dogecoin", "--from", "files:/tmp")
    t.fails(USAGE, "files:", "sync", LEDGER, "--from", "ftp:somewhere")
    t.fails(USAGE, "not available yet", "sync", LEDGER, "--from", "rest:http://127.0.0.1:1")
    t.fails(USAGE, "no folder /no-such-dir", "sync", LEDGER, "--from", "files:/no-such-dir")
    empty = t.directory / "empty"
    empty.mkdir()
    t.fails(USAGE, r"no blk\*.dat files", "sync", LEDGER, "--from", f"files:{empty}")
    t.fails(USAGE, f"use files:{chain}/blocks", "sync", LEDGER, "--from", f"files:{chain}")
    t.fails(USAGE, "not of btc", "sync", "btc", "--from", f"files:{chain}/blocks")
    t.fails(FAILURE, "refuses the connection", "sync", LEDGER, "--from", f"rpc:http://127.0.0.1:{free_port()}")
    t.fails(USAGE, "size", "sync", LEDGER, "--from", f"files:{chain}/blocks", "--memory", "much")
    t.fails(USAGE, "at least 64MiB", "sync", LEDGER, "--from", f"files:{chain}/blocks", "--memory", "1MiB")


def nodes(t):
    node = t.litecoin()
    secret = "not-the-pass-word"
    wrong = {"WAGETRAIL_RPC_USER": node.user, "WAGETRAIL_RPC_PASSWORD": secret}
    result = t.fails(USAGE, "401|password", "sync", LEDGER, "--from", f"rpc:{node.url}", env=wrong)
    assert secret not in result.out + result.err, "the password was printed"
    in_url = f"rpc:http://{node.user}:{secret}@127.0.0.1:{node.rpc_port}"
    result = t.fails(USAGE, "401|password", "sync", LEDGER, "--from", in_url)
    assert secret not in result.out + result.err, "the password was printed"
    result = t.fails(USAGE, "btc|genesis|ltc", "sync", "btc", "--from", f"rpc:{node.url_with_password}")
    assert node.password not in result.out + result.err, "the password was printed"
    cookie = t.directory / "no-cookie"
    t.fails(FAILURE, "no-cookie", "sync", LEDGER, "--from", f"rpc:{node.url}", "--rpc-cookie", cookie)


def questions(t):
    txid = "ab" * 32
    t.fails(USAGE, "checksum", "show", "rltc1qvx24w7h8xmesqmmytr7xx5lt7zq0n2kd6h46ly")
    t.fails(USAGE, "case", "show", "rltc1qvx24w7h8xmesqmmytr7xx5lt7zq0n2kd6h46LX")
    t.fails(USAGE, "btc", "show", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")
    t.fails(USAGE, "character 44 is mistyped", "show", "rltc1qmg77p77mxkem80xcld2kqvmms00x8l8keaf0r1")
    for subject in ("hello", "9" * 20, "ab" * 31, f"{txid}:x", f"{LEDGER}:hello"):
        t.fails(USAGE, f'^wagetrail: "{subject}" is nothing that .*address.*txid.*TXID:VOUT.*height.*wagetrail status',
                "show", subject)  # fmt: skip
    t.fails(USAGE, "no address: give an address or an entity id.*run wagetrail show 250", "entity", "250")
    t.fails(USAGE, "no address: give an address or an entity id.*wagetrail show TXID", "explain", "hello", "250")
    # Decimal digits alone, but 64 of them are a hash.
    t.fails(UNKNOWN, f"{'0' * 63}1 is not on ltc-regtest", "show", "0" * 63 + "1")
    for option in ("--as-of", "--known-at"):
        t.fails(USAGE, f"{option}.*empty", "trace", "--from", t.first_payout, option, "")
    t.fails(USAGE, "--as-of.*empty", "show", "1", "--as-of", "")
    t.fails(USAGE, "--as-of.*empty", "calibrate", LEDGER, "--as-of", "")
    t.fails(UNKNOWN, "not on ltc-regtest as of height", "show", txid)
    t.fails(UNKNOWN, "no block at height 999999", "show", "999999")
    t.fails(USAGE, "cursor", "show", "QdRYeqYMtM7brWYHxDHn4e976P2LFVpm4i", "--cursor", "12:x")
    t.fails(USAGE, "no transaction 2:0 in block 1; use the cursor", "show", "1", "--cursor", "2:0")
    t.fails(USAGE, "no transaction 1:999 in block 1", "show", "1", "--cursor", "1:999")
    pages(t)
    t.fails(USAGE, "not a time", "show", "1", "--as-of", "yesterday")
    for option, command in (("--as-of", ("show", "1")), ("--known-at", ("trace", "--from", t.first_payout))):
        t.fails(USAGE, "2099-01-01 is in the future", *command, option, "2099-01-01")
    t.fails(USAGE, "above the index's tip", "show", "1", "--as-of", "999999")
    t.fails(UNKNOWN, "before the first block", "show", "1", "--as-of", "1999-01-01")
    t.fails(USAGE, "L0 and L1", "show", "1", "--level", "L9")
    t.fails(UNKNOWN, "never seen", "entity", "raw(51)")
    t.fails(UNKNOWN, "not indexed", "show", "1", "--ledger", "btc")
    t.fails(USAGE, "unknown ledger", "show", "1", "--ledger", "monero")
    t.fails(USAGE, '"fifo" is named twice', "trace", "--from", t.first_payout, "--policy", "fifo,lifo,fifo")
    t.fails(USAGE, "name it alone", "trace", "--from", t.first_payout, "--policy", "all,fifo")
    t.fails(USAGE, '"fifo" is named twice', "exposure", t.first_payout, "--policy", "fifo", "--policy", "fifo")
    t.fails(USAGE, "unknown policy", "trace", "--from", f"{txid}:0", "--policy", "magic")
    t.fails(UNKNOWN, "not on ltc-regtest", "trace", "--from", f"{txid}:0")
    t.fails(USAGE, '^wagetrail: "hello" is no subject: .*; give an address, a txid', "trace", "--from", "hello")
    t.fails(USAGE, "--max-hops.*range 1 to", "trace", "--from", f"{txid}:0", "--max-hops", "0")
    t.fails(USAGE, "no file", "trace", "--from", "missing.csv")
    t.fails(USAGE, "not an amount", "trace", "--from", f"{txid}:0", "--min-value", "-1")
    t.fails(UNKNOWN, "no list was imported", "trace", "--from", t.first_payout, "--to", "list:ofac-sdn")


def pages(t):
    """A block's transactions, three at a time, are those of the whole page."""
    whole = t.ask("show", "150", "--limit", 10000)["result"]
    assert whole["tx_count"] > 6 and whole["next"] is None, whole
    paged, cursor = [], None
    while True:
        page = t.ask("show", "150", "--limit", 3, *(("--cursor", cursor) if cursor else ()))["result"]
        paged += page["txids"]
        cursor = page["next"]
        if cursor is None:
            break
    equal(paged, whole["txids"], "pages of a block")


def outputs(t):
    """A transaction by one of its outputs, and each output with its index."""
    txid, vout = t.first_payout.split(":")
    whole = t.wagetrail("show", txid)
    equal(t.wagetrail("show", t.first_payout).out, whole.out, "the transaction by its output")
    facts = t.ask("show", txid)["result"]["outputs"]
    assert len(facts) > int(vout)
    for out in facts:
        row = next(line for line in whole.out.splitlines() if line.startswith(f"out {out['vout']} "))
        contains(row, out["address"])
    t.fails(USAGE, f"has no output {len(facts)}; its last one is {len(facts) - 1}", "show", f"{txid}:{len(facts)}")
    t.fails(UNKNOWN, "not on ltc-regtest", "show", f"{'ab' * 32}:0")


def broken_pipe(t):
    """Whoever reads only the beginning has seen enough: no error line."""
    for arguments in (("show", "1"), ("trace", "--from", t.first_payout, "--json")):
        reader, writer = os.pipe()
        os.close(reader)
        command = [str(t.program("wagetrail")), *arguments]
        done = subprocess.run(command, env=t.environment(), stdout=writer, stderr=subprocess.PIPE, text=True, timeout=120)
        os.close(writer)
        equal((done.returncode, done.stderr), (-signal.SIGPIPE, ""), f"end of {arguments}")


def tables(t):
    table = t.directory / "payouts.csv"
    for text, pattern in (
        ("", "empty"),
        ("name,amount\nx,1\n", "line 1: the header needs tx_hash"),
        ("tx_hash;vout\nx;1\n", "line 1: the columns of a table are separated by commas"),
        ("tx_hash,vout\n", "no payout in it"),
        ("tx_hash,vout\nnothex,0\n", "line 2: .*not a txid"),
        (f"tx_hash,vout\n{'ab' * 32},minus\n", "line 2: .*not an output index"),
        ('tx_hash,vout\n"unclosed,0\n', "line"),
        ("address,pay_date\nnonsense,2023-01-01\n", "line 2"),
        ("address,pay_date,amount\nQdRYeqYMtM7brWYHxDHn4e976P2LFVpm4i,01.02.2023,1\n", "line 2: .*not a time"),
    ):
        table.write_text(text)
        t.fails(USAGE, pattern, "trace", "--from", table)
    table.write_text(f"tx_hash,vout\n{'ab' * 32},0\n")
    answer = t.wagetrail("trace", "--from", table, "--json", expect=UNKNOWN).json
    equal(answer["coverage"], ["NO_PAYOUTS", "PAYOUTS_NOT_ON_CHAIN"], "coverage")
    equal(answer["result"]["not_on_chain"][0]["line"], 2, "line of the missing payout")


def list_files(t, chain):
    t.fails(USAGE, "missing.xml does not exist", "lists", "import", "missing.xml", "--name", "x")
    bad = t.directory / "bad.xml"
    for text, pattern in (
        ("<?xml version='1.0'?><Sanctions><oops>", "line 1, column 39"),
        ("<?xml version='1.0'?><Other/>", "."),
        ('address,name\n"broken\n', "line 3"),
        ("hello\n", "nothing in it is an address"),
        ("", "holds no address; a failed download[?]"),
        ("# nothing\n", "holds no address; a failed download[?]"),
        ("address,name\n", "holds no address; a failed download[?]"),
    ):
        bad.write_text(text)
        result = t.fails(USAGE, pattern, "lists", "import", bad, "--name", "x")
        contains(result.err, "bad.xml")
    bad.write_text("")
    anomalies = t.ask("lists", "lint", bad)["result"]["anomalies"]
    equal([anomaly["code"] for anomaly in anomalies], ["empty"], "anomalies of an empty file")
    bad.write_text("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h\n")
    tomorrow, later = (str(datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days)) for days in (1, 3))
    t.fails(USAGE, f"{later} is in the future", "lists", "import", bad, "--name", "x", "--published", later)
    t.wagetrail("lists", "import", bad, "--name", "watch", "--published", tomorrow)
    t.fails(USAGE, "name", "lists", "import", chain / "sdn_advanced.xml", "--name", "Not A Name")
    t.fails(USAGE, "not a time", "lists", "import", chain / "sdn_advanced.xml", "--name", "x", "--known-from", "soon")
    t.fails(UNKNOWN, "no list is called", "lists", "ls", "nothing")
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn")
    again = t.ask("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn")
    equal(again["result"]["already_there"], True, "the same bytes again")
    t.fails(UNKNOWN, "no snapshot is called .*ofac-sdn", "lists", "diff", "nothing", "ofac-sdn")
    to_list = ("trace", "--from", t.first_payout, "--to")
    t.fails(UNKNOWN, 'no list is called "nope"; there are: ofac-sdn, watch', *to_list, "list:nope")
    t.fails(UNKNOWN, 'no snapshot of a list "ofac-sdn" was published by .* and known by 1999', *to_list, "list:ofac-sdn",
            "--known-at", "1999-01-01")  # fmt: skip


def databases(t, chain):
    sync = ("sync", LEDGER, "--from", f"files:{chain}/blocks")
    follower = t.start("wagetrail", *sync, "--follow")
    framework.wait_for(follower.holds_a_lock, "the follower to be the writer")
    result = t.fails(FAILURE, "another process", *sync)
    equal(len(result.err.strip().splitlines()), 1, "lines of the error")
    equal(t.wagetrail("show", "1").code, DONE, "reading beside a sync")
    follower.signal()
    equal(follower.wait().code, 0, "exit code of the follower")

    other = t.directory / "other"
    shutil.copytree(t.home / "ledgers" / LEDGER, other / "ledgers" / "btc-regtest")
    bitcoin = t.directory / "bitcoin"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 150, "--ledger", "btc-regtest", "--out", bitcoin)
    t.fails(FAILURE, "of ledger ltc-regtest", "sync", "btc-regtest", "--from", f"files:{bitcoin}/blocks", home=other)
    t.fails(FAILURE, "of ledger ltc-regtest", "status", "btc-regtest", home=other)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def write_format(database, number):
    """Sets the format number, which is in the first record of a new database's log: checksum, length
    and kind, then a batch with the row."""
    (log,) = database.glob("*.log")
    data = bytearray(log.read_bytes())
    row = b"\x06format\x01"
    at = data.index(row) + len(row)
    size = int.from_bytes(data[4:6], "little")
    assert at < 7 + size, "the row is not in the first record"
    data[at] = number
    crc = crc32c(data[6 : 7 + size])
    masked = ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF
    data[:4] = masked.to_bytes(4, "little")
    log.write_bytes(data)


def followed(t, home):
    """Whether the index has reached its first block. Until then there is nothing to ask."""
    asked = t.wagetrail("status", LEDGER, "--json", home=home, expect=None)
    return asked.code == DONE and json.loads(asked.out)["result"]["ledgers"]


def formats(t, chain):
    """A database of another format is refused by every command that opens it, and left as it is."""
    home = t.directory / "old"
    sync = ("sync", LEDGER, "--from", f"files:{chain}/blocks")
    # A sync that ends by itself leaves tables; one that was killed leaves its log.
    follower = t.start("wagetrail", *sync, "--follow", home=home)
    database = home / "ledgers" / LEDGER
    framework.wait_for(lambda: database.exists() and followed(t, home), "the follower to have blocks")
    follower.kill()
    height = t.ask("status", home=home)["result"]["ledgers"][0]["height"]
    for number in (0, 2, 127):
        write_format(database, number)
        for command in (("status",), ("doctor",), ("show", "1"), ("trace", "--from", t.first_payout)):
            result = t.fails(FAILURE, f"the index has format {number}, this program reads 1; delete the folder and "
                             "run wagetrail sync", *command, home=home)  # fmt: skip
            equal(len(result.err.splitlines()), 1, "lines of the error")
            equal(result.out, "", "answer")
    before = t.directory / "before"
    shutil.copytree(database, before)
    t.fails(FAILURE, "the index has format 127", *sync, home=home)
    # It goes on as before once the number is right again: nothing was written over.
    shutil.rmtree(database)
    shutil.copytree(before, database)
    write_format(database, 1)
    equal(t.ask("status", home=home)["result"]["ledgers"][0]["height"], height, "height")
    # And the advice works.
    shutil.rmtree(database)
    t.wagetrail(*sync, home=home)


def story(t):
    helps(t)
    simulator(t)
    t.fails(UNKNOWN, "no ledger is indexed", "status")
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 200, "--ledger", LEDGER, "--out", chain)
    sources(t, chain)
    sync = ("sync", LEDGER, "--from", f"files:{chain}/blocks")
    t.wagetrail(*sync)
    t.fails(UNKNOWN, "the source ends below the height asked for, 500;", *sync, "--to-height", "500")
    t.fails(USAGE, "is no directory; --home names", "status", home=chain / "payroll.csv")
    row = (chain / "payroll.csv").read_text().splitlines()
    columns = dict(zip(row[0].split(","), row[1].split(","), strict=True))
    t.first_payout = f"{columns['tx_hash']}:{columns['vout']}"
    questions(t)
    outputs(t)
    broken_pipe(t)
    tables(t)
    list_files(t, chain)
    databases(t, chain)
    formats(t, chain)
    nodes(t)


framework.main(story)
