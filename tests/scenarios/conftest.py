from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from zlib import crc32

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
"""Plays of what is understood and how it is answered: PostgreSQL changes nothing of it, nor do other words elsewhere
than on the web."""
ON_EVERY_STAGE = frozenset(
    f"test_{name}" for name in ("erasure", "file_limits", "life_of_a_ticket", "photos_and_words", "what_rooms_hear")
)
"""Where each platform has ways of its own."""
BESIDE_THE_WEB = ("telegram", "slack", ON_POSTGRES, "terminal")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every other play is played on the web and on one stage more: which one follows from its name, so that all of them
    see plays of every kind. `make faults` plays all of them everywhere."""
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
    if stage is None or stage == "web" or item.path.parent != Path(__file__).parent:
        return False
    if item.path.stem in ON_EVERY_STAGE:
        return False
    in_other_words = any(place for name, place in played.indices.items() if name != "stage")
    of_words = item.path.stem in OF_WORDS
    if of_words and in_other_words:
        return True
    stages = tuple(one for one in BESIDE_THE_WEB if not (of_words and one == ON_POSTGRES))
    play = item.nodeid.replace(stage, "", 1)
    return stage != stages[crc32(play.encode()) % len(stages)]


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
