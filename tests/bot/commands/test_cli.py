from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from tests.bot.commands.workspace import Workspace
from tests.masa import environment


def test_the_list_of_commands_is_turkish_and_names_each(workspace: Workspace) -> None:
    shown = workspace.masa("--help").out
    assert "Komutlar" in shown
    for name, (_, line) in COMMANDS.items():
        assert name in shown
        assert line.split()[0] in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(workspace: Workspace, name: str) -> None:
    ran = workspace.masa(name, "--help")
    assert ran.code == 0
    assert f"Usage: masa {name}" in ran.out
    assert "Seçenekler" in ran.out


def test_an_unknown_command_is_an_error_of_the_user(workspace: Workspace) -> None:
    ran = workspace.masa("tiket")
    assert ran.code == 2
    assert "'tiket'" in ran.err


def test_a_bad_setting_stops_every_command_with_one_line(workspace: Workspace) -> None:
    Path("masa.toml").write_text("[web]\nport = 'x'\n", encoding="utf-8")
    for arguments in (("run",), ("chat", "--json"), ("ticket", "list"), ("db", "upgrade"), ("worker",)):
        ran = workspace.masa(*arguments)
        assert (ran.code, ran.err) == (2, "masa: masa.toml:2: 'x'; expected a whole number\n")
        assert not Path("masa.db").exists()


def test_a_database_that_is_none_is_named(workspace: Workspace) -> None:
    Path("masa.db").write_bytes(b"not a database at all" * 100)
    ran = workspace.masa("ticket", "list")
    assert ran.code == 2
    assert ran.err == "masa: the database (MASA_DATABASE_URL): file is not a database\n"


def test_the_tables_are_made_and_brought_up_to_date(workspace: Workspace) -> None:
    assert "yeni → " in workspace.masa("db", "upgrade").out
    assert workspace.masa("db", "upgrade").out.startswith("Veritabanı güncel: ")


def test_commands_are_imported_when_they_are_called() -> None:
    code = "import sys, bot.cli; print([m for m in ('sqlalchemy', 'numpy', 'pydantic', 'rich') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_a_reader_who_goes_away_is_no_error_of_ours(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.with_people()
    ran = subprocess.run(
        f"{sys.executable} -m bot people list --json | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    assert ran.stderr == ""
