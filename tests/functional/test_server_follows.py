"""One process follows a node and answers: what the node mined is in the answers, through reorganisations and restarts."""

import re
import shutil

import framework
from framework import DONE, contains, equal, wait_for
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


def follow_of(server):
    return server.get("/v1/status").json["behind"][LEDGER]["follow"]


def measured(server):
    """The values of /metrics about what is followed, by name."""
    text = server.get("/metrics").body.decode()
    return {name: int(value) for name, value in re.findall(rf'^wagetrail_follow_(\w+){{ledger="{LEDGER}"}} (\d+)$', text, re.M)}


def with_a_node_that_goes_away(server, node):
    """Whoever watches sees since when the index stands still and why, and that it is over."""
    well = wait_for(lambda: (now := follow_of(server))["state"] == "at_tip" and now, "the server to say that it follows")
    assert measured(server)["failing"] == 0, measured(server)
    node.stop()
    wait_for(lambda: follow_of(server)["state"] == "failing", "word of the node that went away", 60)
    wait_for(lambda: "no cookie of a node" in "".join(server.running.err), "the same on stderr", 60)
    failing = follow_of(server)
    assert failing["since"] >= well["since"] and failing["errors"] > 0, failing
    contains(failing["last_error"]["message"], "is the node running")
    assert measured(server)["failing"] == 1 and measured(server)["errors_total"] > 0, measured(server)
    equal(server.get("/readyz").body, b"ready\n", "what is indexed is answered all the same")


def nothing_to_follow(t, blocks):
    """Where nothing was indexed yet, the refusal says why, until there is something."""
    late = t.directory / "late"
    server = Server(t, "--follow", f"{LEDGER}=files:{late}", home=t.directory / "new")
    failed = wait_for(lambda: (now := server.get("/v1/status", expect=404).json)["hint"].startswith(LEDGER) and now, "the reason")
    contains(failed["hint"], "cannot be read since")
    equal(measured(server)["failing"], 1, "failing")
    shutil.copytree(blocks, late)
    wait_for(lambda: measured(server)["failing"] == 0, "the blocks", 60)
    wait_for(lambda: server.get("/v1/status", expect=None).status == 200, "the first blocks in the answers")
    wait_for(lambda: follow_of(server)["state"] == "at_tip", "the last of them", 60)
    contains(follow_of(server)["last_error"]["message"], "late")
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")


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
    with_a_node_that_goes_away(server, node)
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")
    nothing_to_follow(t, node.blocks_dir)
    digest = t.ask("doctor", "--digest")["result"]["families"]
    fresh = t.directory / "fresh"
    t.wagetrail("sync", LEDGER, "--from", f"files:{node.blocks_dir}", home=fresh)
    equal(digest, t.ask("doctor", "--digest", home=fresh)["result"]["families"], "the same rows as a sync by itself")


if __name__ == "__main__":
    framework.main(story)
