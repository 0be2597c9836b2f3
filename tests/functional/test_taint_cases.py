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
        equal(int(mine["units"]), theirs["sat"], f"{where}, input {mine['output']}")
        equal(tainted(mine["lots"]), theirs[f"tainted_{policy}"], f"{where}, input {mine['output']}")
    for mine, theirs in zip(found["outputs"], step["outputs"], strict=True):
        equal(int(mine["units"]), theirs["sat"], where)
        equal(tainted(mine["lots"]), theirs[policy], f"{where}, output {theirs['vout']}")
        if policy == "fifo":
            equal(segments(mine["lots"]), theirs["fifo_segments"], f"{where}, output {theirs['vout']}")
    equal(int(found["fee"]["units"]), step["fee"], f"{where}, fee")
    equal(tainted(found["fee"]["lots"]), step["fee_tainted"][policy], f"{where}, fee")


def segments(lots):
    """Lots in order as the cases write them, tainted or clean; neighbours of one kind are one."""
    joined = []
    for lot in lots:
        kind = "c" if lot["source"] is None else "T"
        if joined and joined[-1][1] == kind:
            joined[-1][0] += int(lot["units"])
        else:
            joined.append([int(lot["units"]), kind])
    return joined


def check_steps(policy, result, case):
    """Every transaction that takes tainted value in is taken apart, and no other."""
    taken = {step["position"]["txid"]: step for step in result["steps"]}
    due = {step["txid"]: step for step in case["steps"] if any(i[f"tainted_{policy}"] for i in step["inputs"])}
    equal(set(taken), set(due), f"case {case['case']}, {policy}: transactions that are taken apart")
    assert due, f"case {case['case']} shows nothing"
    for txid, step in due.items():
        check_step(policy, taken[txid], step)


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
    expected = {owner: amounts[policy] for owner, amounts in case["ends"].items() if amounts[policy]}
    equal(ends, expected, f"case {case['case']}, {policy}: where it lies")
    equal(result["stopped"], [], f"case {case['case']}, {policy}: nothing stands in the way")
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
        equal([result["policy"] for result in answer["result"]["policies"]], ["fifo", "haircut"], "policies")
        for result in answer["result"]["policies"]:
            check_steps(result["policy"], result, case)
            check_ends(result["policy"], result, case)
        again = t.ask("trace", *sources, "--policy", "fifo,haircut", "--through-coinjoins")
        equal(again["result_id"], answer["result_id"], "the same question again")


framework.main(story)
