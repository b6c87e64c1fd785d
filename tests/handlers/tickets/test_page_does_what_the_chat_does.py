"""Whatever a button or a command of the chat can do to a ticket, its page can do, or it is said here why not."""

from __future__ import annotations

from handlers.chat import buttons, commands
from handlers.domain.page_changes import NEEDS, PageAction
from handlers.tickets import page_actions, page_changes

A = PageAction
REPORTERS = "of whoever reported it: they have the chat"
SHOWN = "what it shows stands on the page"
STEP = "a question of the chat; the page has a form"
BUTTONS: dict[str, A | str] = {
    "confirm": REPORTERS, "still_broken": A.REOPEN, "rate": REPORTERS, "cancel_mine": REPORTERS,
    "solved_mine": REPORTERS, "keep_open": REPORTERS, "tell": REPORTERS, "skip_fact": REPORTERS,
    "impact_is": REPORTERS, "visit_no": REPORTERS, "me_too": REPORTERS,
    "claim": A.CLAIM, "goes_on": A.GOES_ON, "seen": A.SEE, "release": A.RELEASE, "assign_to": A.ASSIGN,
    "assign_anyway": A.ASSIGN, "send_to": A.TRANSFER, "send_back": A.TRANSFER, "topic_back": A.RECATEGORISE,
    "topic_to": A.RECATEGORISE, "priority_to": A.PRIORITISE,
    "menu": STEP, "wait_for": A.WAIT, "look_again": A.LOOK_AGAIN,
    "canned": SHOWN, "canned_show": SHOWN, "canned_blank": STEP, "canned_send": A.SEND_CANNED, "canned_drop": STEP,
    "breach_reported": "the same",
    "breach": "asked of whoever leads in the chat; a page of its own comes with the KVKK desk",
    "canned_take": "a list that is kept on its own page",
    "approval_of": A.ASK_APPROVAL, "approval_by": STEP, "approval_send": A.ASK_APPROVAL,
    "approval_back": A.TAKE_BACK_APPROVAL,
    "checklists": SHOWN, "checklist_choose": SHOWN, "checklist_drop": STEP, "checklist_hang": A.HANG,
    "line_tick": A.TICK, "line_untick": A.UNTICK, "line_clear": "a remark stays with the ticket as a note",
    "line_remarks": SHOWN, "done_unticked": A.EXCUSE, "check": A.CHECK, "spent": A.SPEND,
    "spent_undo": A.TAKE_BACK_SPENT, "effort_undo": A.TAKE_BACK_SPENT, "late_because": A.EXPLAIN,
    "promise": STEP, "promise_on": A.PROMISE, "set_off": A.SET_OFF, "closed": A.FOUND_CLOSED, "visit": A.OFFER_VISIT,
    "visit_at": A.AGREE_VISIT, "visit_undo": A.TAKE_BACK_VISIT, "ask_for_help": A.ASK_FOR_HELP, "resume": A.RESUME,
    "ask": A.WAIT, "ask_with": A.WAIT, "done": STEP, "done_anyway": A.RESOLVE, "done_with": A.RESOLVE,
    "cancel": STEP, "cancel_for": A.CANCEL, "merge": STEP, "merge_into": STEP, "merge_same": A.MERGE,
    "not_same": "answers a line of the chat that points one out", "separate": A.SEPARATE, "merge_for": A.MERGE,
    "article_publish": "çözüm adımları have a page of their own",
    "article_edit": "çözüm adımları have a page of their own",
    "article_drop": "çözüm adımları have a page of their own",
    "device_of": REPORTERS, "device_is": A.NAME_DEVICE, "device_other": STEP,
    "device_none": A.NAME_DEVICE,
    "term_renew": "süreli kayıtlar have a page of their own",
    "wait_vendor": A.WAIT, "device_out": "the device has a page of its own",
    "device_disk": "the device has a page of its own",
    "vendor_came": "begins in the chat; service forms have a page of their own",
    "service_submit": "service forms have a page of their own", "service_why": "service forms have a page of their own",
    "stock_use": A.RESOLVE, "stock_none": STEP,
    "stock_other": STEP, "stock_undo": "the depot has a page of its own",
    "stock_withdraw": "the depot has a page of its own",
    "stock_unfit": "the depot has a page of its own", "stock_keep": STEP,
    "prompt_skip": STEP, "to_reporter": A.SEND_NOTE,
    "outage": A.DECLARE_OUTAGE, "outage_join": A.JOIN_OUTAGE, "tell_all": STEP, "tell_all_with": A.WRITE_TO_ALL,
    "tell_all_anyway": A.WRITE_TO_ALL, "announce": A.ANNOUNCE, "announce_read": "counted in the chat only",
    "outage_over": STEP, "outage_cause": STEP, "outage_end": A.END_OUTAGE, "outage_end_told": A.END_OUTAGE,
    "note_begin": "the note after an outage is asked in the chat and printed from there",
    "note_none": "the note after an outage is asked in the chat and printed from there",
    "note_skip": STEP, "note_actions": STEP, "note_done": STEP,
}  # fmt: skip
OF_APPROVALS: dict[str, A | str] = {
    "approve": A.APPROVE, "refuse": A.REFUSE, "approval_ask": A.ASK_BACK, "approval_answer": A.ANSWER_BACK,
    "approval_later": STEP, "approval_auto_off": "a setting of a unit",
}  # fmt: skip
COMMANDS: dict[str, A | str] = {
    "bozuldu": A.REOPEN, "not": A.NOTE, "ilgili": A.RELATE, "altis": A.ADD_PART, "ayir": A.SPLIT,
    "yanit": A.SEND_CANNED, "onay": A.DOCUMENT, "sure": A.SPEND, "makale": "çözüm adımları have a page of their own",
    "kesintinotu": "the note after an outage is asked in the chat and printed from there",
    "iptal": REPORTERS,
}  # fmt: skip
OF_NO_TICKET = {
    "durum", "islerim", "sira", "adina", "liste", "duzenli", "yedek", "ara", "ozet", "ay", "oncelik", "takvim",
    "idari", "mesai", "hedef", "izin", "gunsonu", "nobet", "vekil", "sistem", "odakarti", "planli", "verilerim",
    "isim", "katil", "cihaz", "depo", "sayim", "evrak", "duyuru", "egitim",
    "zimmetim", "ilisik", "bagla", "davet", "ayrildi", "yardim",
    "sureli",
}  # fmt: skip
"""They show or change something else."""


def test_no_button_of_a_ticket_is_forgotten() -> None:
    assert buttons._ON_TICKET.keys() == BUTTONS.keys()


def test_no_button_of_an_approval_is_forgotten() -> None:
    of_approvals = {one for one in buttons._ON_CALENDAR if one.startswith(("approv", "refuse"))}
    assert of_approvals == OF_APPROVALS.keys()


def test_no_command_is_forgotten() -> None:
    assert commands.COMMANDS.keys() == COMMANDS.keys() | OF_NO_TICKET


def test_what_a_page_can_ask_for_is_done_and_has_a_right_behind_it() -> None:
    assert set(NEEDS) == set(PageAction)
    assert set(page_changes._DOES) | set(page_actions.PLANS) == set(PageAction)
    assert not set(page_changes._DOES) & set(page_actions.PLANS)
