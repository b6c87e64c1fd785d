from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.slack import inbound
from bot.channels.slack.diagnostics import SCOPES
from handlers.chat.commands import COMMANDS
from tests.servers import slack as server


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    text = (Path(__file__).parents[4] / "slack-app-manifest.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def test_it_asks_for_what_the_desk_uses_and_no_more(manifest: dict[str, Any]) -> None:
    asked = manifest["oauth_config"]["scopes"]["bot"]
    assert sorted(asked) == sorted(SCOPES) == sorted(server.SCOPES)


def test_every_command_of_the_desk_is_there(manifest: dict[str, Any]) -> None:
    offered = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert sorted(offered) == sorted([inbound.REPORT_COMMAND, *(f"/{name}" for name in COMMANDS)])
    assert set(offered) >= inbound.ROOM_COMMANDS


def test_the_shortcut_and_the_events_are_those_that_the_code_takes(manifest: dict[str, Any]) -> None:
    (shortcut,) = manifest["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", inbound.REPORT_SHORTCUT)
    assert len(shortcut["name"]) <= 24
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
        "user_change",
    ]
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["settings"]["socket_mode_enabled"]


def test_slacks_own_limits(manifest: dict[str, Any]) -> None:
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
    for command in manifest["features"]["slash_commands"]:
        assert command["command"].isascii()
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 100
