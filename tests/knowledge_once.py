"""The shipped knowledge is read once: it never changes, and hundreds of tests and commands load it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from knowledge import Knowledge

_read = Knowledge.load


@cache
def _shipped() -> Knowledge:
    return _read()


def load(
    articles: Path | None = None, catalogue: Path | None = None, model: Path | None = None, own: Path | None = None
) -> Knowledge:
    if articles is None and catalogue is None and model is None and (own is None or not own.exists()):
        return _shipped()
    return _read(articles, catalogue, model, own)


@pytest.fixture(autouse=True, scope="session")
def _knowledge_is_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Knowledge, "load", load)
        yield
