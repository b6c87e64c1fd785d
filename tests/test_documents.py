"""What is written for people lists what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.channels.registry import CHANNELS
from bot.cli import COMMANDS
from bot.config import with_channels
from bot.monitoring import health
from bot.setting_sources import PREFIX
from bot.web.panel.routes import routes
from handlers.chat.commands import COMMANDS as CHAT_COMMANDS
from knowledge import Knowledge

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
GUARANTEES = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
LIFE = (ROOT / "docs" / "life-of-a-message.md").read_text(encoding="utf-8")
GUIDES = {"CONTRIBUTING": CONTRIBUTING, "glossary": GLOSSARY, "life-of-a-message": LIFE}
SETTINGS = with_channels(CHANNELS.sections)
RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
SOURCES = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "storage").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]


def settings(model: type[BaseModel], prefix: str = PREFIX) -> Iterator[str]:
    for name, field in model.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            yield from settings(section, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}"


@pytest.mark.parametrize("name", list(settings(SETTINGS)))
def test_the_readme_has_every_setting(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", re.findall(r"MASA_[A-Z_]+", README))
def test_the_readme_has_no_setting_that_is_none(name: str) -> None:
    assert name in set(settings(SETTINGS))


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_readme_has_every_command(name: str) -> None:
    assert f"`masa {name}" in README


def test_every_alarm_is_explained() -> None:
    raised = set(re.findall(r'"([a-z_]+)": lambda', Path(health.__file__).read_text(encoding="utf-8")))
    assert raised
    assert [name for name in sorted(raised) if f"### `{name}`\n" not in OPERATIONS] == []


def test_every_error_in_the_log_is_explained() -> None:
    told = {
        event
        for source in SOURCES
        for event in re.findall(r'log\.error\(\s*"([a-z_]+)"', source.read_text(encoding="utf-8"))
    }
    assert told
    assert [event for event in sorted(told) if f"`{event}`" not in OPERATIONS] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_decision_is_short_and_numbered(record: Path) -> None:
    lines = record.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 40
    assert lines[0].startswith(f"# {record.name[:4]} ")


def test_the_files_that_documents_name_exist() -> None:
    pages = [README, OPERATIONS, *GUIDES.values(), *(record.read_text(encoding="utf-8") for record in RECORDS)]
    named = {
        path
        for page in pages
        for path in re.findall(r"`((?:bot|handlers|knowledge|storage|docs|deploy|tests)/[^`*]*)`", page)
        if not re.search(r"NAME", path)
    }
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_guarantee_names_tests_that_exist() -> None:
    """A file of tests in backticks, and after it parts of the names of its tests."""
    named = re.findall(r"`((?:[a-z_]+/)*test_[a-z_]+\.py)`([^`|·(]*)", GUARANTEES)
    assert named
    assert [path for path, _ in named if not (ROOT / "tests" / path).exists()] == []
    parts = [(path, part) for path, rest in named for part in re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)+", rest)]
    assert [
        f"{path} {part}"
        for path, part in parts
        if not re.search(rf"def test_\w*{part}", (ROOT / "tests" / path).read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_the_functions_that_guides_name_stand_in_their_files(guide: str) -> None:
    named = re.findall(r"`([a-z_]+/[a-z_/]+\.py)` \(`([a-z_]+)`", GUIDES[guide])
    assert named or guide != "life-of-a-message"
    missing = [
        f"{path}: {function}"
        for path, function in named
        if not re.search(rf"def {function}\b", (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert missing == []


@pytest.mark.parametrize("guide", GUIDES)
def test_the_types_that_guides_name_are_in_the_code(guide: str) -> None:
    code = "\n".join(source.read_text(encoding="utf-8") for source in [*SOURCES, *(ROOT / "knowledge").rglob("*.py")])
    named = set(re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`", GUIDES[guide])) - {"Department", "SecretStr"}
    assert named
    assert [name for name in sorted(named) if not re.search(rf"^(?:class )?{name}\b", code, re.MULTILINE)] == []


@pytest.mark.parametrize("target", re.findall(r"(?:`|^)make ([a-z-]+)", CONTRIBUTING + README, re.MULTILINE))
def test_the_make_targets_that_guides_name_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_rooms_of_the_guide_are_all_the_rooms_there_are() -> None:
    told = set(re.findall(r"`((?:bot|handlers|storage|knowledge)/[a-z]*)/?`", CONTRIBUTING))
    rooms = {
        str(folder.parent.relative_to(ROOT))
        for top in ("bot", "handlers", "storage")
        for folder in (ROOT / top).glob("*/__init__.py")
    }
    assert sorted(rooms - told - {"storage/migrations"}) == []


# --- the bylaw ------------------------------------------------------------------------------------
BYLAW = dict(
    re.findall(
        r"^\| (\d+(?:/[\dB-]+)?) \| (.+) \|$", (ROOT / "docs" / "yonetmelik.md").read_text("utf-8"), re.MULTILINE
    )
)
"""What stands behind each item: its state, and what carries it."""


def test_every_item_of_the_bylaw_is_answered() -> None:
    asked = [
        *(f"7/{item}" for item in range(1, 18)),
        *(f"8/{item}" for item in range(1, 23) if item not in (12, 13)),  # it leaves two numbers out
        *(f"9/{item}" for item in range(1, 10)),
        *(f"10/{item}" for item in range(1, 54)),
        *(f"11/{item}" for item in range(1, 53)),
        *("12/B-2", "12/B-3", "13/1", "13/2", "13/3", "14/1", "14/2", "14/3", "14/4", "15", "16/1", "16/2", "16/3"),
    ]
    assert list(BYLAW) == asked
    states = {said.split(" | ")[0] for said in BYLAW.values()}
    assert states == {"var", "kısmen", "yok", "kapsam dışı"}
    assert [item for item, said in BYLAW.items() if len(said.split(" | ")[1]) < 10 and "`" not in said] == []


def test_what_carries_an_item_of_the_bylaw_is_there() -> None:
    pages = [route.path_regex for route in routes()]
    subjects = set(Knowledge.load().catalogue.categories)
    named = {(item, name) for item, said in BYLAW.items() for name in re.findall(r"`([^`]+)`", said)}
    assert named

    def is_there(name: str) -> bool:
        if name.startswith("/panel/"):
            return any(page.match(name) for page in pages)
        if name.startswith("/"):
            return name[1:] in CHAT_COMMANDS
        return name.removeprefix("masa ") in COMMANDS if name.startswith("masa ") else name in subjects

    assert sorted(one for one in named if not is_there(one[1])) == []
