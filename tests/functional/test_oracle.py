"""Every traced amount of whole payrolls on five simulated chains, recomputed by an independent oracle;
ordinary payrolls raise nothing."""

import csv
import sys

import framework
from framework import DONE, FOUND, ROOT, equal

sys.path.insert(0, str(ROOT / "tests" / "oracle"))
from oracle import by_source, follow  # noqa: E402

TIMEOUT = 600
LEDGER = "ltc-regtest"
SEEDS = (1, 2, 3, 4, 5)
POLICIES = ("fifo", "lifo", "haircut", "tainted-first", "libr")
CONSERVING = ",".join(POLICIES)
# Value stays there for reasons of bookkeeping that the oracle finds itself; all other reasons are told to it.
OWN_REASONS = ("unspent", "other_payout")


def point(position):
    return f"{position['txid']}:{position['vout']}"


def ends_of(result):
    """By the answer of trace: what of each source stays in which output, and where it was told to stay."""
    ends, stops = {}, set()

    def end(position, source, amount, reason):
        shares = ends.setdefault(point(position), {})
        assert source not in shares, f"{point(position)} ends twice for source {source}"
        shares[source] = int(amount["units"])
        if reason not in OWN_REASONS:
            stops.add((point(position), source))

    for stop in result["stopped"] + result["residual"]:
        for share in stop["shares"]:
            end(stop["output"]["position"], share["source"], share["amount"], stop["reason"])
    for arrival in result["reached"]:
        end(arrival["arrival"]["position"], arrival["source"], arrival["amount"], "reached")
    return ends, stops


def fees_of(result):
    fees = {index: int(source["fees"]["units"]) for index, source in enumerate(result["sources"])}
    return {index: fee for index, fee in fees.items() if fee}


def lots_of(leg):
    return [(lot["source"], int(lot["units"])) for lot in leg["lots"]]


def compare_steps(policy, found, expected):
    """Lot by lot, in order."""
    equal([step["position"]["txid"] for step in found], list(expected), f"{policy}: transactions taken apart")
    for step in found:
        where = f"{policy}: {step['position']['txid']}"
        mine = expected[step["position"]["txid"]]
        equal([lots_of(leg) for leg in step["inputs"]], mine.inputs, f"{where}, inputs")
        equal([lots_of(leg) for leg in step["outputs"]], mine.outputs, f"{where}, outputs")
        equal(lots_of(step["fee"]), mine.fee, f"{where}, fee")


def within(found, exact, where):
    """found: source -> units; exact: source -> Share. Returns the largest distance."""
    assert set(found) <= set(exact), f"{where}: value of sources {set(found) - set(exact)} cannot be there"
    for source, share in exact.items():
        assert share.holds(found.get(source, 0)), f"{where}, source {source}: {found.get(source, 0)} is not {share}"
    return max((abs(found.get(source, 0) - share.value) for source, share in exact.items()), default=0)


def compare(blocks, answer, policy):
    result = next(r for r in answer["policies"] if r["policy"] == policy)
    sources = [point(source["position"]) for source in answer["sources"]]
    ends, stops = ends_of(result)
    fees = fees_of(result)
    expected = follow(blocks, policy, sources, stops)
    equal(ends, expected.ends, f"{policy}: where the value is")
    equal(fees, expected.fees, f"{policy}: fees")
    compare_steps(policy, result["steps"], expected.steps)
    off = 0
    if policy == "haircut":
        assert set(ends) <= set(expected.exact_ends), "haircut: value where no fraction of it is"
        for out, exact in expected.exact_ends.items():
            off = max(off, within(ends.get(out, {}), exact, f"haircut: {out}"))
        off = max(off, within(fees, expected.exact_fees, "haircut: fees"))
    return f"{len(ends)} outputs and {len(expected.steps)} steps agree, at most {float(off):.2f} units from exact"


