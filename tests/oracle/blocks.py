"""Reads the transactions of blk files, with nothing of Wagetrail: its own parser, for the oracle."""

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path

REGTEST_MAGIC = bytes.fromhex("fabfb5da")


@dataclass
class Transaction:
    txid: str
    inputs: list  # (txid, vout); none for a coinbase
    outputs: list  # amounts in base units


class Bytes:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, count):
        part = self.data[self.at : self.at + count]
        if len(part) != count:
            raise ValueError("the block ends too early")
        self.at += count
        return part

    def number(self, count):
        return int.from_bytes(self.take(count), "little")

    def size(self):
        first = self.number(1)
        return first if first < 0xFD else self.number({0xFD: 2, 0xFE: 4, 0xFF: 8}[first])


def double_sha256(data):
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()


def read_transaction(block):
    begun = block.at
    version = block.take(4)
    segwit = block.data[block.at : block.at + 2] == b"\x00\x01"
    if segwit:
        block.take(2)
    body = block.at
    inputs = []
    for _ in range(block.size()):
        previous = block.take(32)[::-1].hex(), block.number(4)
        block.take(block.size())
        block.take(4)
        inputs.append(previous)
    outputs = []
    for _ in range(block.size()):
        outputs.append(block.number(8))
        block.take(block.size())
    end = block.at
    if segwit:
        for _ in inputs:
            for _ in range(block.size()):
                block.take(block.size())
    lock_time = block.take(4)
    plain = version + block.data[body:end] + lock_time if segwit else block.data[begun : block.at]
    coinbase = inputs[0][0] == "00" * 32
    return Transaction(double_sha256(plain)[::-1].hex(), [] if coinbase else inputs, outputs)


def records(folder, magic):
    for path in sorted(Path(folder).glob("blk*.dat")):
        data = path.read_bytes()
        at = 0
        while data[at : at + 4] == magic:
            (size,) = struct.unpack("<I", data[at + 4 : at + 8])
            yield data[at + 8 : at + 8 + size]
            at += 8 + size


def best_chain(folder, magic):
    """The raw blocks of the longest chain: on regtest each block is the same work."""
    by_hash = {double_sha256(record[:80]): record for record in records(folder, magic)}
    heights = {b"\x00" * 32: -1}
    for begin in by_hash:
        above = []
        while begin in by_hash and begin not in heights:
            above.append(begin)
            begin = by_hash[begin][4:36]
        if begin in heights:
            for below in reversed(above):
                heights[below] = heights[by_hash[below][4:36]] + 1
    at = max(heights, key=heights.get)
    blocks = []
    while at in by_hash:
        blocks.append(by_hash[at])
        at = by_hash[at][4:36]
    return reversed(blocks)


def chain(folder, magic=REGTEST_MAGIC):
    """Every transaction of the longest chain in a folder, in chain order."""
    for record in best_chain(folder, magic):
        block = Bytes(record)
        block.take(80)
        for _ in range(block.size()):
            yield read_transaction(block)
