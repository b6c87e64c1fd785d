from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.installation import Builder, builder


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def houses(request: pytest.FixtureRequest) -> Iterator[Builder]:
    """Builds houses on that database."""
    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None
    with builder(request.param, server) as opened:
        yield opened
