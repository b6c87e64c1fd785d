"""Git: where a number, the name of a page or a view, and words lead."""

from __future__ import annotations

import re

import pytest

from handlers.domain.people import Person
from handlers.domain.ticket import Ticket
from tests.bot.web.panel.conftest import Open
from tests.bot.web.panel.scene import working_day
from tests.bot.web.scripted_site import ScriptedSite


@pytest.fixture
def day(site: ScriptedSite, staff: dict[str, Person]) -> dict[str, Ticket]:
    return working_day(site, staff)


async def ways(opened: Open, who: str, typed: str, page: str = "git") -> list[str]:
    answer = await (await opened(who)).get(f"panel/{page}", q=typed)
    assert answer.status_code == 200
    listed = answer.text[answer.text.index('class="ways"') :]
    return re.findall(rf'href="/demo/{who}/panel/([^"]*)"', listed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("4", "kayit/2026-000004"),
        ("2026-000004", "kayit/2026-000004"),
        ("mesai", "ayarlar/takvim"),
        ("gösterge", "gosterge"),
        ("GECIKEN", "kayitlar?geciken=1&amp;sirala=sure"),
        ("zabıta geciken", "kayitlar?mudurluk=Zab%C4%B1ta&amp;geciken=1"),
        ("tonerci", "kayitlar?q=tonerci"),
    ],
)
async def test_the_first_is_what_is_meant(opened: Open, day: dict[str, Ticket], typed: str, first: str) -> None:
    assert (await ways(opened, "fatma", typed))[0] == first
    assert await ways(opened, "fatma", typed, "git/bulunan") == await ways(opened, "fatma", typed)


async def test_nothing_typed_lists_the_pages_and_views_that_are_theirs(opened: Open, day: dict[str, Ticket]) -> None:
    found = await ways(opened, "mehmet", "")
    assert "kayitlar" in found
    assert "ayarlar/takvim" not in found
    assert "denetim" not in found


async def test_of_what_they_may_not_read_there_is_no_word(opened: Open, day: dict[str, Ticket]) -> None:
    number = day["secret"].number
    assert f"kayit/{number}" in await ways(opened, "fatma", number)
    assert not any("kayit/" in one for one in await ways(opened, "mehmet", number))
    assert not any("kayit/" in one for one in await ways(opened, "mehmet", day["other"].number))
