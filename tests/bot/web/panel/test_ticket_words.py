"""What the page of a ticket says in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.web.panel import ticket_words
from handlers.domain.links import NAMES_A_TICKET
from handlers.domain.page_changes import Outcome, PageAction
from handlers.domain.people import Person, PersonId
from handlers.domain.states import Change, TicketEvent
from handlers.terms import CHANGES
from handlers.tickets.notifications import Reach
from handlers.tickets.timing import Standing
from tests.scenarios.stage import shared_desk

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FATMA, ALI = PersonId(1), PersonId(2)
PEOPLE = {
    FATMA: Person(id=FATMA, handle="fatma", name="Fatma Şahin"),
    ALI: Person(id=ALI, handle="ali", name="Ali Çelik"),
}


def event(what: Change, before: str | None = None, after: str | None = None, reason: str | None = None) -> TicketEvent:
    return TicketEvent(AT, FATMA, "web", what, before, after, reason)


@pytest.mark.parametrize("what", list(Change))
def test_every_line_has_words_also_a_bare_one(what: Change) -> None:
    assert ticket_words.line(event(what), PEOPLE, shared_desk()).startswith(CHANGES[what])
    assert ticket_words.did(event(what), PEOPLE, shared_desk())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (event(Change.PRIORITISED, "normal", "yuksek"), "Önceliği değişti: Normal → Yüksek"),
        (event(Change.TRANSFERRED, None, "yazilim"), "Diğer birime gönderildi: Yazılım Birimi"),
        (event(Change.RELEASED, "claimed", "open", "on_leave"), "Sıraya geri kondu: izin"),
        (event(Change.ASSIGNED, None, "2"), "Görevlendirildi: Ali Çelik"),
        (event(Change.WAITING, "claimed", "waiting_parts", "parts"), "Bekletildi: malzeme"),
        (event(Change.CLOSED, "resolved", "closed", "silence"), "Kapandı: bildirenden yanıt gelmedi"),
        (event(Change.CANCELLED, "open", "cancelled", "duplicate"), "İptal edildi: iki kez açılmış"),
        (event(Change.EXPLAINED, reason="parts"), "Gecikme nedeni yazıldı: Malzeme geç geldi"),
        (event(Change.MERGED, "open", "merged", "2026-000009"), "Birleştirildi: başka bir kayıt"),
        (event(Change.PROMISED, after="2026-12-09"), "Gün sözü verildi: 9 Aralık Çarşamba"),
        (event(Change.SPENT, after="75"), "Harcanan süre yazıldı: 1 sa 15 dk"),
        (event(Change.APPROVED, "stock", "a" * 64), "Onaylandı: depodan çıkış"),
        (event(Change.DOCUMENTED, "stock", "2026/14"), "Onay yazısının sayısı yazıldı: depodan çıkış → 2026/14"),
    ],
)
def test_a_line_of_the_history(line: TicketEvent, said: str) -> None:
    assert ticket_words.line(line, PEOPLE, shared_desk()) == said


@pytest.mark.parametrize("what", sorted(NAMES_A_TICKET))
def test_another_ticket_is_named_to_who_may_read_it(what: Change) -> None:
    added, removed = event(what, after="2026-000004"), event(what, before="2026-000004")
    for line in (added, removed):
        named = ticket_words.line(line, PEOPLE, shared_desk(), frozenset({"2026-000004"}))
        assert named == f"{CHANGES[what]}: 2026-000004"
        for readable in (frozenset(), frozenset({"2026-000005"})):
            assert ticket_words.line(line, PEOPLE, shared_desk(), readable) == f"{CHANGES[what]}: başka bir kayıt"


def test_what_others_did_meanwhile_is_one_sentence() -> None:
    by_itself = TicketEvent(AT, None, "desk", Change.CLOSED)
    did = [event(Change.PRIORITISED, "normal", "yuksek"), event(Change.ASSIGNED, None, "2"), by_itself]
    assert ticket_words.meanwhile(did, PEOPLE, shared_desk()) == (
        "Siz bakarken Fatma Şahin önceliği Yüksek yaptı; Fatma Şahin kaydı Ali Çelik'e verdi; "
        "Yardım Masası kaydı kapattı."
    )


@pytest.mark.parametrize("action", list(PageAction))
def test_what_came_of_it_has_words(action: PageAction) -> None:
    for reach in Reach:
        assert ticket_words.outcome(action, Outcome.DONE, reach).endswith(".")
    assert ticket_words.outcome(action, Outcome.NONE) == ticket_words.PRESSED_BEFORE


def test_without_a_target_the_promise_stands() -> None:
    alone = Standing(of_claim=False, left=None, due=None, full_day=timedelta(hours=8), promised=AT.date())
    assert ticket_words.standing(alone) == "📌 Söz: 23 Kasım Pazartesi"
    assert ticket_words.standing(None) == ""
