"""A key has its name once it is whole: no death on the way leaves one that stops every later backup."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.filestore import secret_files, signing_key
from bot.filestore.signing_key import read, read_or_make


class Died(Exception):
    """The process, between two lines."""


def test_a_death_before_it_is_on_the_disk_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_path: Path) -> None:
        raise Died

    with monkeypatch.context() as there:
        there.setattr(secret_files, "sync", die)
        with pytest.raises(Died):
            read_or_make(tmp_path)
    assert read(tmp_path) is None
    key, is_new = read_or_make(tmp_path)
    assert is_new
    assert (read_or_make(tmp_path)[0].id, [path.name for path in tmp_path.iterdir()]) == (key.id, [signing_key.FILE])


def test_of_many_at_once_all_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(read_or_make, [tmp_path] * 8))
    assert len({key.id for key, _ in made}) == 1
    assert sum(is_new for _, is_new in made) == 1


def test_where_nothing_has_two_names_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    key, is_new = read_or_make(tmp_path)
    assert is_new
    assert (key.id, [path.name for path in tmp_path.iterdir()]) == (read_or_make(tmp_path)[0].id, [signing_key.FILE])
