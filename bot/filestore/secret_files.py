"""What this installation keeps for itself in the data folder: made when it is first needed, whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from bot.filestore import private_files
from bot.filestore.disk_sync import sync

PUSH_KEY = "push.key"
"""With which browsers that ring know the house (decision 0070): the database says which browsers, so it is part of a
backup, as the key that signs those is not."""


def read_or_make(data_dir: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """Whatever process asks, the same. It has its name once it is whole on the disk."""
    place = data_dir / name
    try:
        return bytes.fromhex(place.read_text("ascii").strip())
    except FileNotFoundError:
        pass
    data_dir.mkdir(parents=True, exist_ok=True, mode=private_files.FOLDER)
    secret = make()
    try:
        write_new(place, f"{secret.hex()}\n".encode())
    except FileExistsError:  # another process was faster
        return read_or_make(data_dir, name, make)
    return secret


def write_new(place: Path, content: bytes) -> None:
    """Raises FileExistsError."""
    part = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
    try:
        with private_files.create(part) as file:
            file.write(content)
        sync(part)
        _name(part, place)
    finally:
        part.unlink(missing_ok=True)
    sync(place.parent)


def _name(part: Path, whole: Path) -> None:
    """Raises FileExistsError."""
    try:
        whole.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        part.rename(whole)  # a file system without hard links
