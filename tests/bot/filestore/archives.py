"""Archives that claim what they are not, made by hand."""

from __future__ import annotations

import json
import tarfile
from typing import Any

MANIFEST: dict[str, Any] = {
    "format": 1,
    "made_at": "2026-11-23T09:00:00+00:00",
    "version": "1",
    "revision": "0001",
    "files": {"masa.db": {"size": 1, "sha256": "0" * 64}},
}


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


def before_a_header(**said: str) -> bytes:
    """What POSIX lets stand before a header, for whatever has no room in it."""
    records = b"".join(_record(f"{name}={value}\n".encode()) for name, value in said.items())
    return header("././@PaxHeader", len(records), tarfile.XHDTYPE) + records + bytes(-len(records) % 512)


def _record(said: bytes) -> bytes:
    length = len(said) + 2
    while len(f"{length} ") + len(said) != length:
        length += 1
    return f"{length} ".encode() + said


def beginning_with(manifest: bytes, rest: bytes = b"") -> bytes:
    padded = manifest + bytes(-len(manifest) % 512)
    return header("manifest.json", len(manifest)) + padded + rest + bytes(1024)


def claiming(size: int, member: bytes) -> bytes:
    """Manifest and header claim that the database is so large."""
    said = MANIFEST | {"files": {"masa.db": {"size": size, "sha256": "0" * 64}}}
    return beginning_with(json.dumps(said).encode(), member)
