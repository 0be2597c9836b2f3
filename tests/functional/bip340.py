"""BIP340 signatures on secp256k1, written from the BIP alone: what the programs sign and check is held
against this. Slow, and not safe for keys that matter."""

import hashlib

P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and a[1] != b[1]:
        return None
    if a == b:
        slope = 3 * a[0] * a[0] * pow(2 * a[1], -1, P) % P
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P) % P
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(point, number):
    total = None
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def tagged(tag, data):
    prefix = hashlib.sha256(tag.encode()).digest()
    return hashlib.sha256(prefix + prefix + data).digest()


def public_key(secret):
    """32 bytes: the x coordinate."""
    return times(G, secret)[0].to_bytes(32, "big")


def sign(secret, message):
    """64 bytes over 32, with 32 zero bytes in place of fresh randomness."""
    point = times(G, secret)
    d = secret if point[1] % 2 == 0 else N - secret
    masked = d ^ int.from_bytes(tagged("BIP0340/aux", bytes(32)), "big")
    key = point[0].to_bytes(32, "big")
    k = int.from_bytes(tagged("BIP0340/nonce", masked.to_bytes(32, "big") + key + message), "big") % N
    r = times(G, k)
    if r[1] % 2:
        k = N - k
    rx = r[0].to_bytes(32, "big")
    e = int.from_bytes(tagged("BIP0340/challenge", rx + key + message), "big") % N
    return rx + ((k + e * d) % N).to_bytes(32, "big")
