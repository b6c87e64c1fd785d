"""The note after an outage: asked of whoever held it, answered in chat, read by few, and found by an erasure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.context import Acting
from handlers.domain.errors import DeskError
from handlers.domain.outages import NoteQuestion
from handlers.domain.people import Role
from handlers.domain.states import State
from handlers.messages import plain
from handlers.tickets import outage_notes
from tests.handlers.tickets.table import Table
from tests.handlers.tickets.test_outages import declared, ended, kinds, reports, the_outage


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """An outage of an hour on Monday, held by Ali; on Tuesday at ten."""
    made = Table(tmp_path / "table")
    for who in ("ayse", "hasan"):
        reports(made, who)
    made.shows("ali", 1)
    made.press("ali", "claim:1")
    declared(made)
    made.later(timedelta(hours=1))
    ended(made)
    yield made
    made.close()


def director(table: Table) -> str:
    return table.store.read(lambda uow: uow.people.in_role(Role.DIRECTOR)[0].handle)


def said(table: Table, who: str, kind: str) -> str:
    """The newest of that kind."""
    return [plain(one.text) for one in table.shown(table.place(who, "")) if one.kind == kind][-1]


def next_day(table: Table) -> None:
    table.later(timedelta(hours=21))


def answers(table: Table) -> None:
    table.press("ali", "note_begin:1:1")
    for text in ("disk doldu", "telefonlar çaldı"):
        table.says("ali", text)
    table.press("ali", "note_skip:1:1:why", "note_skip:1:1:done")
    table.says("ali", "uyarı kurulsun")


def test_who_held_it_is_asked_once_on_the_next_working_day(table: Table) -> None:
    table.later(timedelta(hours=2))
    assert "outage_note_ask" not in kinds(table, "ali")
    table.later(timedelta(hours=19))
    table.later(timedelta(minutes=1))
    assert kinds(table, "ali").count("outage_note_ask") == 1
    assert "EBYS kesintisi bitti (2026-000001)" in said(table, "ali", "outage_note_ask")
    assert "2 kişi" in said(table, "ali", "outage_note_ask")


def test_a_short_one_of_few_is_not_asked_about(table: Table) -> None:
    table.later(timedelta(hours=3))
    reports(table, "kemal")
    table.shows("ali", 3)
    table.press("ali", "claim:3", "menu:3:more", "outage:3")
    table.shows("ali", 3)
    table.press("ali", "menu:3:more", "outage_over:3", "outage_cause:3:power", "outage_end:3:power")
    next_day(table)
    assert kinds(table, "ali").count("outage_note_ask") == 1


def test_five_questions_then_what_shall_be_done_then_the_note(table: Table) -> None:
    next_day(table)
    answers(table)
    assert "yapılacak iş" in table.answer("ali")
    table.says("ali", "- diske uyarı kur\nNot: yedek de bakılsın")
    note = table.answer("ali")
    for part in (
        "Kesinti notu · EBYS (2026-000001)",
        "kesinti ilan edildi",
        "Ne oldu? “disk doldu”",
        "Ne zaman, nasıl fark ettik? “telefonlar çaldı”",
        "Bir daha olmaması için ne gerekiyor? “uyarı kurulsun”",
        "2026-000003 “diske uyarı kur” – Ali",
        "2026-000004 “Not: yedek de bakılsın” – Ali",
    ):
        assert part in note
    assert "Neden oldu?" not in note
    assert [ticket.state for ticket in table.tickets()[2:]] == [State.CLAIMED] * 2
    assert table.wrong() == []


def test_what_was_answered_stands_below_its_question_and_can_be_said_anew(table: Table) -> None:
    next_day(table)
    answers(table)
    table.press("ali", "note_done:1:1", "note_begin:1:1")
    assert "Yazılan: “disk doldu”" in table.answer("ali")
    table.says("ali", "günlük dosyası diski doldurdu")
    table.press("ali", "prompt_skip:1")
    table.says("ali", "/kesintinotu 1")
    assert "“günlük dosyası diski doldurdu”" in table.answer("ali")
    assert "disk doldu”" not in table.answer("ali")


def test_it_can_be_declined_and_written_later(table: Table) -> None:
    next_day(table)
    table.press("ali", "note_none:1:1")
    assert "/kesintinotu 1" in said(table, "ali", "outage_note_none")
    table.says("ali", "/kesintinotu 1")
    assert "Henüz bir şey yazılmadı" in table.answer("ali")
    assert table.presses("ali", "note_begin:1:1")


def test_who_may_assign_gives_it_to_somebody(table: Table) -> None:
    table.acts(director(table), lambda acting: outage_notes.add_actions(acting, the_outage(table), "ali: yedek hat"))
    assert table.tickets()[-1].text == "yedek hat"
    assert table.tickets()[-1].holder == table.store.read(lambda uow: uow.people.by_handle("ali")).id  # type: ignore[union-attr] # he is of the demo


@pytest.mark.parametrize(
    ("who", "do", "refused"),
    [
        ("ayse", lambda acting, one: outage_notes.look(acting, one), "NotAllowed"),
        ("mehmet", lambda acting, one: outage_notes.look(acting, one), "NotFound"),
        ("ali", lambda acting, one: outage_notes.answer(acting, one, NoteQuestion.WHY, " ?! "), "news_empty"),
        ("ali", lambda acting, one: outage_notes.answer(acting, one, NoteQuestion.WHY, "x" * 501), "news_too_long"),
        ("ali", lambda acting, one: outage_notes.add_actions(acting, one, "bir iş\n" * 11), "too_many_actions"),
        ("ali", lambda acting, one: outage_notes.add_actions(acting, one, "\n - \n"), "news_empty"),
    ],
)
def test_what_is_refused(table: Table, who: str, do: Callable[..., object], refused: str) -> None:
    def act(acting: Acting) -> object:
        return do(acting, acting.uow.outages.get(1))

    with pytest.raises(DeskError) as error:
        table.acts(who, act)
    assert refused in f"{type(error.value).__name__} {error.value}"


def test_while_it_goes_on_there_is_none(table: Table) -> None:
    table.press("ali", "outage_undo:1")
    table.says("ali", "/kesintinotu 1")
    assert "bittikten sonra yazılır" in table.answer("ali")


def test_those_of_the_last_months_are_listed_to_who_may_read_them(table: Table) -> None:
    table.says("ali", "/kesintinotu")
    assert "2026-000001 · EBYS" in table.answer("ali")
    assert "yazılmadı" in table.answer("ali")
    table.says("mehmet", "/kesintinotu")
    assert "kesinti yok" in table.answer("mehmet")
    table.says("ali", "/kesintinotu 2")
    assert "kesinti ilan edilmemiş" in table.answer("ali")


def test_an_answer_that_is_worded_anew_is_so_in_the_note_and_erased_it_is_gone(table: Table) -> None:
    next_day(table)
    answers(table)
    table.press("ali", "note_done:1:1", "outage_close:…")
    table.press("ayse", "confirm:1")
    table.says(director(table), "/kesintinotu 1")
    assert "disk doldu" in table.answer(director(table))
    table.says("ali", "/verilerim")
    table.press("ali", "erase_ask", "erase")
    for who in ("ali", director(table)):
        assert not any("disk doldu" in plain(one.text) for one in table.shown(table.place(who, "")))
    table.says(director(table), "/kesintinotu 1")
    assert "Henüz bir şey yazılmadı" in table.answer(director(table))


def test_the_month_names_its_outages_and_where_their_notes_are(table: Table) -> None:
    boss = director(table)
    next_day(table)
    table.says(boss, "/ay kasım yazılım")
    report = said(table, boss, "month_report")
    assert "Kesintiler: 1" in report
    assert "1 · EBYS" in report
    assert "/kesintinotu" not in report
    answers(table)
    table.says(boss, "/ay kasım yazılım")
    assert "1 · EBYS · notu: /kesintinotu 1" in said(table, boss, "month_report")
    for other in ("/ay kasım donanım", "/ay ekim yazılım"):
        table.says(boss, other)
        assert "Kesintiler" not in said(table, boss, "month_report")
