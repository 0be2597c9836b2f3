"""Changing a bundle of evidence as a forger would: with its hashes made anew, and signed with a key of his own."""

import copy
import hashlib
import json

import bip340
from framework import contains, equal

KEY = 0xC0FFEE  # of the honest signer
FORGER = 0xBADBAD


def key_of(secret):
    return bip340.public_key(secret).hex()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(envelope):
    beside = ("result_id", "engine", "signature", "behind", "elapsed", "request_id", "progress")
    return hashlib.sha256(canonical({k: v for k, v in envelope.items() if k not in beside}).encode()).digest()


def sealed_anew(bundle, secret):
    answer = bundle["result"]["answer"]
    answer["result_id"] = hash_of(answer).hex()
    digest = hash_of(bundle)
    bundle["result_id"] = digest.hex()
    bundle["signature"] = {"scheme": "BIP340", "key": key_of(secret), "value": bip340.sign(secret, digest).hex()}
    return canonical(bundle) + "\n"


def units(amount, by):
    """Another amount, in both of its forms."""
    value = int(amount["units"]) + by
    assert value >= 0
    amount["units"] = str(value)
    amount["display"] = f"{value // 10**8}.{value % 10**8:08d} LTC"


def first_policy(bundle):
    return bundle["result"]["answer"]["result"]["policies"][0]


def flip(digits, at=8):
    return digits[:at] + ("0" if digits[at] != "0" else "1") + digits[at + 1 :]


def broken_checks(t, path, key):
    result = t.execute("wagetrail-verify", path, "--key", key, "--json", expect=None)
    assert result.code in (0, 1), result
    return {check["name"]: check["words"] for check in result.json["checks"] if check["state"] == "BROKEN"}


def forged(t, bundle, change):
    changed = copy.deepcopy(bundle)
    change(changed)
    path = t.directory / "forged.json"
    path.write_text(sealed_anew(changed, FORGER))
    return path


def only_the_key_can_tell(t, path, statement, what):
    """What was changed holds, does not hold by the key of the honest signer, and is told to be so."""
    equal(broken_checks(t, path, key_of(FORGER)), {}, what)
    contains(broken_checks(t, path, key_of(KEY))["signature"], "not by the key given", what)
    told = t.execute("wagetrail-verify", path).out
    contains(told.split("Not provable from the bundle alone: pinned by the signature only:")[1], f"\n  {statement}", what)
