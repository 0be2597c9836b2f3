"""Extension blocks activate at height 432 by a peg-in, and every later block ends with a HogEx."""

import framework
from framework import equal


def story(t):
    node = t.litecoin(mweb=True)
    peg_in = node.activate_mweb()
    equal(node.height, 432)

    wallet = node.wallet()
    wallet.call("generatetoaddress", 2, wallet.call("getnewaddress"))
    for block in node.blocks(433, 434):
        kinds = [out["scriptPubKey"]["type"] for out in block["tx"][-1]["vout"]]
        equal(kinds[0], "witness_mweb_hogaddr", f"last transaction of block {block['height']}")
    equal(node.blocks(432, 432)[0]["tx"][1]["txid"], peg_in)

    # The raw block carries the extension behind its last transaction; a plain node has none.
    plain = t.litecoin("plain")
    address = plain.wallet().call("getnewaddress")
    plain.rpc("generatetoaddress", 433, address)
    equal(len(plain.blocks(433, 433)[0]["tx"]), 1)


if __name__ == "__main__":
    framework.main(story)
