"""A bundle whose walk was told otherwise after the fact - where it ended and why, what limited it, what it did not cover -
and sealed anew with another key: what else is in the bundle contradicts it, or only the pinned key can."""

import json

import framework
from framework import equal
from forging import FORGER, broken_checks, first_policy, forged, key_of, only_the_key_can_tell

LEDGER = "ltc-regtest"


def units_of(amount):
    return int(amount["units"])


def moved(bundle, start, end, which, **changed):
    """The first row of one kind of ends that fits, made one of the other, with all sums as they must be then."""
    policy = first_policy(bundle)
    row = next(row for row in policy[start] if which(row))
    policy[start].remove(row)
    policy[end].append(row | changed)
    for share in row["shares"]:
        for sums in (policy["sources"][share["source"]], policy["totals"]):
            for side, sign in ((start, -1), (end, 1)):
                value = units_of(sums[side]) + sign * units_of(share["amount"])
                sums[side] = {"units": str(value), "display": f"{value // 10**8}.{value % 10**8:08d} LTC"}


def first_stop(bundle, reason):
    return next(row for row in first_policy(bundle)["stopped"] if row["reason"] == reason)


# Where the walk ended and why.


def unspent_was_mined(bundle):
    first_policy(bundle)["residual"][0]["reason"] = "mined"


def unspent_was_mined_and_moved(bundle):
    moved(bundle, "residual", "stopped", lambda row: True, reason="mined", spender="00" * 32)


def unspent_was_burnt(bundle):
    moved(bundle, "residual", "stopped", lambda row: True, reason="unspendable")


def unspent_by_a_word_of_no_walk(bundle):
    moved(bundle, "residual", "stopped", lambda row: True, reason="lost")


def unspent_is_a_service_without_a_name(bundle):
    moved(bundle, "residual", "stopped", lambda row: True, reason="service")


def spent_is_called_unspent(bundle):
    policy = first_policy(bundle)
    longest = max(policy["reached"], key=lambda arrival: arrival["hops"])
    spent = {key: longest["path"][0][key] for key in ("position", "address", "amount")}
    nothing = {"units": "0", "display": "0.00000000 LTC"}
    policy["residual"].append({"reason": "unspent", "label": "", "output": spent, "amount": nothing, "spender": None,
                               "shares": []})  # fmt: skip


def small_share_was_another_payout(bundle):
    first_stop(bundle, "value_floor").update(reason="other_payout", spender=None)


def another_spender(bundle):
    first_stop(bundle, "value_floor")["spender"] = bundle["result"]["transactions"][0]["txid"]


def no_spender(bundle):
    first_stop(bundle, "max_hops")["spender"] = None


def mined_was_a_limit(bundle):
    first_stop(bundle, "mined")["reason"] = "max_hops"


def coinjoin_was_mined(bundle):
    enclosed = {tx["txid"] for tx in bundle["result"]["transactions"]}
    next(row for policy in bundle["result"]["answer"]["result"]["policies"] for row in policy["stopped"]
         if row["reason"] == "coinjoin" and row["spender"] in enclosed).update(reason="mined", label="")  # fmt: skip


def service_is_called_unspent(bundle):
    moved(bundle, "stopped", "residual", lambda row: row["reason"] == "service", reason="unspent", label="")


# What limited it.


def limit(name, value):
    def change(bundle):
        for place in (bundle, bundle["result"]["answer"]):
            assert place["limits"][name] != value, name
            place["limits"][name] = value

    change.__name__ = f"{name}_{value}"
    return change


def another_floor(value):
    """The least value asked for, and the floor that every policy says it used."""

    def change(bundle):
        limit("min_value_units", str(value))(bundle)
        for policy in bundle["result"]["answer"]["result"]["policies"]:
            policy["value_floor"] = {"units": str(value), "display": f"{value // 10**8}.{value % 10**8:08d} LTC"}

    change.__name__ = f"floor_{value}"
    return change


def restarts(count):
    def change(bundle):
        assert first_policy(bundle)["restarts"] != count
        for policy in bundle["result"]["answer"]["result"]["policies"]:
            policy["restarts"] = count

    change.__name__ = f"restarts_{count}"
    return change


def never_given_up(bundle):
    restarts(0)(bundle)
    without("VALUE_FLOOR_RAISED")(bundle)


def less_work(bundle):
    first_policy(bundle)["transactions"] -= 1


def policy_not_named(bundle):
    for place in (bundle, bundle["result"]["answer"]):
        place["policies"].pop()


# What it did not cover.


def coverage_of(bundle):
    """Both lists of codes: of the bundle and of the answer in it."""
    return bundle["coverage"], bundle["result"]["answer"]["coverage"]


def without(code, verb="remove"):
    def change(bundle):
        for codes in coverage_of(bundle):
            getattr(codes, verb)(code)

    change.__name__ = f"{verb}_{code}"
    return change


