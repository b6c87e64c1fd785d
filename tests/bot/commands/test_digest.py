"""`masa digest`: prints what the room reads, posts it once, and says which."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.bot.commands.workspace import Workspace, person
from tests.storage.builders import open_ticket

FRIDAY = "2026-11-20"
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEYS = [
    "date",
    "unit",
    "since",
    "until",
    "opened",
    "resolved",
    "active",
    "unclaimed",
    "waits",
    "solved_by_tip",
    "oldest",
    "by_category",
    "by_department",
    "change",
]


@pytest.fixture
def friday(workspace: Workspace) -> Workspace:
    """One ticket of that day."""
    workspace.with_people()
    workspace.write(lambda uow: open_ticket(uow, person(uow, "ayse"), AT))
    return workspace


def _said(workspace: Workspace, address: str) -> int:
    page: list[Any] = workspace.read(lambda uow: uow.timeline.page(address))
    return len(page)


def test_it_is_printed_and_posted_once(friday: Workspace) -> None:
    ran = friday.masa("digest", "--date", FRIDAY, "--unit", "donanim")
    assert ran.code == 0
    assert ran.out.startswith("📥 Açılan: 1\n")
    assert "donanim 2026-11-20: posted to terminal:r:donanim, web:r:donanim" in ran.err
    again = friday.masa("digest", "--date", FRIDAY, "--unit", "donanim")
    assert again.out == ran.out
    assert "posted before, not again" in again.err
    assert _said(friday, "web:r:donanim") == 1
    assert _said(friday, "web:r:yazilim") == 0


def test_a_dry_run_posts_nothing(friday: Workspace) -> None:
    ran = friday.masa("digest", "--date", FRIDAY, "--dry-run")
    assert "📥 Açılan: 1" in ran.out
    assert "Yazılım Birimi" in ran.out
    assert "not posted (--dry-run); it would go to terminal:r:donanim" in ran.err
    assert _said(friday, "web:r:donanim") == 0


def test_without_a_unit_the_director_gets_his_too(friday: Workspace) -> None:
    friday.masa("digest", "--date", FRIDAY)
    assert _said(friday, "web:p:kemal") == 1


def test_json_of_a_unit_is_one_document(friday: Workspace) -> None:
    ran = friday.masa("digest", "--date", FRIDAY, "--unit", "donanim", "--json", "--dry-run")
    assert ran.out.isascii()
    document = json.loads(ran.out)
    assert set(KEYS) <= set(document)
    assert (document["date"], document["unit"]) == (FRIDAY, "donanim")
    assert (document["since"], document["until"]) == ("2026-11-19T17:00:00+03:00", "2026-11-20T17:00:00+03:00")
    assert (document["opened"], document["active"], document["unclaimed"]) == (1, 1, 1)
    (oldest,) = document["oldest"]
    assert (oldest["number"], oldest["category"], oldest["state"]) == ("2026-000001", "yazici-yazdirmiyor", "open")
    assert document["by_department"] == [{"department": "Mali Hizmetler", "opened": 1, "resolved": 0}]
    assert "Ayşe" not in json.dumps(document, ensure_ascii=False)


def test_json_of_all_is_a_list(friday: Workspace) -> None:
    documents = json.loads(friday.masa("digest", "--date", FRIDAY, "--json", "--dry-run").out)
    assert [document["unit"] for document in documents] == ["donanim", "yazilim"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--date", "20.11.2026"], "--date: '20.11.2026'; expected a day as YYYY-MM-DD"),
        (["--date", "2026-02-30"], "--date: '2026-02-30'"),
        (["--date", "2999-01-01"], "--date: '2999-01-01'; expected a day as YYYY-MM-DD, 20"),
        (["--date", ""], "--date: ''"),
        (["--unit", "temizlik"], "--unit: 'temizlik'; expected one of donanim, yazilim"),
        (["--unit", "donnim"], "--unit: 'donnim'; expected one of donanim, yazilim (did you mean donanim?)"),
    ],
)
def test_a_bad_day_or_unit(friday: Workspace, arguments: list[str], said: str) -> None:
    ran = friday.masa("digest", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert _said(friday, "web:r:donanim") == 0
