"""One process follows a node and answers: what the node mined is in the answers, through reorganisations and restarts."""

import framework
from framework import DONE, equal, wait_for
from litecoin_node import COIN
from purse import Purse
from server import Server

LEDGER = "ltc-regtest"


def at_tip(server, node):
    """The server stands where the node stands; its answer."""

    def look():
        reply = server.get("/v1/status", expect=None)
        rows = reply.json["result"]["ledgers"] if reply.status == 200 else []
        return reply if rows and rows[0]["block_hash"] == node.tip else None

    return wait_for(look, f"the server to reach {node.tip}", 60)


def received(server, address):
    return int(server.get(f"/v1/addresses/{LEDGER}/{address}").json["result"]["received"]["units"])


def story(t):
    node = t.litecoin(auth="cookie")
    employer = Purse(node, "employer", "p2wpkh")
    payee = Purse(node, "payee", "p2wpkh")
    employer.mine(101)
    follow = ("--follow", f"{LEDGER}=rpc:{node.url}", "--rpc-cookie", node.cookie_file)
    server = Server(t, *follow)
    at_tip(server, node)
    employer.pay({payee.address: COIN})
    employer.mine()
    at_tip(server, node)
    equal(received(server, payee.address), COIN, "after one block")
    # The payment is taken out again with its block, and another chain grows.
    node.abandon(1)
    node.rpc("generateblock", employer.address, [])
    node.rpc("generateblock", employer.address, [])
    at_tip(server, node)
    gone = server.get(f"/v1/addresses/{LEDGER}/{payee.address}").json["result"]
    equal(gone["tx_count"], 0, "after the reorganisation")
    # A second writer of the same index is refused while this one follows; a reader beside it is not.
    busy = t.wagetrail("sync", LEDGER, "--from", f"files:{node.blocks_dir}", expect=None)
    assert busy.code not in (DONE,) and "another" in busy.err, busy
    beside = Server(t, "--read-only")
    at_tip(beside, node)
    beside.running.signal()
    equal(beside.running.wait(12).code, DONE, "end of the reader")
    # Stopped in the middle, the next one goes on.
    server.running.kill()
    employer.mine(3)
    server = Server(t, *follow)
    at_tip(server, node)
    node.stop()
    wait_for(lambda: "trying again" in "".join(server.running.err), "word of the node that went away", 60)
    server.get("/v1/status")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")
    digest = t.ask("doctor", "--digest")["result"]["families"]
    fresh = t.directory / "fresh"
    t.wagetrail("sync", LEDGER, "--from", f"files:{node.blocks_dir}", home=fresh)
    equal(digest, t.ask("doctor", "--digest", home=fresh)["result"]["families"], "the same rows as a sync by itself")


if __name__ == "__main__":
    framework.main(story)
