"""Attachments are readable for the desk's own user alone, whoever made their folder."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.filestore.attachments import AttachmentFiles
from tests.clock import START


@pytest.fixture(autouse=True)
def generous_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_and_its_folder_are_the_desks_own(tmp_path: Path) -> None:
    files = AttachmentFiles(tmp_path / "files")
    kept = files.keep(io.BytesIO(b"x"), "x.txt", uploader=None, conversation="", at=START)
    assert (mode(tmp_path / "files"), mode(files.path(kept.id))) == (0o700, 0o600)


def test_a_folder_that_stood_open_is_closed_with_the_files_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir(mode=0o755)
    old, others = folder / ("a" * 32), folder / "baskasinin.txt"
    for path in (old, others):
        path.write_bytes(b"x")
        path.chmod(0o644)
    AttachmentFiles(folder)
    assert (mode(folder), mode(old), mode(others)) == (0o700, 0o600, 0o644)


def test_a_folder_of_everybody_stays(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    AttachmentFiles(folder)
    assert mode(folder) == 0o1777 & 0o777 | stat.S_ISVTX
