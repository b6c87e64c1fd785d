"""What says that something was kept is said of what was kept, and of nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts import TEMPLATES
from handlers.chat.turn import Turn
from handlers.context import Effect

CHAT = Path(__file__).parents[3] / "handlers" / "chat"
CLAIMS = re.compile(
    r"eklendi|[İi]letildi|haber ver(?:ildi|dim)|soruldu|saklandı|\b(?:aldım|alındı)|gönderdim|gönderildi|[Nn]ot edildi"
    r"|kayda geçti|bildirildi|kaydedildi|iptal edildi|birleştirildi|görevlendirildi|tamamlandı|kapandı"
)
"""Something was added, passed on, told or done."""
OF_ITSELF = {
    "house_question": "counts of what was opened and completed, from the record",
    "weekly": "the same, of the week before",
    "yearly": "the same, of the year before",
    "draft_closed": "said in `drafts.close`, after the ticket was opened or written to",
    "opened_for_caller": "told from the ticket itself: whether it has a place where its reporter is told",
    "opened_elsewhere": "the same",
    "opened": "after it was looked up who is on call: they are rung in the same transaction",
    "joined_outage": "whoever pressed follows the outage, now or before",
    "reopened": "after `closing.reopen`, or of one that somebody opened again before",
    "article_draft": "shows the draft as it was read back",
    "article_sent": "names what `articles.draft` returned",
    "notice": "only where a draft holds words or files",
    "notice_waits": "the same",
    "person_left": "counts what `staff.leave` returned",
    "account_closed": "the same",
    "sent_in_private": "after the cards were said there",
    "card_moved": "shows the ticket",
    "officer_ended": "said in `people.officers`, after what ended was saved",
    "stock_fit_learnt": "names what `moving.take` returned",
    "stock_pending_told": "said in `moving.take_unbooked`, after the use was kept",
    "device_withdrawn": "after `recording.withdraw`, which raises where it may not",
    "device_disputed": "says whether anybody of those who keep devices was reached",
    "update_cancelled": "said by the use case that did it",
    "leave_withdrawn": "the same",
    "update_closed": "the same",
    "update_merged": "the same",
    "update_merged_ended": "the same",
    "outage_ended": "the same",
    "outage_line": "the same",
    "work_waits": "the same",
    "errors/outage_head_done": "said of a ticket that is done, and nothing else was",
    "update_moved": "the same",
    "prompt_closed": "after `visits.found_closed`, with whether it reaches its reporter",
    "prompt_evidence": "after `evidence.give`, which keeps the file that is not what is wanted",
    "prompt_visit": "names the times that stand before its reporter, with whether they reach them",
    "handover_signed": "how a handover stands, after `confirming` did it or looked up",
    "handover_returned": "names what `taking_back.take_back` returned",
    "own_devices": "lists what is recorded",
    "device_lost": "of `losing.report`, which keeps it, with the ticket that it opened",
    "device_lost_told": "after `losing.report`",
    "errors/handover_over": "says how a handover ended that was looked up",
    "breach_reported": "names what `breaches.report` wrote down",
    "count_differences_told": "said in `counts.closing`, after the count was closed",
    "errors/count_closed": "says when a count was closed that was looked up",
    "errors/scrap_disposal": "names the choices, and did nothing",
    "errors/scrap_no_parts": "the same",
    "training_answered": "names what `planning.answer` kept",
    "training_cancelled": "said in `trainings.planning`, after the session was cancelled",
    "errors/broken": "said in the transaction that keeps the event for an admin",
    "errors/file_too_large": "of the rest, where there is one",
    "errors/file_unreachable": "the same",
    "errors/picture_too_large": "the same",
    "errors/archive_too_large": "the same",
    "errors/archive_type": "the same",
    "errors/file_macros": "the same",
    "errors/files_paused": "the same",
    "errors/file_quota": "the same",
}
"""Templates that claim something and are no receipts, each with what makes it true."""


def said(how: str) -> Iterator[str]:
    """Templates that the chat says in that way, by name."""
    for file in CHAT.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == how:
                yield from (
                    part.value for part in ast.walk(node.args[1]) if isinstance(part, ast.Constant) and part.value
                )


def test_every_text_that_claims_something_is_a_receipt_or_true_of_itself() -> None:
    claims = {
        str(file.relative_to(TEMPLATES).with_suffix(""))
        for file in TEMPLATES.rglob("*.txt")
        if CLAIMS.search(file.read_text("utf-8"))
    }
    receipts = set(said("receipt"))
    assert claims - receipts == set(OF_ITSELF)
    assert receipts & set(said("say")) == set()


@pytest.mark.parametrize("nothing", [None, Effect.NONE])
def test_there_is_no_receipt_for_nothing(nothing: Effect | None) -> None:
    with pytest.raises(ValueError, match="nothing was kept"):
        Turn.receipt(object.__new__(Turn), nothing, "reply_kept")
