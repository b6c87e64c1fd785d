"""What of the settings a page may show."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import shown_settings
from bot.config import load
from bot.shown_settings import SECTIONS, name_of

SECRET = "77:gizli-anahtar"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "masa.toml"
    made.write_text(
        f'institution = "Örnek Belediyesi"\ndatabase_url = "postgresql+psycopg://masa:parola@db/masa"\n'
        f'\n[telegram]\ntoken = "{SECRET}"\n[web]\nport = 8090\n',
        encoding="utf-8",
    )
    return made


def test_each_says_where_it_comes_from(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASA_WEB__HOST", "0.0.0.0")  # a value to be shown
    found = {one.variable: one for one in shown_settings.shown(load(file), file)}
    assert (found["MASA_INSTITUTION"].value, found["MASA_INSTITUTION"].source) == ("Örnek Belediyesi", f"{file}:1")
    assert (found["MASA_WEB__PORT"].value, found["MASA_WEB__PORT"].source) == ("8090", f"{file}:7")
    assert (found["MASA_WEB__HOST"].value, found["MASA_WEB__HOST"].source) == ("0.0.0.0", "MASA_WEB__HOST")
    assert (found["MASA_BACKUP_DAYS"].value, found["MASA_BACKUP_DAYS"].source) == ("30", None)
    assert found["MASA_TELEGRAM__CONTENT"].value == "yalnız numara ve durum"
    assert found["MASA_DEMO"].value == "hayır"
    assert found["MASA_KNOWLEDGE__ARTICLES"].value == "masanın kendisininki"
    assert found["MASA_SCHEDULE__DIGEST_AT"].value == "17.00"
    assert found["MASA_TIMEZONE"].value == "Europe/Istanbul"


def test_no_secret_leaves(file: Path) -> None:
    found = shown_settings.shown(load(file), file)
    told = "".join(f"{one.name}{one.value}{one.source}" for one in found)
    assert SECRET not in told
    assert "parola" not in told
    by_variable = {one.variable: one.value for one in found}
    assert by_variable["MASA_TELEGRAM__TOKEN"] == "girilmiş, gösterilmez"
    assert by_variable["MASA_SLACK__BOT_TOKEN"] == "girilmemiş"
    assert by_variable["MASA_DATABASE_URL"].startswith("postgresql")
    assert "***@db/masa" in by_variable["MASA_DATABASE_URL"]


def test_every_setting_has_a_name_in_turkish(file: Path) -> None:
    """A new one is forgotten here first."""
    found = list(shown_settings._all(load(file)))
    assert len(found) > 40
    assert all(name_of(path) for path, _ in found)
    assert {path[0] for path, _ in found if len(path) > 1} <= set(SECTIONS)
