"""Five worked cases of tainted value on Bitcoin Core's chain, reached to the last unit."""

import framework
from framework import equal

LEDGER = "btc-regtest"


def tainted(lots):
    return sum(int(lot["units"]) for lot in lots if lot["source"] is not None)


def check_step(policy, found, step):
    where = f"{policy}: {step['name']}"
    for mine, theirs in zip(found["inputs"], step["inputs"], strict=True):
        equal(mine["output"], f"{theirs['txid']}:{theirs['vout']}", where)
        equal(tainted(mine["lots"]), theirs[f"tainted_{policy}"], f"{where}, input {mine['output']}")
    for mine, theirs in zip(found["outputs"], step["outputs"], strict=True):
        equal(int(mine["units"]), theirs["sat"], where)
        equal(tainted(mine["lots"]), theirs[policy], f"{where}, output {theirs['vout']}")
    equal(tainted(found["fee"]["lots"]), step["fee_tainted"][policy], f"{where}, fee")


def check_ends(policy, result, case):
    """What lies unspent in the end, by owner."""
    owner_of = {}
    for step in case["steps"]:
        for output in step["outputs"]:
            owner_of[f"{step['txid']}:{output['vout']}"] = output["owner"]
    ends = {}
    for stop in result["residual"]:
        position = stop["output"]["position"]
        owner = owner_of[f"{position['txid']}:{position['vout']}"]
        ends[owner] = ends.get(owner, 0) + int(stop["amount"]["units"])
    for owner, amounts in case["ends"].items():
        equal(ends.get(owner, 0), amounts[policy], f"case {case['case']}, {policy}, {owner}")
    totals = {part: int(amount["units"]) for part, amount in result["totals"].items()}
    equal(totals["amount"], case["source_total"], "the source")
    equal(totals["fees"], case["fees"][policy], f"case {case['case']}, {policy}, fees")
    equal(totals["amount"], totals["reached"] + totals["stopped"] + totals["residual"] + totals["fees"], "the sum")


def story(t):
    t.wagetrail("sync", LEDGER, "--from", f"files:{t.core_regtest()}")
    cases = t.core_facts()["taint_cases"]
    equal(len(cases), 5)
    for case in cases:
        sources = [word for txid, vout in case["source"] for word in ("--from", f"{txid}:{vout}")]
        answer = t.ask("trace", *sources, "--policy", "fifo,haircut", "--through-coinjoins")
        by_txid = {step["txid"]: step for step in case["steps"]}
        for result in answer["result"]["policies"]:
            policy = result["policy"]
            taken = {step["position"]["txid"]: step for step in result["steps"]}
            for txid, step in by_txid.items():
                if any(i["tainted_fifo"] or i["tainted_haircut"] for i in step["inputs"]) and txid in taken:
                    check_step(policy, taken[txid], step)
            check_ends(policy, result, case)
        again = t.ask("trace", *sources, "--policy", "fifo,haircut", "--through-coinjoins")
        equal(again["result_id"], answer["result_id"], "the same question again")


framework.main(story)
