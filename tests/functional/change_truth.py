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
