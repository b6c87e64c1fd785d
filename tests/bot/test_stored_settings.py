"""What was said in the browser lies beneath environment and file, and never keeps the desk from starting."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.config import load
from bot.house_settings import HouseSettings
from bot.stored_settings import joined
from handlers.domain.house_settings import FieldKind, SettingView, StoredSetting
from tests.clock import START
from tests.fakes.store import FakeStore

TOKEN = "123456:gizli-anahtar"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("MASA_"):
            monkeypatch.delenv(name)


def said(key: str, value: Any, version: int = 1) -> StoredSetting:
    return StoredSetting(key=key, value=value, version=version, set_by=None, set_at=START)


def view(house: HouseSettings, key: str, *stored: StoredSetting) -> SettingView:
    return next(one for one in house.views(stored) if one.rule.key == key)


def test_environment_then_file_then_browser_then_default(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("masa.toml").write_text('institution = "Dosya"\n[terms]\nchat_months = 9\n', encoding="utf-8")
    monkeypatch.setenv("MASA_TERMS__CHAT_MONTHS", "12")
    stored = {"institution": "Tarayıcı", "terms.chat_months": 3, "terms.ticket_months": 36, "schedule.weekly_at": "off"}
    settings, unusable = joined(load(), stored)
    assert unusable == {}
    assert settings.institution == "Dosya"
    assert (settings.terms.chat_months, settings.terms.ticket_months, settings.terms.register_years) == (12, 36, 10)
    assert settings.schedule.weekly_at is None
    assert settings.schedule.digest_at == time(17, 0)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("terms.chat_months", 0, "En az 1 olmalı."),
        ("terms.chat_months", "altı", "Tam sayı yazın."),
        ("backup_days", 99_999, "En çok 3660 olmalı."),
        ("institution", "", "Boş bırakılamaz."),
        ("institution", "x" * 200, "En çok 120 harf olabilir."),
        ("timezone", "Europe/Ankara", "Böyle bir saat dilimi yok. Örnek: Europe/Istanbul"),
        ("schedule.digest_at", "25:00", "Saati “17:00” gibi yazın."),
        ("web.internal_networks", ["10.0.0.0/8", "evet"], "2. satır: Ağı “10.0.0.0/8” gibi yazın."),
        ("telegram.mode", "push", "Listeden birini seçin."),
        ("telegram.transfer.signed_on", "dün", "Günü “30.11.2026” gibi yazın."),
        (
            "priority_places",
            [{"title": "Vezne", "words": ["vezne"], "opens": "17:00", "closes": "08:00"}],
            "1. satır: Kapanış açılıştan sonra olmalı.",
        ),
        (
            "probes",
            [{"system": "ebys", "kind": "tcp", "target": "ebys"}],
            "1. satır: Hedefi “ebys.local:443” gibi yazın.",
        ),
        ("colour", "red", "Bu sürümde böyle bir ayar yok."),
        ("web.colour", "red", "Bu sürümde böyle bir ayar yok."),
    ],
)
def test_what_cannot_be_used_is_left_out_and_said(key: str, value: Any, says: str) -> None:
    settings, unusable = joined(load(), {key: value, "tell_days": False})
    assert unusable == {key: says}
    assert not settings.tell_days, "what is right beside it holds"


def test_what_is_of_the_machine_is_not_taken_from_the_database() -> None:
    elsewhere = {"database_url": "sqlite:///other.db", "web.port": 9, "telegram.base_url": "https://thief.example"}
    settings, _ = joined(load(), elsewhere)
    assert (settings.database_url, settings.web.port) == ("sqlite:///masa.db", 8080)
    assert settings.channels["telegram"].base_url == "https://api.telegram.org"  # type: ignore[attr-defined]
    house = HouseSettings(load())
    assert all(house.rule(key).of_machine for key in elsewhere)  # type: ignore[union-attr]


def test_a_view_tells_where_it_is_said_and_whether_it_waits() -> None:
    Path("masa.toml").write_text('\ninstitution = "Dosya"\n', encoding="utf-8")
    house = HouseSettings(load())
    house.begin([])
    locked = view(house, "institution", said("institution", "Tarayıcı"))
    assert (locked.value, locked.rule.place, locked.stands) == ("Dosya", "masa.toml:2", False)
    zone = view(house, "timezone", said("timezone", "Europe/Berlin"))
    assert (zone.given, zone.waits, zone.stands) == ("Europe/Berlin", True, True)
    assert not view(house, "terms.chat_months", said("terms.chat_months", 12)).waits
    wrong = view(house, "terms.chat_months", said("terms.chat_months", 0))
    assert (wrong.value, wrong.unusable, wrong.stands) == ("6", "En az 1 olmalı.", False)


def test_no_secret_is_in_a_view() -> None:
    stored = said("telegram.token", TOKEN)
    house = HouseSettings(load())
    assert house.begin([stored]).secrets == (TOKEN,)
    found = view(house, "telegram.token", stored)
    assert (found.value, found.given, found.rule.kind) == ("girilmiş, gösterilmez", None, FieldKind.SECRET)
    assert TOKEN not in repr(house.views([stored]))


def test_every_setting_can_be_asked_for() -> None:
    rules = {rule.key: rule for rule in HouseSettings(load()).rules()}
    assert rules["priority_places"].kind is FieldKind.TABLES
    assert [one.key for one in rules["probes"].fields][:3] == ["system", "kind", "target"]
    assert rules["units_without_effort"].kind is FieldKind.UNITS
    assert dict(rules["slack.content"].choices)["minimal"] == "yalnız numara ve durum"
    assert not rules["slack.bot_token"].at_once
    assert rules["schedule.digest_at"].at_once
    assert {rule.kind for rule in rules.values()} == set(FieldKind)


def test_what_is_said_elsewhere_is_taken_over_once() -> None:
    store, house, heard = FakeStore(), HouseSettings(load()), []
    house.begin(store.read(lambda uow: uow.stored_settings.all()))
    house.on_change(lambda settings: heard.append(settings.institution))
    store.read(house.take_over)
    store.write(lambda uow: uow.stored_settings.put(said("institution", "Örnek Belediyesi")))
    store.read(house.take_over)
    store.read(house.take_over)
    assert heard == ["Örnek Belediyesi"]
    FakeStore().read(house.take_over)  # whoever read before that was said, and is late
    assert (heard, house.now.institution) == (["Örnek Belediyesi"], "Örnek Belediyesi")
