"""Signatures of drand's quicknet; needs the library of the curve, no Django and no database."""

from __future__ import annotations

from importlib import import_module

from bihuan.core.draw.beacon import QUICKNET_DST


def bls(key: bytes, message: bytes, signature: bytes) -> bool:
    """Does a signature on G1 verify under a key on G2, as quicknet signs (RFC 9380)?"""
    curve = import_module("py_arkworks_bls12381")
    try:
        signed, public = (
            curve.G1Point.from_compressed_bytes(signature),
            curve.G2Point.from_compressed_bytes(key),
        )
    except ValueError:  # not a point of the curve
        return False
    hashed = curve.G1Point.hash_to_curve(message, QUICKNET_DST)
    return bool(curve.GT.pairing(signed, curve.G2Point()) == curve.GT.pairing(hashed, public))