def divides_a_source(result):
    """A transaction in which two coins of one source meet a coin of another: where haircut by lots and
    haircut by sources part."""
    for step in result["steps"]:
        sources = [source for leg in step["inputs"] for source in by_source(lots_of(leg))]
        if len(set(sources)) > 1 and len(sources) > len(set(sources)):
            return True
    return False


def ordinary_payrolls(t, chain, home):
    services = ("--services", chain / "labels.csv")
    for employer in ("harbour", "quarry"):
        t.wagetrail("trace", "--from", chain / f"payroll-{employer}.csv", "--to", "list:ofac-sdn", *services, home=home)
    t.wagetrail("trace", "--from", chain / "payroll-northwind.csv", "--to", "list:ofac-sdn", *services,
                home=home, expect=FOUND)  # fmt: skip


def one_chain(t, seed):
    chain = t.directory / f"chain-{seed}"
    home = t.directory / f"home-{seed}"
    t.execute("wagetrail-sim", "--seed", seed, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks", home=home)
    for edition in ("sdn_advanced-before.xml", "sdn_advanced.xml", "sdn_advanced-latest.xml"):
        t.wagetrail("lists", "import", chain / edition, "--name", "ofac-sdn", home=home)

    to_list = ("--to", "list:ofac-sdn")
    services = ("--services", chain / "labels.csv")
    questions = (
        ("payroll.csv", (*to_list, *services), FOUND),
        ("payroll-northwind.csv", ("--max-hops", 4, "--min-value", "0.00005"), DONE),
        ("payroll.csv", (), DONE),
        ("payroll-lumen.csv", to_list, FOUND),
    )
    for payroll, options, code in questions[: 4 if seed == SEEDS[0] else 2]:
        with open(chain / payroll) as file:
            paid = {f"{row['tx_hash']}:{row['vout']}" for row in csv.DictReader(file)}
        asked = ("trace", "--from", chain / payroll, "--policy", CONSERVING, *options)
        answer = t.ask(*asked, home=home, expect=code)["result"]
        equal({point(source["position"]) for source in answer["sources"]}, paid, "payouts that are traced")
        if not options:
            (divided,) = (result for result in answer["policies"] if result["policy"] == "haircut")
            assert divides_a_source(divided), f"{payroll} of seed {seed} shows too little"
        envelope_holds(answer)
        for policy in POLICIES:
            what = " ".join(map(str, (payroll, *options)))
            print(f"seed {seed}, {what}, {policy}: {compare(chain / 'blocks', answer, policy)}")
    ordinary_payrolls(t, chain, home)


def envelope_holds(answer):
    reached = [int(result["totals"]["reached"]["units"]) for result in answer["policies"]]
    envelope = answer["envelope"]
    equal(envelope["policies"], list(POLICIES), "policies of the envelope")
    ends = (int(envelope["reached"]["min"]["units"]), int(envelope["reached"]["max"]["units"]))
    equal(ends, (min(reached), max(reached)), "what of it reached the target")
    equal(envelope["survives_all"], min(reached) > 0, "whether the finding stands under all")


PAYMENTS_EVERY = 97


def core_regtest(t):
    """A sample of the payments on Bitcoin Core's chain, stale branches and all."""
    folder = t.core_regtest()
    home = t.directory / "home-core"
    t.wagetrail("sync", "btc-regtest", "--from", f"files:{folder}", home=home)
    payments = [p for p in t.core_facts()["payments"] if p["status"] == "active"][::PAYMENTS_EVERY]
    paid = sorted({f"{p['txid']}:{p['pay_vout']}" for p in payments})
    asked = ("trace", "--ledger", "btc-regtest", "--policy", CONSERVING)
    answer = t.ask(*asked, *(word for out in paid for word in ("--from", out)), home=home)["result"]
    assert len(answer["sources"]) == len(paid) > 10, f"{len(paid)} payments are too few to show anything"
    for policy in POLICIES:
        print(f"core-regtest, {len(paid)} payments, {policy}: {compare(folder, answer, policy)}")


def story(t):
    core_regtest(t)
    for seed in SEEDS:
        one_chain(t, seed)


framework.main(story)
