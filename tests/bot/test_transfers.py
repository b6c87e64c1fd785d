"""A foreign platform gets number and state, unless the house recorded what lets it have more (KVKK m.9)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.app import build
from bot.channels.registry import CHANNELS
from bot.channels.slack import SlackSection
from bot.channels.telegram import TelegramSection
from bot.config import Settings, with_channels
from bot.diagnostics.transfers import transfers
from bot.setting_types import Transfer
from handlers.messages import plain
from handlers.reports.digest_figures import View, compose
from tests.clock import START, FakeClock
from tests.scenarios.stage import settings_for, shared_desk


def test_a_platform_begins_with_the_least() -> None:
    assert [section().content for section in CHANNELS.sections.values()] == ["minimal"] * len(CHANNELS.sections)


@pytest.mark.parametrize(
    ("given", "content"),
    [
        ({"base_url": "http://127.0.0.1:8081"}, "full"),
        ({"base_url": "http://localhost:8081/api"}, "full"),
        ({"base_url": "http://[::1]:8081"}, "full"),
        ({"base_url": "http://127.0.0.1:8081", "content": "minimal"}, "minimal"),
        ({"base_url": "https://api.telegram.org"}, "minimal"),
        ({"base_url": "http://10.0.0.5:8081"}, "minimal"),
        ({"base_url": "https://127.0.0.1.example.org"}, "minimal"),
        ({}, "minimal"),
    ],
)
def test_from_a_server_on_this_machine_alone_nothing_is_withheld(given: dict[str, str], content: str) -> None:
    assert [section(**given).content for section in (TelegramSection, SlackSection)] == [content] * 2


@pytest.mark.parametrize(
    ("content", "transfer", "told"),
    [
        ("minimal", {}, []),
        ("full", {}, [("error", "dayanağı yazılmamış")]),
        ("full", {"basis": "Açık rıza"}, [("error", "açık rızaya dayanamaz (KVKK m.9/7)")]),
        ("full", {"basis": "müdür istedi"}, [("error", "dayanağı yazılmamış")]),
        ("full", {"basis": "yeterlilik"}, [("ok", "yeterlilik")]),
        ("full", {"basis": "standart_sozlesme"}, [("warning", "imza ya da bildirim günü")]),
        (
            "full",
            {"basis": "standart_sozlesme", "signed_on": date(2026, 11, 2), "notified_on": date(2026, 11, 11)},
            [("warning", "7 iş günü sonra")],
        ),
        (
            "full",
            {"basis": "standart_sozlesme", "signed_on": date(2026, 10, 26), "notified_on": date(2026, 11, 3)},
            [("ok", "26.10.2026")],  # the 29th is a holiday
        ),
    ],
)
def test_the_doctor_asks_for_the_basis(content: str, transfer: dict[str, object], told: list[tuple[str, str]]) -> None:
    section = TelegramSection(token="1:a", content=content, transfer=Transfer(**transfer))
    found = list(transfers(CHANNELS, {"telegram": section, "slack": SlackSection()}))
    assert [(f.state.value, f.about) for f in found] == [(state, "Telegram") for state, _ in told]
    assert all(words in f.says for f, (_, words) in zip(found, told, strict=True))


@pytest.mark.parametrize(("basis", "told"), [("", True), ("taahhutname", False)])
def test_each_day_the_director_reads_of_one_without(tmp_path: Path, basis: str, told: bool) -> None:
    section = TelegramSection(token="1:a", content="full", transfer=Transfer(basis=basis))
    kind: type[Settings] = with_channels(CHANNELS.sections)
    settings = kind(**{**settings_for(tmp_path).model_dump(exclude={"web"}), "telegram": section})
    from storage.maintenance import migrate

    migrate.upgrade(settings.database_url)
    app = build(settings, clock=FakeClock(), desk=shared_desk())
    try:
        digests = [
            app.store.read(
                lambda uow, unit=unit: compose(app.desk, uow, unit, day=START.date(), since=START, until=START)
            )
            for unit in app.desk.units
        ]
        text = plain(app.desk.texts.render("digest_units", desk=app.desk, view=View(digests=digests, names=True)))
    finally:
        app.close()
    assert ("Telegram tam içerikle açık, dayanağı yazılmamış (KVKK m.9)." in text) is told
