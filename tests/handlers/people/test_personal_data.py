"""Which templates repeat what people wrote: the list by which an erasure finds their messages misses none."""

from __future__ import annotations

import re

from bot.texts import TEMPLATES
from handlers.messages import LISTS
from handlers.people.personal_data import REPEATING
from storage.repositories import messages
from storage.tables import message

SHOWN = re.compile(r"\|quote|\btext\b|\bquestion\b|\breason\b|waiting_for|resolution|\bknown\b|\btyped\b")
NO_WORDS_OF_PEOPLE = {
    "errors/no_such_colleague": "the first word of a command, said to whoever typed it",
    "errors/no_such_place": "said on a page to whoever typed it, and kept nowhere",
    "errors/officer_who": "said on a page to whoever typed it, and kept nowhere",
    "canned_added": "the texts are the unit's",
    "canned_list": "the same",
    "canned_pick": "the same",
    "check": "the title of what a unit does again and again",
    "checked": "the same",
    "checklist": "lines of the unit's own list",
    "checklist_open": "the same",
    "checklist_written": "the same",
    "line_remarked": "the line of the unit's own list",
    "errors/checklist_open": "the same",
    "device_card": "what stands on a device and is written of it is the record's",
    "device_kind": "what stands on a device and is written of it is the record's",
    "device_which": "what stands on a device and is written of it is the record's",
    "errors/device_asset_no": "what was typed of a device and not kept",
    "errors/device_day": "what was typed of a device and not kept",
    "errors/device_fix": "what was typed of a device and not kept",
    "errors/device_holder_unknown": "what was typed of a device and not kept",
    "errors/device_host": "what was typed of a device and not kept",
    "errors/device_ip": "what was typed of a device and not kept",
    "errors/device_mac": "what was typed of a device and not kept",
    "errors/device_other_no": "what was typed of a device and not kept",
    "errors/device_serial": "what was typed of a device and not kept",
    "errors/no_such_device": "what was typed of a device and not kept",
    "errors/handover_nobody": "a name that nobody has, said to whoever typed it",
    "order_asked": "whether somebody is known who may order",
    "order_stuck": "the same",
    "breach_answered": "whether it was answered",
    "errors/standing_kind_unknown": "what was typed of devices and not kept",
    "service_form": "what was done is the register's",
    "errors/service_parts": "what was typed of a form and not kept",
    "errors/program_who": "what was typed of a seat and not kept",
    "errors/term_day": "what was typed of a term and not kept",
    "errors/term_devices": "what was typed of a term and not kept",
    "announcement": "what the house announced is the register's",
    "announcement_sure": "one's own words, before they are sent",
    "announcement_whom": "the same",
    "errors/announcement_department": "a müdürlük that is none, said to whoever typed it",
    "errors/training_nobody": "a name that nobody has, said to whoever typed it",
    "document_card": "what stands on a document is the register's",
    "document_given": "what stands on a document is the register's",
    "errors/document_answer": "what was typed of a document and not kept",
    "errors/document_day": "what was typed of a document and not kept",
    "errors/document_nobody": "what was typed of a document and not kept",
    "errors/document_number": "what was typed of a document and not kept",
    "errors/document_too_long": "what was typed of a document and not kept",
    "errors/depot_item": "what was typed of malzeme and not kept",
    "errors/stock_half": "what was typed of malzeme and not kept",
    "errors/stock_movable_code": "what was typed of malzeme and not kept",
    "errors/stock_quantity": "what was typed of malzeme and not kept",
    "prompt_stock_unknown": "what was typed of malzeme and not kept",
    "stock_used_receipt": "what was done is the register's",
    "errors/several_devices": "what was typed of a device and not kept",
    "canned_offer": "what was done is the register's",
    "fact": "the desk's own question",
    "fact_why": "the same",
    "notice": "asks whether somebody is known",
    "outage_line": "said anew without what was taken back, by `outage_news.refresh_line`",
    "outage_proposal": "said anew without it, by `proposals.take_words_out`",
    "resolved_receipt": "what was done is the register's",
    "update_resolved": "the same",
    "work_line": "a part of those that are said, which are listed",
    "work_solved_by_reporter": "the same",
}


def test_every_template_that_shows_somebodys_words_is_withdrawn() -> None:
    names = {str(path.relative_to(TEMPLATES).with_suffix("")) for path in TEMPLATES.rglob("*.txt")}
    showing = {name for name in names if SHOWN.search((TEMPLATES / f"{name}.txt").read_text(encoding="utf-8"))}
    assert showing - REPEATING == set(NO_WORDS_OF_PEOPLE)
    assert names >= REPEATING


def test_the_lists_are_found_by_their_index() -> None:
    """SQLite uses a partial index only where it sees its condition."""
    kinds = ", ".join(f"'{kind}'" for kind in sorted(LISTS))
    (index,) = (one for one in message.indexes if one.name == "ix_message_list")
    assert str(index.dialect_options["sqlite"]["where"]) == f"kind IN ({kinds})"
    assert f"kind IN ({kinds})" in str(messages._LISTS.on("sqlite"))
