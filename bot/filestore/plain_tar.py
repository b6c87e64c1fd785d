"""Reading a tar that holds nothing but plain files, header by header.

A general reader believes what a header says: a member with holes that claims a terabyte is read as a terabyte of zeros,
a longer name or a link as another place. Here every byte of a member is a byte of the file.
"""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from typing import BinaryIO

_BLOCK = 512
_MOST_MORE = 4096
"""Bytes of what stands before a header that has no room for a size (of 8 GiB and more)."""
_SIZE = "size"


class BadTar(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    size: int
    is_file: bool


class PlainTar:
    def __init__(self, file: BinaryIO, size: int) -> None:
        """`size`: bytes of the whole file."""
        self._file, self._size = file, size
        self._at = 0
        """Where the next header begins."""

    def next(self) -> Member | None:
        """With the file at its first byte; None: that was all. Raises BadTar."""
        header = self._header()
        more: dict[str, str] = {}
        if header is not None and header.type == tarfile.XHDTYPE:
            more = self._more(header.size)
            header = self._header()
        if header is None:
            if more:
                raise BadTar("it ends early")
            return None
        size = int(more.get(_SIZE, header.size))
        is_file = header.type in (tarfile.REGTYPE, tarfile.AREGTYPE)
        if is_file:
            self._skip(size, header.name)
        return Member(header.name, size, is_file)

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def _header(self) -> tarfile.TarInfo | None:
        self._file.seek(self._at)
        block = self._file.read(_BLOCK)
        if len(block) < _BLOCK:
            raise BadTar("it ends early")
        if not any(block):
            return None
        self._at += _BLOCK
        try:
            return tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError) as error:
            raise BadTar(str(error)) from None

    def _more(self, size: int) -> dict[str, str]:
        """The size of the member that follows, and nothing else: `23 size=12345678901\\n`."""
        if not 0 < size <= _MOST_MORE:
            raise BadTar(f"{size} bytes before a header")
        start = self._at
        self._skip(size, "a header")
        self._file.seek(start)
        said = self._file.read(size)
        length, _, record = said.partition(b" ")
        name, _, value = record.removesuffix(b"\n").partition(b"=")
        if not length.isdigit() or int(length) != len(said) or name != _SIZE.encode() or not _is_number(value):
            raise BadTar("a member that is more than a plain file")
        return {_SIZE: value.decode()}

    def _skip(self, size: int, name: str) -> None:
        if size < 0 or self._at + size > self._size:
            raise BadTar(f"{name} claims {size} bytes, the file ends before")
        self._at += -(-size // _BLOCK) * _BLOCK


def _is_number(value: bytes) -> bool:
    return value.isdigit() and len(value) <= 18
