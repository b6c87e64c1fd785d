from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.maintenance.verify import DATABASE, INVARIANTS, verify
from tests.bot.channels.slack.stage import SlackStage, open_slack
from tests.bot.channels.telegram.stage import TelegramStage, open_telegram
from tests.scenarios.stage import Stage, counting, open_stage

ON_POSTGRES = "web on postgresql"
OF_THE_DESK = tuple(invariant for invariant in INVARIANTS if invariant is not DATABASE)
"""References that only a restore or a damaged file could break are looked up in `tests/faults` and by the tests of
`masa verify`; after every play that took as long as the play."""


OF_WORDS = frozenset(
    f"test_{name}"
    for name in (
        "articles",
        "beside_the_question",
        "corrections",
        "details",
        "elsewhere",
        "facts_told",
        "following_a_talk",
        "guessed_answers",
        "guessed_codes",
        "impact",
        "long_lists",
        "numbers",
        "reporting",
        "two_problems",
        "written_with_mistakes",
    )
)
"""Plays of what is understood and how it is answered. A platform changes that, a database does not; in other words the
same play is the same on every platform. So PostgreSQL, and other words elsewhere than on the web, are left to `make
faults`. What is written, locked, counted and looked for is played everywhere each time."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--everywhere"):
        return
    left_out = [item for item in items if _is_played_elsewhere(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        kept = {*items} - {*left_out}
        items[:] = [item for item in items if item in kept]


def _is_played_elsewhere(item: pytest.Item) -> bool:
    played = getattr(item, "callspec", None)
    stage = played.params.get("stage") if played is not None else None
    if stage is None or item.path.parent != Path(__file__).parent or item.path.stem not in OF_WORDS:
        return False
    in_other_words = any(place for name, place in played.indices.items() if name != "stage")
    return stage == ON_POSTGRES or (in_other_words and stage != "web")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a stage's database, for plays that are played on each of the two."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'masa.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=["web", "terminal", "telegram", "slack", pytest.param(ON_POSTGRES, marks=pytest.mark.postgres)])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage | TelegramStage | SlackStage]:
    """Every play is played on every channel, and must end the same; whatever was played, no invariant is broken."""
    if request.param == "telegram":
        async with open_telegram(tmp_path) as platform:
            yield platform
            require_sound(platform, tmp_path)
        return
    if request.param == "slack":
        async with open_slack(tmp_path) as workspace:
            yield workspace
            require_sound(workspace, tmp_path)
        return
    channel, _, on_postgres = request.param.partition(" ")
    changes = {"database_url": request.getfixturevalue("postgres_url")} if on_postgres else {}
    async with open_stage(tmp_path, channel, **changes) as opened:
        yield opened
        require_sound(opened, tmp_path)


def require_sound(stage: Stage | TelegramStage | SlackStage, folder: Path) -> None:
    store, now = stage.app.store, stage.clock.now()
    breaches = verify(store, now=now, files=folder / "files", counting=counting(), invariants=OF_THE_DESK)
    assert [str(breach) for breach in breaches] == []
