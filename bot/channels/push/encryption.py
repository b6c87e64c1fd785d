"""What is sent to a push service: sealed for one browser (RFC 8291), and signed as this house's (RFC 8292).

The service passes it on and cannot read it. Two functions of the `cryptography` package in the order of the RFCs; the
tests hold them to the example that RFC 8291 ends with.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

RECORD = 4096
MAX_PLAIN = 2048
"""Push services take 4096 bytes, all in all."""
SIGNED_FOR = timedelta(hours=12)
"""A signature may be good for a day at most."""
_CURVE, _POINT = ec.SECP256R1(), 65


class BadKeys(ValueError):
    """What a browser gave is no point of the curve, or no secret of sixteen bytes."""


def as_text(raw: bytes) -> str:
    """base64url, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def as_bytes(encoded: str) -> bytes:
    """Raises BadKeys."""
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadKeys("no base64url") from error


@dataclass(frozen=True, slots=True)
class BrowserKeys:
    """Raises BadKeys."""

    public_key: bytes
    auth: bytes

    def __post_init__(self) -> None:
        if len(self.auth) != 16 or len(self.public_key) != _POINT:
            raise BadKeys("length")
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, self.public_key)
        except ValueError as error:
            raise BadKeys("no point") from error

    @classmethod
    def read(cls, public_key: str, auth: str) -> BrowserKeys:
        return cls(as_bytes(public_key), as_bytes(auth))


def sealed(
    plain: bytes, keys: BrowserKeys, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """The body of `Content-Encoding: aes128gcm`. `own`, `salt`: new ones each time, but for the RFC's example."""
    own = own or ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, keys.public_key)
    public = point_of(own)
    shared = own.exchange(ec.ECDH(), theirs)
    secret = _derived(shared, keys.auth, b"WebPush: info\0" + keys.public_key + public, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    cipher = AESGCM(key).encrypt(nonce, plain + b"\x02", None)  # the one record is the last
    return salt + RECORD.to_bytes(4, "big") + bytes([len(public)]) + public + cipher


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class HouseKey:
    """With which this house signs what it sends. A push service takes for a browser only what is signed with the key
    that the browser was given."""

    def __init__(self, raw: bytes) -> None:
        """`raw`: 32 bytes. Raises BadKeys."""
        try:
            self._key = ec.derive_private_key(int.from_bytes(raw, "big"), _CURVE)
        except ValueError as error:
            raise BadKeys("no key") from error

    @property
    def public(self) -> str:
        """As a browser takes it."""
        return as_text(point_of(self._key))

    def authorisation(self, endpoint: str, contact: str, now: datetime) -> str:
        """The header for that push service."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((now + SIGNED_FOR).timestamp()),
            "sub": contact,
        }
        said = ".".join(as_text(json.dumps(one, separators=(",", ":")).encode()) for one in (_HEAD, claims))
        r, s = decode_dss_signature(self._key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
        signature = as_text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={said}.{signature}, k={self.public}"


_HEAD = {"typ": "JWT", "alg": "ES256"}


def new_house_key() -> bytes:
    """To be kept."""
    return ec.generate_private_key(_CURVE).private_numbers().private_value.to_bytes(32, "big")
