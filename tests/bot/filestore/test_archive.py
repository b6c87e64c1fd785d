"""An archive is believed in nothing before it is bounded: what it claims is refused in words, and read no further."""

from __future__ import annotations

import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from bot.filestore.archive import BadArchive, opened
from bot.filestore.plain_tar import PlainTar
from tests.bot.filestore.archives import MANIFEST, before_a_header, beginning_with, claiming, header

TERA = 10**12


def read(path: Path, content: bytes) -> int:
    """Bytes of its members. Raises BadArchive."""
    path.write_bytes(content)
    with opened(path, None, trust=True) as archive:
        return sum(len(chunk) for _, chunks in archive.members(lambda _: None) for chunk in chunks)


@pytest.mark.parametrize(
    "member",
    [
        header("masa.db", TERA),
        header("masa.db", TERA, tarfile.GNUTYPE_SPARSE),
        before_a_header(**{"GNU.sparse.major": "1", "GNU.sparse.realsize": str(TERA)}) + header("masa.db", 512),
        before_a_header(**{"GNU.sparse.map": "0,1"}) + header("masa.db", TERA),
        before_a_header(size=str(TERA)) + header("masa.db", 0),
        before_a_header(size=f"-{TERA}") + header("masa.db", 0),
        before_a_header(size="9" * 30) + header("masa.db", 0),
        before_a_header(size="1", path="/etc/passwd") + header("masa.db", 1),
        before_a_header(path="masa.db") + header("x", TERA),
        before_a_header(comment="x" * 5000) + header("masa.db", TERA),
        header("x" * 200, TERA, tarfile.GNUTYPE_LONGNAME),
        header("masa.db", TERA, tarfile.XGLTYPE),
        header("masa.db", 0, tarfile.CHRTYPE),
        header("masa.db", 0, tarfile.BLKTYPE),
        header("masa.db", 0, tarfile.FIFOTYPE),
        header("masa.db", 0, tarfile.SYMTYPE),
        header("masa.db", 0, tarfile.LNKTYPE),
        header("masa.db", 0, tarfile.DIRTYPE),
    ],
)
def test_a_member_that_is_more_or_less_than_a_plain_file(tmp_path: Path, member: bytes) -> None:
    with pytest.raises(BadArchive):
        read(tmp_path / "x.tar", claiming(TERA, member))


def test_of_8_gib_and_more(tmp_path: Path) -> None:
    """A size for which a header has no room stands before it; the file is one of holes."""
    size = 9 * 2**30
    path = tmp_path / "x.tar"
    with path.open("wb") as file:
        file.write(before_a_header(size=str(size)) + header("masa.db", 0))
        file.truncate(file.tell() + size + 1024)
    with path.open("rb") as file:
        tar = PlainTar(file, path.stat().st_size)
        member = tar.next()
        assert member is not None
        assert (member.name, member.size, member.is_file) == ("masa.db", size, True)
        assert tar.next() is None


def test_as_the_standard_library_writes_it(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, size in (("a", 0), ("b", 1), ("c", 512), ("d", 1000)):
            info = tarfile.TarInfo(name)
            info.size = size
            tar.addfile(info, io.BytesIO(os.urandom(size)))
    reading = PlainTar(io.BytesIO(out.getvalue()), len(out.getvalue()))
    found = []
    while (member := reading.next()) is not None:
        found.append((member.name, len(reading.read(member.size))))
    assert found == [("a", 0), ("b", 1), ("c", 512), ("d", 1000)]


NO_MANIFESTS = {
    "brackets": b"[" * 1_000_000,
    "braces": b'{"a":' * 1_000_000,
    "a value and more": b'{"format": 1' + b" " * 1_000_000,
    "no text": b"\xff\xfe",
    "a number": b"1" * 10_000,
    "null": b"null",
    "a list": b"[]",
    "a text": b'"x"',
    "nothing": b"",
}


@pytest.mark.parametrize("manifest", NO_MANIFESTS.values(), ids=NO_MANIFESTS)
def test_a_manifest_that_is_none_is_refused_in_words(tmp_path: Path, manifest: bytes) -> None:
    with pytest.raises(BadArchive, match="manifest"):
        read(tmp_path / "x.tar", beginning_with(manifest))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("files", {"masa.db": {"size": size, "sha256": "0" * 64}})
        for size in (-1, True, 1.5, "5", None, float("inf"), float("nan"))
    ]
    + [
        ("files", {"masa.db": {"size": 1, "sha256": "x"}}),
        ("files", {"masa.db": {"size": 0, "sha256": "0" * 64}}),
        ("files", {"0" * 32: {"size": 1, "sha256": "0" * 64}}),
        ("files", {}),
        ("files", 7),
        ("made_at", "2026-11-23T09:00:00"),
        ("made_at", 7),
        ("made_at", "9999-12-31T23:59:59+00:00"),
        ("made_at", "0001-01-01T00:00:00+00:00"),
        ("version", "x" * 1000),
        ("version", "\x1b[2J"),
        ("revision", "yeni"),
        ("signature", {"key": 7}),
        ("signature", "x"),
        ("signature", ""),
        ("signature", 0),
        ("signature", []),
    ],
)
def test_a_field_that_is_not_of_its_form(tmp_path: Path, field: str, value: object) -> None:
    with pytest.raises(BadArchive):
        read(tmp_path / "x.tar", beginning_with(json.dumps(MANIFEST | {field: value}).encode()))


def test_a_manifest_of_more_than_anybody_has(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    path.write_bytes(header("manifest.json", 300_000_000))
    os.truncate(path, 400_000_000)  # of holes
    with pytest.raises(BadArchive, match="no manifest"), opened(path, None, trust=True):
        pass
