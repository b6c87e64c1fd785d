"""Every test here runs against the fake, a SQLite file and a real PostgreSQL: no fake is kinder than the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Store
from tests.clock import FakeClock
from tests.fakes.store import FakeStore
from tests.storage.stores import open_sqlite


@pytest.fixture(params=["fake", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[FakeStore | Store]:
    if request.param == "fake":
        yield FakeStore(clock)
        return
    if request.param == "sqlite":
        opened = open_sqlite(tmp_path, clock)
    else:
        opened = Store.open(request.getfixturevalue("postgres_url"), clock=clock)
    yield opened
    opened.close()
