"""Which outputs are change, by the truth that came with a chain, as `calibrate --known` reads it."""

import json


def write(path, outputs):
    path.write_text("txid,vout\n" + "".join(f"{txid},{vout}\n" for txid, vout in outputs))
    return path


def of_core(facts):
    return [(p["txid"], p["change_vout"]) for p in facts["payments"] if p["status"] == "active"]


def of_simulation(folder):
    """Payments with one output back to the payer. CoinJoins have several payers."""
    payments = {}
    for output in json.loads((folder / "truth.json").read_text())["payments"]:
        payments.setdefault(output["txid"], []).append(output)
    found = []
    for txid, outputs in payments.items():
        own = [o for o in outputs if o["payee"] is not None and o["payee"] == o["payer"]]
        if len(own) == 1 and own[0]["purpose"] == "change" and "coinjoin" not in {o["purpose"] for o in outputs}:
            found.append((txid, own[0]["vout"]))
    return found


def owners_of_simulation(folder):
    return {a["address"]: a["owner"] for a in json.loads((folder / "truth.json").read_text())["addresses"]}


class Joined:
    """L2 entities around some addresses, beside whose they are. An owner too many counts only when
    no L1 entity in it has as many: L1's own errors are not change's."""

    def __init__(self, t, ledger, owner_of, sample, *options, home=None):
        self.asked = self.with_change = 0
        self.pairs = {"L1": 0, "L2": 0}  # addresses beside the sampled one
        self.false, self.refused, self.results = [], {}, []
        seen = set()
        for address in sample:
            if address in seen:
                continue
            command = ("entity", address, "--ledger", ledger, "--limit", 10000, "--json")
            found = t.wagetrail(*command, "--level", "L2", *options, expect=None, home=home)
            if found.code == 3 and not found.out:
                continue  # never on the chain
            self.asked += 1
            self.answer = found.json
            result = self.answer["result"]
            seen |= {a["address"] for a in result["addresses"]}
            mine = {}
            for part in result["parts"]:
                asked = ("entity", part["entity"], "--ledger", ledger, "--limit", 10000)
                members = t.ask(*asked, home=home)["result"]["addresses"]
                mine[part["entity"]] = {owner_of[a["address"]] for a in members if a["address"] in owner_of}
                if address in {a["address"] for a in members}:
                    self.pairs["L1"] += len(members) - 1
            self.pairs["L2"] += result["size"] - 1
            for refusal in result["refused"]:
                self.refused[refusal["reason"]] = self.refused.get(refusal["reason"], 0) + 1
            everybody = set().union(*mine.values()) - {"anyone"}
            if len(everybody) > max(1, *(len(owners - {"anyone"}) for owners in mine.values())):
                self.false.append((result["entity"], sorted(everybody), [m["txid"] for m in result["merges"]]))
            if result["merges_total"]:
                self.with_change += 1
                self.results.append(result)

    def __str__(self):
        return (f"L2: {self.with_change} of {self.asked} entities around sampled addresses are joined by change; "
                f"addresses beside those: {self.pairs['L1']} at L1, {self.pairs['L2']} at L2; refused {self.refused}; "
                f"false {len(self.false)}: {self.false}")  # fmt: skip
