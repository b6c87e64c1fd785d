"""The alarms: each has a rule for Prometheus and a place in the runbook, and each rule asks for what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import build
from bot.config import Settings
from bot.monitoring import health
from tests.clock import FakeClock

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
(GROUP,) = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
RULES: list[dict[str, Any]] = GROUP["rules"]
RUNBOOK = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECTIONS = set(re.findall(r"^### `([a-z_]+)`", RUNBOOK, re.MULTILINE))
OF_PROMETHEUS = {"up"}
WORDS = re.compile(r"\b(?:masa_[a-z_]+|up)\b")
A_TIME = re.compile(r"\d+[smhd]")


def alarms_of_healthz() -> list[str]:
    source = Path(health.__file__).read_text(encoding="utf-8")
    return ["database_unreachable", *re.findall(r'"([a-z_]+)": lambda', source)]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a desk that is put together as `masa run` does it."""
    folder = tmp_path_factory.mktemp("watched")
    app = build(Settings(database_url=f"sqlite:///{folder / 'masa.db'}", data_dir=folder), clock=FakeClock())
    try:
        yield app.metrics.page().decode()
    finally:
        app.close()


@pytest.mark.parametrize("alarm", alarms_of_healthz())
def test_every_alarm_of_the_desk_has_a_rule(alarm: str) -> None:
    assert alarm in {rule["labels"]["alarm"] for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_is_whole_and_leads_to_the_runbook(rule: dict[str, Any]) -> None:
    assert set(rule) - {"for"} == {"alert", "expr", "labels", "annotations"}
    assert re.fullmatch(r"Masa[A-Z][A-Za-z]+", rule["alert"])
    assert A_TIME.fullmatch(rule.get("for", "0s"))
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert set(rule["annotations"]) == {"summary", "runbook"}
    assert rule["annotations"]["summary"].endswith((".", ")"))
    assert rule["annotations"]["runbook"] == f"docs/operations.md#{rule['labels']['alarm']}"
    assert rule["labels"]["alarm"] in SECTIONS


def test_the_runbook_has_no_alarm_that_nobody_raises() -> None:
    assert {rule["labels"]["alarm"] for rule in RULES} == SECTIONS


def test_no_two_rules_have_one_name() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_asks_for_what_the_page_shows(rule: dict[str, Any], page: str) -> None:
    shown = set(re.findall(r"^# TYPE (\S+) ", page, re.MULTILINE)) | set(re.findall(r"^([a-z_]+)", page, re.MULTILINE))
    asked = set(WORDS.findall(rule["expr"]))
    assert asked
    assert {name.removesuffix("_bucket") for name in asked} - OF_PROMETHEUS - shown == set()


def test_prometheus_is_shown_where_to_look() -> None:
    config = yaml.safe_load((DEPLOY / "prometheus.yaml").read_text(encoding="utf-8"))
    assert config["rule_files"] == ["alerts.yaml"]
    (scrape,) = config["scrape_configs"]
    assert {scrape["job_name"]} == {job for rule in RULES for job in re.findall(r'job="(\w+)"', rule["expr"])}
