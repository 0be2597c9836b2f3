"""Labelled transactions of the shared data, in the form that wagetrail-measure reads.

dumplings__*.zip: one transaction a line, "txid:::block:::position:::time:::inputs:::outputs", legs
joined by "}{", an input "txid-vout-amount+script+type", an output "amount+script+type". emul__*.zip:
the blocks of a node as JSON and the round ids of the coordinator.
"""

import json
import zipfile
from decimal import Decimal
from pathlib import PurePosixPath

UNITS = 10**8
EMPTY = "6a"  # an output without script in the data: nobody can spend it


def leg(text):
    head, script, _kind = text.strip("{}").split("+")
    return f"{head.split('-')[-1]}:{script or EMPTY}"


def line_of(txid, height, inputs, outputs):
    return f"{txid} {height} {','.join(inputs)} {','.join(outputs)}"


def dumplings(path, member, height):
    """Lines for each distinct transaction, in the order of the file."""
    lines = {}
    with zipfile.ZipFile(path) as archive:
        for row in archive.read(f"Scanner/{member}.txt").decode().splitlines():
            if not row:
                continue
            txid, _block, _position, _time, inputs, outputs = row.split(":::")[:6]
            lines[txid] = line_of(
                txid, height, [leg(i) for i in inputs.split("}{")], [leg(o) for o in outputs.split("}{")])
    return list(lines.values())


def node_legs(tx, by_txid):
    spent = (by_txid[i["txid"]]["vout"][i["vout"]] for i in tx["vin"])
    for out in spent:
        yield "in", out
    for out in tx["vout"]:
        yield "out", out


def emulated(path):
    """(lines, ids of the rounds): every payment of the emulated chains."""
    transactions, rounds = {}, set()
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if PurePosixPath(name).name == "CoinJoinIdStore.txt":
                rounds.update(archive.read(name).decode().split())
            elif PurePosixPath(name).name.startswith("block_"):
                block = json.loads(archive.read(name), parse_float=Decimal)
                # Both chains begin alike: what makes a txid unique is told apart by the chain.
                transactions.setdefault(name.split("/data/")[0], {}).update({t["txid"]: t for t in block["tx"]})
    lines = {}
    for chain in transactions.values():
        for txid, tx in chain.items():
            if "coinbase" in tx["vin"][0]:
                continue
            legs = {"in": [], "out": []}
            for side, out in node_legs(tx, chain):
                legs[side].append(f"{int(out['value'] * UNITS)}:{out['scriptPubKey']['hex'] or EMPTY}")
            lines[txid] = line_of(txid, 1, legs["in"], legs["out"])
    return list(lines.values()), rounds
