"""Yazıyı hazırla: the draft of the order behind a yes, for whom it is, and what it says on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from pypdf import PdfReader

from bot.documents.letterhead import Letterhead
from bot.documents.order_draft import SAID, pdf
from handlers.context import Acting
from handlers.domain.approvals import RULES, ApprovalKind, Decision
from handlers.domain.errors import NotAllowed, NotFound
from handlers.tickets import order_drafts
from handlers.tickets.order_drafts import OrderDraft
from tests.handlers.tickets.test_approvals import House
from tests.scenarios.stage import shared_desk


def look(key: int) -> Callable[[Acting], OrderDraft]:
    def read(acting: Acting) -> OrderDraft:
        return order_drafts.look(acting, acting.uow.approvals.get(key))

    return read


@pytest.fixture
def house() -> House:
    made = House(text="#panic() $x$ *monitör* yandı")
    made.asks(ApprovalKind.STOCK, why="eski monitör <b>yandı</b>")
    return made


def test_whoever_decided_asked_or_holds_it_reads_it(house: House) -> None:
    approval = house.decides("kemal")
    for handle in ("kemal", "mehmet"):
        draft = house.acts(handle, look(approval.id))
        assert (draft.number, draft.why, draft.decided_by.handle) == (
            "2026-000001",
            "eski monitör <b>yandı</b>",
            "kemal",
        )
    for handle in ("ayse", "zeynep", "fatma", "hasan", "emre"):
        with pytest.raises(NotAllowed):
            house.acts(handle, look(approval.id))


def test_there_is_none_before_the_yes_nor_after_a_no_nor_where_no_document_is_needed() -> None:
    waiting, refused, other = House(), House(), House()
    pending = waiting.asks(ApprovalKind.STOCK)
    refused.asks(ApprovalKind.STOCK)
    no = refused.decides("kemal", decision=Decision.REFUSED)
    other.asks(ApprovalKind.MAINTENANCE)
    yes = other.decides("kemal")
    for made, approval in ((waiting, pending), (refused, no), (other, yes)):
        with pytest.raises(NotFound):
            made.acts("mehmet", look(approval.id))


def test_of_what_turned_out_to_be_a_security_matter_its_words_are_not_in_it(house: House) -> None:
    approval = house.decides("kemal")

    def hide(acting: Acting) -> None:
        ticket = acting.uow.tickets.get(approval.ticket)
        ticket.restricted = True
        acting.uow.tickets.save(ticket)

    house.acts("kemal", hide)
    assert house.acts("kemal", look(approval.id)).report == ""


def test_it_is_drawn_as_a_draft_and_takes_no_words_for_markup(house: House) -> None:
    draft = house.acts("kemal", look(house.decides("kemal").id))
    (page,) = PdfReader(io.BytesIO(pdf(draft, Letterhead("Örnek İlçe Belediyesi"), shared_desk().zone))).pages
    said = " ".join(page.extract_text().split())
    for part in (
        "Örnek İlçe Belediyesi",
        "Depodan çıkış (2026-000001)",
        "Yönetmeliği 11/26",
        "#panic() $x$ *monitör* yandı",
        "eski monitör <b>yandı</b>",
        "yazılı emir yerine geçmez",
    ):
        assert part in said


def test_a_deputy_signs_as_one(house: House) -> None:
    draft = house.acts("kemal", look(house.decides("kemal").id))
    lent = replace(draft, approval=replace(draft.approval, acting_for=(draft.decided_by.id,)))
    for one, signs in ((draft, "Kemal Bilgi İşlem Müdürü İmza"), (lent, "Kemal Bilgi İşlem Müdürü V. İmza")):
        (page,) = PdfReader(io.BytesIO(pdf(one, Letterhead("Örnek İlçe Belediyesi"), shared_desk().zone))).pages
        assert signs in " ".join(page.extract_text().split())


def test_each_kind_that_needs_a_document_has_its_words() -> None:
    assert set(SAID) == {kind for kind, rule in RULES.items() if rule.needs_document}
