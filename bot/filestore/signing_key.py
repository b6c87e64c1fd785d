"""The key with which this installation signs its backups: nobody else can make one that it would take for its own."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from pathlib import Path

from bot.errors import OperatorError
from bot.filestore import private_files, secret_files

FILE = "backup.key"
_SECRET = re.compile(r"[0-9a-f]{64}")


class SigningKey:
    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @property
    def id(self) -> str:
        """Tells keys apart, and nothing of the key."""
        return hashlib.sha256(b"masa backup key\0" + self._secret).hexdigest()[:16]

    def sign(self, content: bytes) -> str:
        return hmac.new(self._secret, content, hashlib.sha256).hexdigest()

    def signed(self, content: bytes, signature: str) -> bool:
        return hmac.compare_digest(self.sign(content).encode(), signature.encode())


def place(data_dir: Path) -> Path:
    return data_dir / FILE


def read(data_dir: Path) -> SigningKey | None:
    """None: there is none (yet). Raises OperatorError for one that is damaged."""
    try:
        said = place(data_dir).read_text("ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    if not _SECRET.fullmatch(said):
        raise OperatorError(f"{place(data_dir)}: damaged; expected 64 hex digits, or no file (a new key is made then)")
    return SigningKey(bytes.fromhex(said))


def read_or_make(data_dir: Path) -> tuple[SigningKey, bool]:
    """Whether it is new. It has its name once it is whole on the disk: half a key would stop every later backup."""
    if (known := read(data_dir)) is not None:
        return known, False
    data_dir.mkdir(parents=True, exist_ok=True, mode=private_files.FOLDER)
    key = secrets.token_hex(32)
    try:
        secret_files.write_new(place(data_dir), f"{key}\n".encode())
    except FileExistsError:  # another backup was faster
        return read_or_make(data_dir)
    return SigningKey(bytes.fromhex(key)), True
