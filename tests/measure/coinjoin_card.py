"""The error card of the CoinJoin classes."""

from collections import Counter

from coinjoin_data import dumplings, emulated

# Labels of core-regtest and the class that each shape should get.
CORE_CLASSES = {
    "equal_outputs_single_payer (not a CoinJoin)": "ordinary",
    "joinmarket-like": "joinmarket",
    "payjoin": "possible_payjoin",
    "wasabi1-like": "wasabi1",
    "wasabi2-like (WabiSabi)": "wasabi2",
    "whirlpool-like 5x5": "whirlpool",
    "whirlpool-tx0-like": "whirlpool_tx0",
}
HEIGHT_2024 = 840_000  # of the months that the sets are from; the rules only ask for their gates
# What the filter of the data's authors keeps of its own false positives: its test expects six.
KEPT_BY_SOURCE = 6


def classes(t, ledger, lines):
    found = t.execute("wagetrail-measure", "shapes", ledger, stdin="\n".join(lines) + "\n")
    return dict(row.split() for row in found.out.splitlines())


def counted(found):
    return dict(sorted(Counter(found.values()).items()))


def equal_outputs(line):
    """How often the most frequent value occurs among the outputs that can be spent."""
    legs = [leg.split(":") for leg in line.split()[3].split(",")]
    return max(Counter(amount for amount, script in legs if not script.startswith("6a")).values())


def has_data_output(line):
    return any(leg.split(":")[1].startswith("6a") for leg in line.split()[3].split(","))


def whirlpool(t):
    path = t.shared("data/coinjoin/dumplings__sw_202403.zip")
    mixes = dumplings(path, "SamouraiCoinJoins", HEIGHT_2024)
    tx0s = dumplings(path, "SamouraiTx0s", HEIGHT_2024)
    later = dumplings(path, "SamouraiPostMixTxs", HEIGHT_2024)
    split = {True: [], False: []}
    for line in tx0s:
        split[has_data_output(line)].append(line)
    return {
        "mainnet, March 2024, labelled as mixes": counted(classes(t, "btc", mixes)),
        "the same, labelled as Tx0, with an OP_RETURN": counted(classes(t, "btc", split[True])),
        "the same, labelled as Tx0, without an OP_RETURN": counted(classes(t, "btc", split[False])),
        "the same, labelled as spends after mixes": counted(classes(t, "btc", later)),
    }


def joinmarket(t):
    lines = dumplings(t.shared("data/coinjoin/dumplings__jm_202406.zip"), "OtherCoinJoins", HEIGHT_2024)
    many = [line for line in lines if equal_outputs(line) >= 3]
    few = [line for line in lines if equal_outputs(line) < 3]
    wrong = dumplings(
        t.shared("data/coinjoin/jm_filter_false_positives.zip"), "OtherCoinJoins", HEIGHT_2024)  # fmt: skip
    rejected = classes(t, "btc", wrong)
    return {
        "mainnet, June 2024, labelled as like JoinMarket, three equal outputs or more": counted(classes(t, "btc", many)),
        "the same, two equal outputs": counted(classes(t, "btc", few)),
        "false positives of its filter": counted(rejected),
        "of these its authors' own filter keeps": KEPT_BY_SOURCE,
        "of these classified as a CoinJoin": sorted(i for i, c in rejected.items() if c != "ordinary"),
    }


def wabisabi(t):
    lines, rounds = emulated(t.shared("data/coinjoin/emul__ww2_lognorm-static-5utxo.zip"))
    found = classes(t, "btc-regtest", lines)
    return {
        "emulated rounds of ten clients": counted({i: c for i, c in found.items() if i in rounds}),
        "other payments of the emulated chains": counted({i: c for i, c in found.items() if i not in rounds}),
    }


def core_regtest(t):
    t.wagetrail("sync", "btc-regtest", "--from", f"files:{t.core_regtest()}")
    index = t.home / "ledgers" / "btc-regtest"
    found = dict(
        row.split() for row in t.execute("wagetrail-measure", "classes", "btc-regtest", index).out.splitlines())  # fmt: skip
    labels = {c["txid"]: c["type"] for c in t.core_facts()["coinjoins"] if c["status"] == "active"}
    assert set(labels) <= set(found), "labelled transactions are missing from the index"
    card = {}
    for label, expected in CORE_CLASSES.items():
        of_label = {i: found[i] for i, named in labels.items() if named == label}
        card[label] = {"expected": expected, "classes": counted(of_label)}
    unlabelled = {i: c for i, c in found.items() if i not in labels}
    return {"labelled": card, "unlabelled": counted(unlabelled)}


def measure(t):
    return {
        "rules": ["wasabi1", "wasabi2", "whirlpool", "whirlpool_tx0", "joinmarket", "tiered_coinjoin",
                  "equal_output_coinjoin", "possible_payjoin"],  # fmt: skip
        "command": "tests/measure/cards.py --write",
        "whirlpool": whirlpool(t),
        "joinmarket": joinmarket(t),
        "wasabi2": wabisabi(t),
        "core-regtest, made by a simulator": core_regtest(t),
        "not measured": {
            "wasabi1": "the data has txids of mainnet's rounds, no transactions",
            "wasabi2 on mainnet": "the data has txids of mainnet's rounds, no transactions",
            "false positives among all transactions of mainnet": "needs a full index",
        },
    }
