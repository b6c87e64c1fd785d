"""A test whose program is missing skips where people work and fails where CI does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import postgres
from tests.bot.web import browser
from tests.locales import turkish
from tests.required import missing

pytestmark = pytest.mark.usefixtures("_programs_are_gone")


@pytest.fixture
def _programs_are_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "postgres_programs", lambda: None)


def ask_for_a_program() -> None:
    missing("a program: install it")


def ask_for_chromium() -> None:
    with browser.chromium():
        pass


def ask_for_a_turkish_locale() -> None:
    turkish(Path())


def ask_for_postgres() -> None:
    with postgres.started_server():
        pass


every_program = pytest.mark.parametrize(
    "ask", [ask_for_a_program, ask_for_chromium, ask_for_a_turkish_locale, ask_for_postgres]
)


@every_program
def test_it_fails_where_ci_is_true(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], None]) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI must have it"):
        ask()


@every_program
@pytest.mark.parametrize("said", [None, "", "false"])
def test_it_skips_elsewhere(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], None], said: str | None) -> None:
    if said is None:
        monkeypatch.delenv("CI", raising=False)
    else:
        monkeypatch.setenv("CI", said)
    with pytest.raises(pytest.skip.Exception, match="install"):
        ask()