def with_code(code):
    return without(code, "append")


def no_age_at_all(bundle):
    """A younger block, so that the index would not be behind."""
    without("INDEX_BEHIND")(bundle)
    for place in (bundle, bundle["result"]["answer"]):
        place["as_of"][0]["time"] = place["moment"]


def nothing_was_missing(bundle):
    without("PAYOUTS_NOT_ON_CHAIN")(bundle)
    bundle["result"]["answer"]["result"]["not_on_chain"] = []


# Bundle, check that names it, changes.
PROVEN = [
    ("whole", "endings", [unspent_was_mined, unspent_was_mined_and_moved, unspent_was_burnt, unspent_by_a_word_of_no_walk,
                          unspent_is_a_service_without_a_name, spent_is_called_unspent]),
    ("limited", "endings", [small_share_was_another_payout, another_spender, no_spender]),
    ("back", "endings", [mined_was_a_limit, coinjoin_was_mined]),
    ("whole", "limits", [less_work, policy_not_named, restarts(1), limit("min_value_units", "1"), limit("max_hops", "4"),
                         limit("transactions", "200")]),
    ("limited", "limits", [limit("max_hops", "3"), limit("max_hops", "5"), limit("max_hops", "0"), another_floor(10**6),
                           another_floor(6 * 10**7), limit("min_value_units", "0")]),
    ("budget", "limits", [restarts(0), restarts(29), never_given_up]),
    ("busy", "limits", [limit("busy_addresses", "10000")]),
    ("back", "limits", [limit("through_coinjoins", "1")]),
    ("whole", "coverage", [with_code("NO_SERVICES"), with_code("INDEX_BEHIND"), with_code("NO_PAYOUTS"),
                           with_code("PAYOUTS_LEFT_OUT")]),
    ("limited", "coverage", [without("LIMITS_REACHED")]),
    ("budget", "coverage", [without("VALUE_FLOOR_RAISED"), without("LIMITS_REACHED")]),
    ("back", "coverage", [without("NO_SERVICES")]),
    ("late", "coverage", [without("INDEX_BEHIND"), without("LIST_OUTDATED"), without("PAYOUTS_NOT_ON_CHAIN"),
                          no_age_at_all]),
]  # fmt: skip

# Only the pinned key can tell.
SIGNED_ONLY = [
    ("whole", "limits that nothing came near", [limit("transactions", "200000"), limit("max_hops", "500"),
                                                limit("descriptor_gap", "20"), limit("busy_addresses", "1"),
                                                limit("through_coinjoins", "1")]),
    ("whole", "an end at a service", [service_is_called_unspent]),
    ("budget", "limits that nothing came near", [limit("transactions", "28")]),
    ("budget", "how often a walk was given up", [restarts(8)]),
    ("late", "payouts that were not found", [nothing_was_missing]),
]  # fmt: skip


def frozen(t, name, *asked):
    t.wagetrail("report", *asked, "--out", t.directory / name, expect=None)
    bundle = json.loads((t.directory / name / "bundle.json").read_text())
    equal(broken_checks(t, forged(t, bundle, lambda untouched: None), key_of(FORGER)), {}, f"{name}, untouched")
    return bundle


def story(t):
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", 300, "--ledger", LEDGER, "--out", chain)
    t.wagetrail("sync", LEDGER, "--from", f"files:{chain}/blocks")
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn")
    table = chain / "payroll-northwind.csv"
    lines = table.read_text().splitlines()
    wallet = lines[1].split(",")[11]
    missing = t.directory / "missing.csv"
    missing.write_text("\n".join([*lines[:3], lines[3].replace(lines[3].split(",")[8], "00" * 32)]) + "\n")
    asked = ("--from", table, "--to", "list:ofac-sdn", "--services", chain / "labels.csv")
    bundles = {
        "whole": frozen(t, "whole", *asked),
        "limited": frozen(t, "limited", *asked, "--max-hops", 4, "--min-value", "0.5"),
        "budget": frozen(t, "budget", *asked, "--max-transactions", 30),
        "busy": frozen(t, "busy", *asked, "--busy-addresses", 20),
        "late": frozen(t, "late", "--from", missing, *asked[2:], "--as-of", "2024-01-01"),
        "back": frozen(t, "back", "--backward", "--from", "list:ofac-sdn", "--to", wallet, "--policy", "fifo,lifo"),
    }
    for name, check, changes in PROVEN:
        for change in changes:
            found = broken_checks(t, forged(t, bundles[name], change), key_of(FORGER))
            assert check in found, f"{name}, {change.__name__}: {check} should not hold; broken are {found}"
    for name, statement, changes in SIGNED_ONLY:
        for change in changes:
            only_the_key_can_tell(t, forged(t, bundles[name], change), statement, f"{name}, {change.__name__}")


framework.main(story)
