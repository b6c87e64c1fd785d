"""Which messages may leave the house on a foreign platform under `content = "minimal"`: a rule for every template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from handlers.content_policy import SOMETHING_WAITS, notice_instead, withheld
from handlers.context import UseCaseContext
from handlers.domain.audience import Audience
from handlers.domain.ticket import Ticket
from handlers.messages import Button, Delivery, Outgoing, plain
from handlers.ports import Transactions
from tests.fakes.store import FakeStore
from tests.handlers.domain.builders import NOW, person, ticket
from tests.handlers.test_templates import NAMES, filled_in
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_room

OPEN = {
    # the way in
    "notice", "notice_waits", "who_name", "who_name_again", "who_name_sure", "who_department", "who_room",
    "notice_page", "contact_unknown", "label_unknown",
    # small talk and help
    "greeting", "help", "what_i_do", "you_are_welcome",
    # questions and answers that repeat nothing of the report
    "what_happened", "what_is_urgent", "cannot_tell", "not_ours", "file_alone", "reminder_draft", "draft_dropped",
    "tip_worked", "answer_unclear", "priority_rule", "cannot", "explain", "name_how", "tried", "waiting",
    "waiting_for_you",
    "no_tickets", "nothing_to_cancel", "caller_who", "draft_below", "channel_test",
    # safety first: what to do in a fire is never withheld
    "emergency", "elsewhere",
    # groups
    "empty_unit", "room_bound", "room_lost", "work_room_lost", "bystander", "sent_in_private", "not_here",
    # refusals that quote nothing
    "errors/admin_for_a_time", "errors/code_of_oneself", "errors/code_role_kept", "errors/last_admin",
    "errors/join_stands", "errors/not_joined_by_hand",
    "errors/anonymous", "errors/article_needs_number", "errors/codes_wait", "errors/bad_code",
    "errors/bind_outside_room", "errors/broken",
    "errors/deputy_document_day", "errors/draft_over",
    "errors/empty_note", "errors/empty_search",
    "errors/search_too_slow", "errors/file_name", "errors/file_quota", "errors/file_too_large",
    "errors/files_paused", "errors/gone",
    "errors/invite_whom", "errors/name_missing", "errors/name_unusable",
    "errors/not_allowed", "errors/not_found", "errors/not_taken", "errors/not_yourself",
    "errors/note_needs_number", "errors/outage_over", "errors/role_has_no_unit",
    "errors/picture_too_large", "errors/role_needs_unit", "errors/month_to_come", "errors/which_month",
    "errors/who_left",
    "errors/approval_document", "errors/approval_document_day", "errors/approval_manager", "errors/approval_oneself",
    "errors/approval_over", "errors/approval_reason", "errors/canned_full", "errors/canned_name",
    "errors/canned_needs_number", "errors/canned_text", "errors/canned_unit", "errors/checklist_items",
    "errors/checklist_many", "errors/checklist_name", "errors/checklist_unreadable", "errors/effort_length",
    "errors/effort_needs_number", "errors/effort_off", "errors/effort_unreadable", "errors/recurring_full",
    "errors/recurring_never", "errors/recurring_title", "errors/recurring_unreadable", "errors/recurring_extra",
    "errors/month_ahead", "errors/month_unreadable", "errors/recurring_days", "errors/recurring_evidence",
    "errors/approval_kind", "errors/recurring_who", "errors/checklist_line_empty",
}  # fmt: skip
"""Every other template is confidential, whether somebody thought about it or not."""
ROOM = "telegram:r:-1"
OF_THE_ADDRESSEE = ("person",)
"""Whom the message is for: their name is known to the platform that brings it."""


def delivery(**changes: object) -> Delivery:
    stated = {"id": 1, "conversation": "telegram:p:1", "channel": "telegram", "message_id": 1, "attempt": 1, "text": ""}
    return Delivery(**{**stated, **changes})  # type: ignore[arg-type] # one message of a test


def test_every_template_is_classified() -> None:
    assert {name for name in NAMES if not shared_desk().texts.is_confidential(name)} == OPEN


@pytest.mark.parametrize("name", sorted(OPEN))
def test_an_open_text_tells_nothing_of_a_report_a_ticket_or_a_person(name: str) -> None:
    said = plain(filled_in(name, "kadayıf", **dict.fromkeys(OF_THE_ADDRESSEE, person())))
    for told in ("kadayıf", "2026-0000", "Yazıcı yazdırmıyor", shared_desk().title("yazici-yazdirmiyor")):
        assert told not in said


def test_what_anybody_may_hear_tells_of_a_ticket_no_more_than_number_and_state() -> None:
    texts = shared_desk().texts
    for_anybody = [name for name in NAMES if texts.audience(name) is Audience.ANYBODY]
    told = {
        name: word
        for name in for_anybody
        if not name.startswith("errors/")
        for word in ("kadayıf", shared_desk().title("yazici-yazdirmiyor"))
        if word in plain(filled_in(name, "kadayıf", **dict.fromkeys(OF_THE_ADDRESSEE, person())))
    }
    assert for_anybody
    assert told == {}


def test_what_no_template_says_is_for_one_person() -> None:
    assert shared_desk().texts.audience("my_data") is Audience.PERSON
    assert shared_desk().texts.audience("no_tickets") is Audience.ANYBODY


SECRET = ticket(restricted=True, text="gizli")


@pytest.mark.parametrize(
    ("template", "about", "data"),
    [
        ("update_cancelled", SECRET, {"title": "Bilgi güvenliği", "reason": "gizli"}),
        ("erased", None, {"count": "gizli"}),
        ("work_similar", ticket(), {"other": SECRET, "title": "Yazıcı"}),
    ],
)
def test_what_may_not_stand_there_is_not_said_whoever_asks_for_it(
    transactions: Transactions, template: str, about: Ticket | None, data: dict[str, Any]
) -> None:
    said = _said(
        transactions, lambda work: work.say(ROOM, template, buttons=[Button("Sil", "x")], ticket=about, **data)
    )
    assert "gizli" not in said.text
    assert "Bilgi güvenliği" not in said.text
    assert bool(said.buttons) is (template == "work_similar")


def test_what_is_said_of_a_ticket_is_confidential_whatever_the_template(transactions: Transactions) -> None:
    kept = _said(transactions, lambda work: work.say(ROOM, "no_tickets", ticket=ticket()))
    assert kept.confidential


def test_the_classification_of_the_template_goes_with_the_message(transactions: Transactions) -> None:
    kept = _said(transactions, lambda work: work.say(ROOM, "no_tickets"))
    assert not kept.confidential


def test_a_ticket_cannot_be_spoken_of_openly() -> None:
    with pytest.raises(ValueError, match="confidential"):
        Outgoing(conversation=ROOM, text="2026-000001", ticket=1, confidential=False)


def test_what_nobody_classified_is_withheld() -> None:
    assert withheld(delivery(), "minimal")
    assert Outgoing(conversation=ROOM, text="?").confidential


def test_full_withholds_nothing() -> None:
    assert not withheld(delivery(), "full")


@pytest.mark.parametrize(
    ("minimal", "told"), [("2026-000001 · Sırada", "2026-000001 · Sırada"), (None, SOMETHING_WAITS)]
)
def test_instead_of_it_number_and_state_are_told(minimal: str | None, told: str) -> None:
    assert notice_instead(delivery(minimal=minimal)) == told


@pytest.fixture
def transactions() -> Transactions:
    store = FakeStore()
    store.write(lambda uow: add_room(uow, ROOM))
    return store


def _said(transactions: Transactions, say: Callable[[UseCaseContext], None]) -> Delivery:
    transactions.write(lambda uow: say(UseCaseContext(desk=shared_desk(), uow=uow, now=NOW)))
    (kept,) = transactions.write(lambda uow: uow.outbox.lease("r", NOW, 9, 30, channel="telegram"))
    return kept
