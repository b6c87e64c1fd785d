"""What an outage does to the tickets that are of it, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.outages import Outage
from handlers.domain.states import State
from handlers.domain.ticket import TicketId
from handlers.messages import plain
from handlers.tickets import outage_news, outages
from tests.handlers.tickets.table import Table

DOWN = "ebys acilmiyor, sayfa bembeyaz"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Three tickets about EBYS: one claimed, one that waits for a firm, one of nobody."""
    made = Table(tmp_path / "table")
    for number, who in enumerate(("ayse", "hasan", "denetci"), start=1):
        reports(made, who)
        if number < 3:
            made.shows("ali", number)
            made.press("ali", f"claim:{number}")
    made.press("ali", "menu:2:wait", "wait_for:2:waiting_vendor")
    made.says("ali", "Arksoft")
    made.shows("ali", 1)
    yield made
    made.close()


def reports(table: Table, who: str, text: str = DOWN) -> None:
    table.says(who, text)
    table.press(who, "open:…")
    while table.presses(who, "skip_fact:…"):
        pass


def states(table: Table) -> list[State]:
    return [ticket.state for ticket in table.tickets()]


def declared(table: Table) -> None:
    table.press("ali", "menu:1:more", "outage:1")


def ended(table: Table) -> None:
    table.shows("ali", 1)
    table.press("ali", "menu:1:more", "outage_over:1", "outage_cause:1:power", "outage_end:1:power")


def the_outage(table: Table) -> Outage:
    found = table.store.read(lambda uow: uow.outages.latest_of_head(TicketId(1)))
    assert found is not None
    return found


def kinds(table: Table, who: str) -> list[str]:
    return [message.kind for message in table.shown(table.place(who, "")) if message.author is None]


def test_what_was_closed_together_is_opened_again_exactly_as_it_was(table: Table) -> None:
    declared(table)
    waited_for = table.tickets()[1].waiting_for
    ended(table)
    table.press("ali", "outage_close:…")
    assert states(table) == [State.RESOLVED] * 3
    table.press("denetci", "confirm:3")
    table.press("ali", "outage_undo:…")
    assert states(table) == [State.CLAIMED, State.WAITING_VENDOR, State.CLOSED]
    assert table.tickets()[1].waiting_for == waited_for == "Arksoft"
    assert the_outage(table).is_open
    assert table.tickets()[0].outage
    assert table.wrong() == []


def test_what_is_refused_leaves_all_as_it_is(table: Table) -> None:
    """Its head was done by itself: nothing is opened again."""
    declared(table)
    table.press("ali", "done:1")
    table.says("ali", "sunucu yeniden başlatıldı")
    table.press("ali", "outage_close:…")
    table.press("ali", "outage_undo:…")
    assert "geri alınamadı" in table.answer("ali")
    assert states(table) == [State.RESOLVED] * 3


def test_after_half_an_hour_it_stays_over(table: Table) -> None:
    declared(table)
    ended(table)
    table.later(timedelta(minutes=31))
    table.press("ali", "outage_undo:…")
    assert "30 dakika geçti" in table.answer("ali")
    assert not the_outage(table).is_open


def test_only_what_was_shown_is_closed(table: Table) -> None:
    declared(table)
    ended(table)
    reports(table, "kemal")
    table.press("ali", "outage_close:…")
    assert states(table) == [State.RESOLVED] * 3 + [State.OPEN]


def test_an_outage_is_over_with_its_head_and_the_others_may_be_closed_with_it(table: Table) -> None:
    declared(table)
    table.press("ali", "done:1")
    table.says("ali", "sunucu yeniden başlatıldı")
    assert not the_outage(table).is_open
    table.press("ali", "outage_close:…")
    assert states(table) == [State.RESOLVED] * 3
    assert table.wrong() == []


def test_a_head_that_is_merged_takes_the_outage_along(table: Table) -> None:
    declared(table)
    table.shows("ali", 1)
    table.press("ali", "menu:1:more", "merge:1", "merge_into:1:2", "merge_for:1:0")
    (outage,) = table.store.read(lambda uow: list(uow.outages.open()))
    assert (outage.ticket, [one.ticket for one in outage.tickets]) == (2, [3])
    assert [ticket.outage for ticket in table.tickets()] == [False, True, False]
    assert table.wrong() == []


def test_a_second_one_of_the_same_system_is_asked_about(table: Table) -> None:
    declared(table)
    table.says("kemal", "ebyste evrak havalesi yapılamıyor, hata veriyor")
    table.press("kemal", "other_trouble:…")
    reports(table, "kemal", "tamam")
    table.later(timedelta(hours=3))
    table.shows("ali", 4)
    table.press("ali", "menu:4:more", "outage:4")
    assert "EBYS için açık kesinti var (2026-000001)" in table.answer("ali")
    table.press("ali", f"outage_join:4:{the_outage(table).id}")
    assert [one.ticket for one in the_outage(table).tickets] == [2, 3, 4]
    assert "outage_known" in kinds(table, "kemal")
    table.shows("ali", 2)
    table.press("ali", "menu:2:more", "outage:2", "outage:2:apart")
    assert len(table.store.read(lambda uow: list(uow.outages.open()))) == 2


def test_no_outage_is_made_of_a_security_matter(table: Table) -> None:
    def declare(acting: Acting) -> object:
        ticket = acting.uow.tickets.get(1)
        ticket.restricted = True
        return outages.declare(acting, replace(ticket, holder=acting.person.id))

    with pytest.raises(Invalid, match="outage_restricted"):
        table.acts("ali", declare)


