"""`/panel/ara`: what it finds for whom, what it says where nothing is found, and the piece loaded as one types."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.web.panel.search_page import _before
from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.domain.ticket import Entry, EntryKind
from handlers.ports import UnitOfWork
from storage.engine.time_limit import TookTooLong
from storage.repositories.search import SqlSearch
from tests.bot.web.panel.conftest import Open
from tests.bot.web.scripted_site import ScriptedSite
from tests.storage.builders import open_ticket

FIRST, SECRET = "2026-000001", "2026-000002"


@pytest.fixture(autouse=True)
def tickets(site: ScriptedSite, staff: dict[str, Person]) -> None:
    def work(uow: UnitOfWork) -> None:
        it = open_ticket(uow, staff["hasan"].id, site.now(), text="YAZICIDAN ses geliyor <b>", facts={"oda": "312"})
        for kind, text in ((EntryKind.RESOLUTION, "Fuser değişti"), (EntryKind.NOTE, "bobin istendi")):
            uow.tickets.add_entry(it.id, Entry(kind=kind, at=site.now(), author=staff["mehmet"].id, text=text))
        open_ticket(uow, staff["hasan"].id, site.now(), text="yazıcıdan şifrem çalındı", restricted=True)

    site.store.write(work)


@pytest.mark.parametrize("asked", ["hasan", "312", "zabıta", "fuser", "yazici", "1", "#1", FIRST, "bobin", "ses fus"])
async def test_a_ticket_is_found_and_linked(opened: Open, asked: str) -> None:
    page = (await (await opened("mehmet")).get("panel/ara", q=asked)).text
    assert f'href="/demo/mehmet/panel/kayit/{FIRST}"' in page
    assert SECRET not in page


async def test_hits_are_marked_and_dated(opened: Open) -> None:
    page = (await (await opened("mehmet")).get("panel/ara", q="fuser hasan")).text
    assert "<mark>Fuser</mark> değişti" in page
    assert "<mark>Hasan</mark>" in page
    assert "Yapılan, <time" in page
    assert "&lt;b&gt;" in (await (await opened("mehmet")).get("panel/ara", q="ses")).text


async def test_a_part_of_a_serial_number_is_found_and_marked(
    opened: Open, site: ScriptedSite, staff: dict[str, Person]
) -> None:
    site.store.write(lambda uow: open_ticket(uow, staff["hasan"].id, site.now(), text="bozuk, seri PF4C8271X"))
    for asked in ("4c82", "8271"):
        assert "<mark>PF4C8271X</mark>" in (await (await opened("mehmet")).get("panel/ara", q=asked)).text
    assert "2026-000003" not in (await (await opened("ali")).get("panel/ara", q="8271")).text


@pytest.mark.parametrize("handle", ["mehmet", "fatma", "kemal", "denetci", "admin", "ali"])
async def test_nobody_finds_a_security_matter_and_each_what_is_theirs(opened: Open, handle: str) -> None:
    visit = await opened(handle)
    for asked in ("çalındı", "yazici", SECRET, "2"):
        assert SECRET not in (await visit.get("panel/ara", q=asked)).text.replace(f'value="{SECRET}"', "").replace(
            f"“{SECRET}”", ""
        ), asked
    assert (FIRST in (await visit.get("panel/ara", q="ses")).text) is (handle != "ali"), "another unit's"
    assert (FIRST in (await visit.get("panel/ara", q="bobin")).text) is (handle not in ("ali", "admin"))


@pytest.mark.parametrize(("handle", "found"), [("mehmet", True), ("kemal", True), ("ali", False)])
async def test_a_filter_that_asks_when_is_understood_here_too(
    opened: Open, site: ScriptedSite, staff: dict[str, Person], handle: str, found: bool
) -> None:
    def wait(uow: UnitOfWork) -> None:
        for number in (FIRST, SECRET):
            it, at = uow.tickets.by_number(number), site.now() - timedelta(days=1)
            it.claim(by=staff["mehmet"].id, at=at, channel="web")
            it.wait(State.WAITING_PARTS, "", by=staff["mehmet"].id, at=at, channel="web")
            uow.tickets.save(it)
        open_ticket(uow, staff["hasan"].id, site.now(), text="dünden beri bekleyen bir şey yok")

    site.store.write(wait)
    visit = await opened(handle)
    page = (await visit.get("panel/ara", q="dünden beri bekleyenler")).text
    assert (FIRST in page) is found
    assert SECRET not in page
    assert (FIRST in (await visit.get("panel/ara", q="zabıta dünden beri bekleyen")).text) is found
    if found:
        assert "2026-000003" not in page, "whose words say so"
        worded = (await visit.get("panel/ara", q="dünden beri bekleyen bir")).text
        assert ("2026-000003" in worded, FIRST in worded) == (True, False), "what is left over is looked for"


async def test_people_and_articles_stand_beside(opened: Open) -> None:
    page = (await (await opened("fatma")).get("panel/ara", q="zabıta")).text
    assert "Kişiler" in page
    page = (await (await opened("fatma")).get("panel/ara", q="çevrimdışı")).text
    assert "Çözüm adımları" in page
    assert "<mark>çevrimdışı</mark>" in page


async def test_nothing_found_says_what_to_try(opened: Open) -> None:
    visit = await opened("mehmet")
    page = (await visit.get("panel/ara", q="hasna")).text
    assert "bir şey bulunamadı" in page
    assert 'href="/demo/mehmet/panel/ara?q=Hasan"' in page
    page = (await visit.get("panel/ara", q="qwxz")).text
    assert "telefonun son dört hanesi" in page
    assert "Şunu mu" not in page


@pytest.mark.parametrize(
    "asked",
    ['"', "%", "_", "NEAR(a b)", "-", "<script>alert(1)</script>", "x" * 4_096, "a b c d e f g h i j", "\\", "'"],
)
async def test_any_sign_gets_an_answer(opened: Open, asked: str) -> None:
    answer = await (await opened("mehmet")).get("panel/ara", q=asked)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


async def test_a_sign_that_no_database_takes_is_passed_over(opened: Open) -> None:
    visit = await opened("mehmet")
    for path in ("panel/ara", "panel/ara/bulunan"):
        assert FIRST in (await visit.get(path, q="fu\0ser")).text
        assert (await visit.get(path, q="\0\0")).status_code == 200


@pytest.mark.parametrize(
    ("typed", "means"), [("7", 7), (str(2**31 - 1), 2**31 - 1), (str(2**31), None), ("9" * 12, None), ("x", None)]
)
def test_a_ticket_is_named_as_far_as_its_column_goes(typed: str, means: int | None) -> None:
    assert _before(typed) == means


async def test_too_few_letters_and_no_letters(opened: Open) -> None:
    visit = await opened("mehmet")
    assert "En az iki harf yazın." in (await visit.get("panel/ara", q="a")).text
    assert FIRST in (await visit.get("panel/ara", q="1")).text
    page = (await visit.get("panel/ara")).text
    assert "En az iki harf" not in page
    assert "autofocus" in page


async def test_a_piece_is_what_is_found_alone_and_notes_no_view(opened: Open, site: ScriptedSite) -> None:
    visit = await opened("denetci")
    piece = await visit.get("panel/ara/bulunan", q="fuser")
    assert FIRST in piece.text
    assert "<html" not in piece.text
    assert not [line for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "panel_viewed"]
    await visit.get("panel/ara", q="fuser")
    noted = [line[3] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "panel_viewed"]
    assert noted == ["/panel/ara"], "that it was looked into, without what was typed"
    assert (await (await opened("ayse")).get("panel/ara/bulunan", q="fuser")).status_code == 403


@pytest.mark.parametrize("handle", ["denetci", "kemal"])
async def test_who_reads_everything_leaves_a_line_for_each_question_and_none_for_each_letter(
    opened: Open, site: ScriptedSite, staff: dict[str, Person], handle: str
) -> None:
    def noted() -> int:
        lines = site.store.read(lambda uow: uow.audit.recent())
        assert {line[1] for line in lines if line[2] == "searched"} <= {staff[handle].id}
        return len([line for line in lines if line[2:] == ("searched", "", "web")])

    visit = await opened(handle)
    await visit.get("panel/ara/bulunan", q="f")
    assert noted() == 0, "nothing is looked for yet"
    for letters in ("fu", "fus", "fuser"):
        assert FIRST in (await visit.get("panel/ara/bulunan", q=letters)).text
        assert noted() == 1
        site.clock.forward(seconds=1)
    site.clock.forward(minutes=1)
    await visit.get("panel/ara/bulunan", q="hasan")
    assert noted() == 2
    await visit.get("panel/ara", q="hasan")
    assert noted() == 3, "sent, it is one of its own"
    await (await opened("fatma")).get("panel/ara", q="hasan")
    assert noted() == 3


async def test_too_slow_is_said(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise TookTooLong

    visit = await opened("mehmet")
    monkeypatch.setattr(SqlSearch, "_found", stop)
    assert "Daha dar arayın" in (await visit.get("panel/ara", q="yazıcı")).text


async def test_older_ones_have_a_page_of_their_own(opened: Open, site: ScriptedSite, staff: dict[str, Person]) -> None:
    site.store.write(lambda uow: [open_ticket(uow, staff["hasan"].id, text="kasnak") for _ in range(31)])
    visit = await opened("mehmet")
    page = (await visit.get("panel/ara", q="kasnak")).text
    assert "Daha eski kayıtlar" in page
    assert "2026-000003" not in page
    older = (await visit.get("panel/ara", q="kasnak", once=page.partition("once=")[2].partition('"')[0])).text
    assert "2026-000003" in older
    assert (await visit.get("panel/ara", q="kasnak", once="x")).status_code == 200
