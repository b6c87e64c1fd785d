"""The composition of many processes names what there is. No container engine is asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli import COMMANDS
from bot.config import Settings
from tests.test_documents import settings

DEPLOY = Path(__file__).parents[1] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "yardim-masasi"}
WEB = {name for name, service in OURS.items() if service["command"] == ["masa", "run"]}


def test_there_are_two_web_processes_and_three_workers() -> None:
    assert sorted(WEB) == ["web1", "web2"]
    assert OURS.keys() - WEB == {"worker"}
    assert OURS["worker"]["deploy"]["replicas"] == 3


@pytest.mark.parametrize("name", OURS)
def test_a_process_of_ours_runs_a_command_that_there_is_with_settings_that_there_are(name: str) -> None:
    service = OURS[name]
    assert service["command"][0] == "masa"
    assert service["command"][1] in COMMANDS
    given = {key for key in service.get("environment", {}) if key.startswith("MASA_")}
    assert given <= set(settings(Settings))
    assert service["volumes"] == ["files:/data"], "all share the folder of attachments"
    assert service["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert service["healthcheck"]["test"]


def test_every_volume_is_declared_and_every_file_is_there() -> None:
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]]
    assert {name for name in mounted if not name.startswith(".")} == set(COMPOSE["volumes"])
    assert (DEPLOY / "nginx.conf").exists()


def test_the_proxy_knows_every_web_process_by_its_name() -> None:
    upstream = re.findall(r"server (\w+):8080", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    assert set(upstream) == WEB
    assert {SERVICES[name]["environment"]["MASA_WEB__HOST"] for name in WEB} == WEB


def test_the_server_has_a_connection_for_everybody() -> None:
    most = int(next(word for word in SERVICES["postgres"]["command"] if "max_connections" in word).partition("=")[2])
    processes = len(WEB) + OURS["worker"]["deploy"]["replicas"]
    assert most >= 20 * processes + 20
