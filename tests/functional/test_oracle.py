"""Every traced amount of whole payrolls on three simulated chains, recomputed by an independent oracle;
ordinary payrolls raise nothing."""

import csv
import sys

import framework
from framework import DONE, FOUND, ROOT, equal

sys.path.insert(0, str(ROOT / "tests" / "oracle"))
from oracle import by_source, follow  # noqa: E402

TIMEOUT = 600
LEDGER = "ltc-regtest"
SEEDS = (1, 2, 3)
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


def compare(chain, answer, policy):
    result = next(r for r in answer["policies"] if r["policy"] == policy)
    sources = [point(source["position"]) for source in answer["sources"]]
    ends, stops = ends_of(result)
    fees = fees_of(result)
    expected = follow(chain / "blocks", policy, sources, stops)
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
    for payroll, options, code in (
        ("payroll.csv", (), DONE),
        ("payroll.csv", to_list, FOUND),
        ("payroll.csv", (*to_list, *services), FOUND),
        ("payroll-northwind.csv", (), DONE),
        ("payroll-lumen.csv", to_list, FOUND),
        ("payroll-northwind.csv", ("--max-hops", 4, "--min-value", "0.00005"), DONE),
    ):
        with open(chain / payroll) as file:
            paid = {f"{row['tx_hash']}:{row['vout']}" for row in csv.DictReader(file)}
        answer = t.ask("trace", "--from", chain / payroll, *options, home=home, expect=code)["result"]
        equal({point(source["position"]) for source in answer["sources"]}, paid, "payouts that are traced")
        if not options:
            assert divides_a_source(answer["policies"][1]), f"{payroll} of seed {seed} shows too little"
        for policy in ("fifo", "haircut"):
            what = " ".join(map(str, (payroll, *options)))
            print(f"seed {seed}, {what}, {policy}: {compare(chain, answer, policy)}")
    ordinary_payrolls(t, chain, home)


def story(t):
    for seed in SEEDS:
        one_chain(t, seed)


framework.main(story)
