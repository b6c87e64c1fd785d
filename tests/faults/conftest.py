from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.installation import Builder, builder

LEFT_TO_MAKE_FAULTS = {
    "test_backup_under_load": "postgresql",  # whose own program makes the backup
    "test_crash_points": "postgresql",
    "test_kill_loop": "sqlite",
}
"""Minutes of a processor: one of the two databases each time, by turns."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        played = getattr(item, "callspec", None)
        if played is not None and played.params.get("houses") == LEFT_TO_MAKE_FAULTS.get(item.path.stem, ""):
            item.add_marker("everywhere")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def houses(request: pytest.FixtureRequest) -> Iterator[Builder]:
    """Builds houses on that database."""
    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None
    with builder(request.param, server) as opened:
        yield opened
