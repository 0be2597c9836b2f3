"""A real node accepts every block of the simulator, and agrees with its truth about the balances."""

import json
import struct
from collections import Counter

import framework
from litecoin_node import units
from framework import USAGE, equal

SEEDS = (1, 2, 3)
BLOCKS = 300
MAGIC = bytes.fromhex("fabfb5da")


def simulate(t, seed, name, ledger="ltc-regtest", blocks=BLOCKS):
    out = t.directory / name
    t.execute("wagetrail-sim", "--seed", seed, "--blocks", blocks, "--ledger", ledger, "--out", out)
    return out


def stored_blocks(out):
    for path in sorted((out / "blocks").glob("blk*.dat")):
        data = path.read_bytes()
        at = 0
        while at < len(data):
            magic, size = struct.unpack_from("<4sI", data, at)
            equal(magic, MAGIC, f"magic at {path.name}:{at}")
            yield data[at + 8 : at + 8 + size]
            at += 8 + size


def unspent_by_address(truth):
    spent = {(i["txid"], i["vout"]) for tx in truth["transactions"] for i in tx["inputs"]}
    totals = Counter({owned["address"]: 0 for owned in truth["addresses"]})
    for paid in truth["payments"]:
        if paid["payee"] and (paid["txid"], paid["vout"]) not in spent:
            totals[paid["address"]] += paid["amount"]
    return totals


def is_accepted(t, seed):
    out = simulate(t, seed, f"seed-{seed}")
    truth = json.loads((out / "truth.json").read_text())
    node = t.litecoin(f"node-{seed}")
    blocks = list(stored_blocks(out))
    equal(len(blocks), BLOCKS + 1)
    for height, raw in enumerate(blocks[1:], start=1):
        answer = node.rpc("submitblock", raw.hex())
        equal(answer, None, f"answer to block {height} of seed {seed}")
    equal((node.height, node.tip), (BLOCKS, truth["tip"]["hash"]))

    # No address of the genesis key is ours: what the node counts on ours is what the truth says.
    expected = unspent_by_address(truth)
    pushed_keys = {owned["address"] for owned in truth["addresses"] if owned["kind"] == "p2pk"}
    named = sorted(address for address in expected if address not in pushed_keys)
    equal(node.balances(named), {address: expected[address] for address in named}, "balances")

    supply = node.rpc("gettxoutsetinfo")
    equal(units(supply["total_amount"]), sum(expected.values()), "unspent coins")
    node.kill()


def same_arguments_same_bytes(t):
    first, second = simulate(t, 7, "once", blocks=150), simulate(t, 7, "again", blocks=150)
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    equal(files, sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file()))
    for path in files:
        assert (first / path).read_bytes() == (second / path).read_bytes(), f"{path} differs"
    other = simulate(t, 8, "other", blocks=150)
    assert (first / "blocks/blk00000.dat").read_bytes() != (other / "blocks/blk00000.dat").read_bytes()


def wrong_arguments_are_refused(t):
    def refused(*arguments):
        result = t.execute("wagetrail-sim", *arguments, expect=USAGE)
        assert result.err.strip(), result

    out = t.directory / "refused"
    refused("--seed", 1)
    refused("--out", out, "--ledger", "btc")
    refused("--out", out, "--ledger", "nonsense")
    refused("--out", out, "--blocks", 0)
    refused("--out", out, "--blocks", 1_000_000)
    refused("--out", t.directory / "once")  # holds blocks already
    equal(out.exists(), False)
    t.execute("wagetrail-sim", "--help")


def story(t):
    for seed in SEEDS:
        is_accepted(t, seed)
    same_arguments_same_bytes(t)
    wrong_arguments_are_refused(t)


if __name__ == "__main__":
    framework.main(story)