@pytest.mark.parametrize(
    ("text", "refused"),
    [("?!", "news_empty"), ("x" * 501, "news_too_long"), ("0532 123 45 67 arayın", "news_personal")],
)
def test_what_all_would_read_is_looked_at_first(table: Table, text: str, refused: str) -> None:
    declared(table)
    with pytest.raises(Invalid, match=refused):
        table.acts("ali", lambda acting: outage_news.write_to_all(acting, the_outage(table), text))


def test_a_number_goes_out_where_it_is_meant(table: Table) -> None:
    declared(table)
    table.press("ali", "tell_all:1")
    table.says("ali", "0532 123 45 67 arayın")
    assert "[telefon]" in table.answer("ali")
    table.press("ali", "tell_all_anyway:1")
    line = table.shown(table.place("hasan", ""))[-1]
    assert "0532 123 45 67" in plain(line.text)


def test_a_line_that_is_worded_anew_or_taken_back_is_so_everywhere(table: Table) -> None:
    declared(table)
    table.press("ali", "tell_all:1")
    table.says("ali", "firma yoda")
    written = [m for m in table.shown(table.place("ali", "")) if m.author is not None][-1]
    table.edits("ali", written.id, "firma yolda")
    for who in ("ayse", "hasan", "denetci"):
        assert "“firma yolda” (düzeltildi)" in table.answer(who)
    table.edits("ali", written.id, "")
    assert "bu haber geri alındı" in table.answer("hasan")


def test_who_holds_it_is_reminded_while_nobody_hears_anything(table: Table) -> None:
    declared(table)
    table.later(timedelta(minutes=59))
    assert "outage_silent" not in kinds(table, "ali")
    table.later(timedelta(minutes=2))
    table.later(timedelta(minutes=2))
    assert kinds(table, "ali").count("outage_silent") == 1
    assert "3 kişi bekliyor, son haber 1 sa önce" in table.answer("ali")


def test_all_staff_hears_it_once_and_of_its_end(table: Table) -> None:
    table.says("kemal", "merhaba")
    table.says("admin", "merhaba")
    declared(table)
    table.press("ali", "announce:1")
    assert [kinds(table, who).count("outage_announced") for who in ("kemal", "admin", "ayse", "ali")] == [1, 1, 0, 0]
    ended(table)
    assert "Düzeldi: EBYS yeniden çalışıyor" in table.answer("kemal")
    assert kinds(table, "ayse")[-1] == "outage_known"


def test_how_many_have_read_it_is_counted_where_the_channel_tells(table: Table) -> None:
    for who in ("kemal", "admin"):
        table.says(who, "merhaba")
    declared(table)
    with pytest.raises(Invalid, match="outage_not_announced"):
        table.acts("ali", lambda acting: outage_news.read_by(acting, the_outage(table)))
    table.press("ali", "announce:1")
    table.press("ali", "announce_read:1")
    told = table.answer("ali")
    assert "EBYS duyurusu 2 kişiye gitti" in told
    assert "okunup okunmadığını bildirmiyor" in told or "2 kişi, henüz okuyan yok" in told
    with pytest.raises(NotAllowed):
        table.acts("ayse", lambda acting: outage_news.read_by(acting, the_outage(table)))
    table.shows("ali", 1)
    table.press("ali", "menu:1:more")
    assert table.presses("ali", "announce_read:1")


def test_nobody_is_told_at_night(table: Table) -> None:
    table.says("kemal", "merhaba")
    declared(table)
    table.later(timedelta(hours=9))
    table.press("ali", "announce:1")
    assert "Mesai dışında" in table.answer("ali")
    assert "outage_announced" not in kinds(table, "kemal")


def test_who_says_that_theirs_is_another_is_shown_the_steps(table: Table) -> None:
    declared(table)
    table.says("kemal", "ebysye giremiyorum")
    assert "Ben de yaşıyorum" in table.answer("kemal")
    table.press("kemal", "other_trouble:…")
    assert table.button(table.place("kemal", ""), "open:…") is not None
    assert table.button(table.place("kemal", ""), "me_too:1") is None


def test_who_presses_after_its_end_is_told_so_and_may_report(table: Table) -> None:
    declared(table)
    table.says("kemal", "ebysye giremiyorum")
    ended(table)
    table.press("kemal", "me_too:1")
    assert "Bu kesinti bitti" in table.answer("kemal")
    table.press("kemal", "open:…")
    assert len(table.tickets()) == 4


def test_its_tickets_are_those_that_came_lately(table: Table) -> None:
    table.later(timedelta(hours=4))
    reports(table, "kemal")
    table.shows("ali", 4)
    table.press("ali", "menu:4:more", "outage:4")
    found = table.store.read(lambda uow: uow.outages.latest_of_head(TicketId(4)))
    assert found is not None
    assert found.tickets == ()


def test_who_was_promised_word_of_the_end_hears_it_although_nobody_closes_their_ticket(table: Table) -> None:
    declared(table)
    ended(table)
    table.later(timedelta(minutes=14))
    assert "outage_over_yours" not in kinds(table, "hasan")
    table.later(timedelta(minutes=1))
    table.later(timedelta(hours=2))
    for who in ("ayse", "hasan", "denetci"):
        assert kinds(table, who).count("outage_over_yours") == 1
    assert table.wrong() == []


def test_whose_ticket_is_closed_with_the_outage_hears_no_more_than_that(table: Table) -> None:
    declared(table)
    ended(table)
    table.press("ali", "outage_close:…")
    table.later(timedelta(hours=2))
    assert "outage_over_yours" not in kinds(table, "hasan")
