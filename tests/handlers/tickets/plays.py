"""What people do at the desk, each once as they do it in chat and once as a panel or an API would call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.calendar import days
from handlers.chat.door_cards import PAGE
from handlers.chat.facts import facts_of
from handlers.chat.search import LIMITS
from handlers.context import Acting
from handlers.devices import recording
from handlers.domain import checklists as lists
from handlers.domain.calendar import SpecialKind
from handlers.domain.devices import Description
from handlers.domain.months import Month
from handlers.domain.outages import Cause, NoteQuestion
from handlers.domain.people import Role
from handlers.domain.rights import Action
from handlers.domain.states import Priority, SolvedBy, State
from handlers.domain.ticket import Ticket, TicketId
from handlers.messages import Button, plain
from handlers.people import absences, deputies, names, rooms, rota, staff
from handlers.queries import door_cards, search
from handlers.reports import months, summary
from handlers.terms import SPECIAL_TITLES
from handlers.tickets import (
    articles,
    automatic_approvals,
    canned_replies,
    cards,
    checklists,
    closing,
    correspondence,
    device_naming,
    efforts,
    opening,
    outage_closing,
    outage_news,
    outage_notes,
    outages,
    promises,
    reading,
    recurring,
    separating,
    systems,
    visits,
    waits,
    work,
)
from tests.faults.table_desk import CHANNEL
from tests.handlers.tickets.steps import press, read_in_chat, replies, says, shows, steps
from tests.handlers.tickets.table import PRINTER, Table

TERMINAL = "el terminali açılmıyor"


@dataclass(frozen=True, kw_only=True)
class Play:
    """`without` gets the actor and the newest ticket."""

    action: Action
    by: str
    begins: Callable[[Table], None] = Table.opened
    in_chat: Callable[[Table], object]
    without: Callable[[Acting, Ticket], object]
    room: str = ""
    """Where the actor writes, if not in private."""
    reads: bool = False
    """Both return what was read."""


def person(acting: Acting, handle: str) -> Any:
    return acting.uow.people.by_handle(handle)


def other(acting: Acting) -> Ticket:
    return acting.uow.tickets.get(1)


def write_down_a_leave(acting: Acting) -> object:
    kind = SpecialKind.ADMIN_LEAVE
    return days.add(acting, days.proposed(acting, [date(2026, 12, 4)], kind, SPECIAL_TITLES[kind]))


def go_on_leave(acting: Acting, somebody: Any) -> object:
    return absences.add(acting, absences.proposed(acting, somebody, [date(2026, 12, 4)]))


def name_a_deputy(acting: Acting) -> object:
    return deputies.add(acting, deputies.proposed(acting, person(acting, "zeynep"), [date(2026, 12, 4)]))


def last_month(acting: Acting) -> Month:
    return Month.of(acting.working_time().local_date(acting.now)).before


def put_on_call(acting: Acting, handle: str) -> object:
    return rota.add(acting, [rota.proposed(acting, person(acting, handle), [date(2026, 12, 4)])])


def write_to_all(acting: Acting, ticket: Ticket, text: str) -> object:
    outage = acting.uow.outages.of_head(ticket.id)
    assert outage is not None
    return outage_news.write_to_all(acting, outage, text)


def ended_outage(table: Table) -> None:
    """On the newer of two tickets about the same; the other is of it."""
    table.opened("ayse", "hasan")
    table.press("mehmet", "claim:2", room="donanim")
    table.press("mehmet", "menu:2:more", "outage:2", room="donanim")
    table.shows("mehmet", 2)
    table.press("mehmet", "menu:2:more", "outage_over:2", "outage_cause:2:line", "outage_end:2:line")


def close_all(acting: Acting) -> int:
    outage = acting.uow.outages.latest_of_head(TicketId(2))
    assert outage is not None
    return outage_closing.close_all(acting, outage, [1, 2])


def offer_the_duty(acting: Acting) -> None:
    (duty,) = acting.uow.rota.standing()
    for one in rota.offer(acting, duty):
        for address in cards.private_addresses_of(acting, one):
            buttons = [Button("Ben alırım", f"duty_take:{duty.id}")]
            slot = f"duty_offer:{duty.id}"
            acting.say(address, "duty_offer", buttons=buttons, slot=slot, fresh=True, who=acting.person, duty=duty)


def merged(table: Table) -> None:
    """The second into the first."""
    table.acts("mehmet", lambda acting: closing.merge(acting, acting.uow.tickets.get(2), other(acting), "aynı yazıcı"))


# --- reading ------------------------------------------------------------------------------------
def ticket_as_read(acting: Acting, ticket: Ticket) -> str:
    view = reading.read_ticket(acting, ticket)
    return rendered(
        acting,
        "ticket",
        ticket=ticket,
        living=view.living,
        names_living=view.names_living,
        title=acting.desk.title(ticket.category),
        unit=acting.desk.unit_title(ticket.unit),
        reporter=view.reporter,
        holder=view.holder,
        history=view.history,
        inside=view.inside,
        promised=view.promised,
        today=view.today,
        standing=view.standing,
        related=view.related,
        whole=view.whole,
        pieces=view.pieces,
        visit=view.visit,
        spent=view.spent,
        names=view.names,
        entries=view.entries,
    )


def cards_as_read(acting: Acting, _ticket: Ticket) -> str:
    doors = door_cards.doors(acting.uow, acting.person)
    first, last = doors[0].number, doors[-1].number
    return rendered(acting, "door_cards", ticket=None, count=len(doors), first=first, last=last, page=PAGE)


def summary_as_read(acting: Acting, _ticket: Ticket) -> str:
    return rendered(acting, "digest", ticket=None, view=summary.so_far(acting))


def search_as_read(acting: Acting, _ticket: Ticket) -> str:
    search.note_search(acting)
    found = search.search(acting, "yazici", LIMITS)
    return rendered(acting, "found", ticket=None, hits=found, further=False)


def rendered(acting: Acting, template: str, /, **data: Any) -> str:
    return plain(acting.desk.texts.render(template, desk=acting.desk, now=acting.now, **data))


# --- opening ------------------------------------------------------------------------------------
def open_for_a_caller(acting: Acting, _ticket: Ticket) -> Ticket:
    understood = acting.desk.knowledge.read(TERMINAL)
    nearest = understood.candidates[0]
    return opening.open_ticket(
        acting,
        opening.NewTicket(
            written=(opening.Written(TERMINAL),),
            reporter=person(acting, "hasan").id,
            category=nearest.category,
            article=nearest.article,
            facts=facts_of(understood.facts),
            reasons=tuple(understood.reasons),
        ),
    )


def send_a_note(acting: Acting, ticket: Ticket) -> None:
    note = correspondence.add_note(acting, ticket, "fuseri bitik")
    correspondence.send_note_to_reporter(acting, note.id)


def wait_for_a_firm(acting: Acting, ticket: Ticket) -> None:
    waits.wait(acting, ticket, State.WAITING_VENDOR)
    work.describe_wait(acting, ticket, State.WAITING_VENDOR, "ABC Bilişim, salı")


def bind(acting: Acting, _ticket: Ticket) -> None:
    room = acting.uow.conversations.get(f"{CHANNEL}:r:donanim")
    assert room is not None
    rooms.bind(acting, room, "yazilim")


def with_a_likely_device(table: Table) -> None:
    """The one printer in the room of whoever reports."""
    said = Description(kind="yazici", brand="HP")
    table.acts("mehmet", lambda acting: recording.record(acting, said, place=person(acting, "ayse").room))
    table.claimed()


def press_list(table: Table) -> None:
    """A list is hung on it by hand."""

    def hang(acting: Acting) -> object:
        ticket = acting.uow.tickets.get(1)
        return checklists.hang_by_hand(acting, ticket, checklists.of_unit(acting, ticket.unit)[0])

    table.acts("mehmet", hang)


PLAYS: dict[str, Play] = {
    "a reporter reads their ticket": Play(
        action=Action.READ,
        by="ayse",
        begins=steps(Table.claimed, says("mehmet", "/not 1 anahtar bende")),
        reads=True,
        in_chat=read_in_chat("ayse", "/durum 1"),
        without=ticket_as_read,
    ),
    "a technician reads it": Play(
        action=Action.READ,
        by="mehmet",
        begins=steps(Table.claimed, says("mehmet", "/not 1 anahtar bende")),
        reads=True,
        in_chat=read_in_chat("mehmet", "/durum 1"),
        without=ticket_as_read,
    ),
    "an auditor reads it": Play(
        action=Action.READ_ALL,
        by="denetci",
        reads=True,
        in_chat=read_in_chat("denetci", "/durum 1"),
        without=ticket_as_read,
    ),
    "a director searches": Play(
        action=Action.READ_ALL,
        by="kemal",
        reads=True,
        in_chat=read_in_chat("kemal", "/ara yazici"),
        without=search_as_read,
    ),
    "a technician sees the summary": Play(
        action=Action.SEE_SUMMARY,
        by="mehmet",
        begins=Table.resolved,
        reads=True,
        in_chat=read_in_chat("mehmet", "/ozet"),
        without=summary_as_read,
    ),
    "a reporter adds something": Play(
        action=Action.REPLY_AS_REPORTER,
        by="ayse",
        begins=Table.claimed,
        in_chat=says("ayse", "1: hâlâ bekliyorum"),
        without=lambda acting, ticket: correspondence.write_to_desk(acting, ticket, "1: hâlâ bekliyorum"),
    ),
    "a reporter answers a question": Play(
        action=Action.REPLY_AS_REPORTER,
        by="ayse",
        begins=Table.asked,
        in_chat=says("ayse", "evet yanıyor"),
        without=lambda acting, ticket: correspondence.write_to_desk(acting, ticket, "evet yanıyor"),
    ),
    "a reporter confirms": Play(
        action=Action.CONFIRM,
        by="ayse",
        begins=Table.resolved,
        in_chat=press("ayse", "confirm:1"),
        without=closing.confirm,
    ),
    "a reporter says that it is still broken": Play(
        action=Action.REOPEN,
        by="ayse",
        begins=Table.resolved,
        in_chat=press("ayse", "still_broken:1"),
        without=closing.reopen,
    ),
    "a reporter says that it is solved": Play(
        action=Action.CONFIRM,
        by="ayse",
        begins=Table.claimed,
        in_chat=steps(says("ayse", "düzeldi"), press("ayse", "solved_mine:1:untold")),
        without=lambda acting, ticket: closing.solved(acting, ticket, SolvedBy.UNTOLD),
    ),
    "a reporter takes it back": Play(
        action=Action.CANCEL,
        by="ayse",
        begins=Table.claimed,
        in_chat=steps(says("ayse", "/iptal"), press("ayse", "cancel_mine:1")),
        without=closing.withdraw,
    ),
    "a technician cancels it": Play(
        action=Action.CANCEL,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(shows("mehmet"), press("mehmet", "menu:1:more", "cancel:1"), says("mehmet", "dün de açılmıştı")),
        without=lambda acting, ticket: closing.cancel(acting, ticket, "dün de açılmıştı"),
    ),
    "a reporter rates the work": Play(
        action=Action.RATE,
        by="ayse",
        begins=lambda table: table.closed("hasan", "denetci", "ayse"),
        in_chat=press("ayse", "rate:3:2"),
        without=lambda acting, ticket: closing.rate(acting, ticket, 2),
    ),
    "a technician claims it": Play(
        action=Action.CLAIM,
        by="mehmet",
        in_chat=steps(says("mehmet", "/sira"), press("mehmet", "claim:1")),
        without=work.claim,
    ),
    "a technician notes something": Play(
        action=Action.NOTE,
        by="zeynep",
        begins=Table.claimed,
        in_chat=says("zeynep", "/not 1 anahtar bende"),
        without=lambda acting, ticket: correspondence.add_note(acting, ticket, "anahtar bende"),
    ),
    "a technician releases it": Play(
        action=Action.RELEASE,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(shows("mehmet"), press("mehmet", "menu:1:more", "release:1")),
        without=work.release,
    ),
    "a technician waits for a firm": Play(
        action=Action.WAIT,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(
            shows("mehmet"),
            press("mehmet", "menu:1:wait", "wait_for:1:waiting_vendor"),
            says("mehmet", "ABC Bilişim, salı"),
        ),
        without=wait_for_a_firm,
    ),
    "a lead writes what is done again and again": Play(
        action=Action.KEEP_RECURRING,
        by="fatma",
        in_chat=steps(says("fatma", "/duzenli ekle UPS testi: her cuma"), press("fatma", "recurring_add:…")),
        without=lambda acting, ticket: recurring.write(acting, recurring.proposed(acting, "UPS testi", "her cuma")[0]),
    ),
    "a lead has a subject ask for a yes by itself": Play(
        action=Action.KEEP_APPROVALS,
        by="fatma",
        in_chat=says("fatma", "/onay otomatik donanim-talebi"),
        without=lambda acting, ticket: automatic_approvals.choose(acting, "donanim-talebi"),
    ),
    "a lead writes a checklist": Play(
        action=Action.KEEP_CHECKLISTS,
        by="fatma",
        in_chat=says("fatma", "/liste ekle oda: Oda; Ağ var"),
        without=lambda acting, ticket: checklists.write(acting, "oda", "Oda", (lists.Item("Ağ var"),)),
    ),
    "a technician ticks a line": Play(
        action=Action.TICK,
        by="zeynep",
        begins=steps(Table.claimed, press_list),
        in_chat=steps(shows("zeynep"), press("zeynep", "menu:1:more", "checklists:1", "line_tick:1:1-0-0")),
        without=lambda acting, ticket: checklists.tick(acting, ticket, 1, 0),
    ),
    "a lead writes a hazır yanıt": Play(
        action=Action.KEEP_CANNED_REPLIES,
        by="fatma",
        in_chat=says("fatma", "/yanit ekle yolda: {ad}, geliyorum."),
        without=lambda acting, ticket: canned_replies.write(acting, "yolda", "{ad}, geliyorum."),
    ),
    "a technician says how long it took": Play(
        action=Action.ADD_EFFORT,
        by="zeynep",
        begins=Table.claimed,
        in_chat=says("zeynep", "/sure 1 1 sa 30 dk"),
        without=lambda acting, ticket: efforts.add(acting, ticket, 90),
    ),
    "a technician says which device it is": Play(
        action=Action.NAME_DEVICE,
        by="mehmet",
        begins=with_a_likely_device,
        in_chat=steps(shows("mehmet"), press("mehmet", "menu:1:more", "device_is:1:…")),
        without=lambda acting, ticket: device_naming.name(acting, ticket, device_naming.likely(acting, ticket).id),  # type: ignore[union-attr] # there is one
    ),
    "a technician promises a day": Play(
        action=Action.PROMISE,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(shows("mehmet"), press("mehmet", "menu:1:more", "promise:1"), says("mehmet", "4 Aralık 2026")),
        without=lambda acting, ticket: promises.give(acting, ticket, date(2026, 12, 4)),
    ),
    "a technician sets off": Play(
        action=Action.VISIT,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(shows("mehmet"), press("mehmet", "set_off:1")),
        without=visits.set_off,
    ),
    "a reporter says when they are there": Play(
        action=Action.CHOOSE_VISIT,
        by="ayse",
        begins=steps(Table.claimed, shows("mehmet"), press("mehmet", "menu:1:more", "visit:1")),
        in_chat=press("ayse", "visit_at:1:…"),
        without=lambda acting, ticket: visits.agree(acting, ticket, visits.of(acting, ticket).offered[0]),
    ),
    "a technician asks for help": Play(
        action=Action.ASK_FOR_HELP,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(shows("mehmet"), press("mehmet", "menu:1:more", "ask_for_help:1")),
        without=promises.ask_for_help,
    ),
    "a technician goes on": Play(
        action=Action.RESUME,
        by="mehmet",
        begins=Table.waiting,
        in_chat=steps(shows("mehmet"), press("mehmet", "resume:1")),
        without=work.resume,
    ),
    "a technician asks the reporter": Play(
        action=Action.ASK,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(shows("mehmet"), press("mehmet", "ask:1"), says("mehmet", "Işığı yanıyor mu?")),
        without=lambda acting, ticket: work.ask_reporter(acting, ticket, "Işığı yanıyor mu?"),
    ),
    "a technician resolves it": Play(
        action=Action.RESOLVE,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(shows("mehmet"), press("mehmet", "done:1"), says("mehmet", "drum değişti")),
        without=lambda acting, ticket: closing.resolve(acting, ticket, "drum değişti"),
    ),
    "a technician writes to the reporter": Play(
        action=Action.REPLY_TO_REPORTER,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(shows("mehmet"), replies("mehmet", "öğleden sonra geliyorum", to="card")),
        without=lambda acting, ticket: correspondence.reply_to_reporter(acting, ticket, "öğleden sonra geliyorum"),
    ),
    "a technician sends a note after all": Play(
        action=Action.REPLY_TO_REPORTER,
        by="zeynep",
        begins=Table.claimed,
        in_chat=steps(
            shows("zeynep"), replies("zeynep", "fuseri bitik", to="card"), press("zeynep", "to_reporter:1:…")
        ),
        without=send_a_note,
    ),
    "a technician sends it to the other unit": Play(
        action=Action.TRANSFER,
        by="mehmet",
        in_chat=steps(shows("mehmet"), press("mehmet", "menu:1:more", "menu:1:unit", "send_to:1:yazilim")),
        without=lambda acting, ticket: work.transfer(acting, ticket, "yazilim"),
    ),
    "a technician corrects the subject": Play(
        action=Action.RECATEGORISE,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(
            shows("mehmet"),
            press("mehmet", "menu:1:more", "menu:1:topic", "menu:1:topic:0", "topic_to:1:yazici-kagit-sikismasi"),
        ),
        without=lambda acting, ticket: work.recategorise(acting, ticket, "yazici-kagit-sikismasi"),
    ),
    "a technician calls it urgent": Play(
        action=Action.PRIORITISE,
        by="mehmet",
        begins=Table.claimed,
        in_chat=steps(
            shows("mehmet"), press("mehmet", "menu:1:more", "menu:1:priority", f"priority_to:1:{Priority.URGENT}")
        ),
        without=lambda acting, ticket: work.prioritise(acting, ticket, Priority.URGENT),
    ),
    "a technician takes two apart again": Play(
        action=Action.MERGE,
        by="mehmet",
        room="donanim",
        begins=steps(
            lambda table: table.claimed("ayse", "hasan"),
            merged,
            shows("mehmet", 2),
        ),
        in_chat=lambda table: table.press("mehmet", "separate:2", room="donanim"),
        without=separating.separate,
    ),
    "a technician merges two": Play(
        action=Action.MERGE,
        by="mehmet",
        begins=lambda table: table.claimed("ayse", "hasan"),
        in_chat=steps(
            shows("mehmet", 2),
            press("mehmet", "menu:2:more", "merge:2", "merge_into:2:1"),
            says("mehmet", "aynı yazıcı"),
        ),
        without=lambda acting, ticket: closing.merge(acting, ticket, other(acting), "aynı yazıcı"),
    ),
    "a lead assigns it": Play(
        action=Action.ASSIGN,
        by="fatma",
        in_chat=lambda table: steps(
            shows("fatma"), press("fatma", "menu:1:more", "menu:1:assign", f"assign_to:1:{table.person('zeynep')}")
        )(table),
        without=lambda acting, ticket: work.assign(acting, ticket, person(acting, "zeynep").id),
    ),
    "a technician declares an outage": Play(
        action=Action.DECLARE_OUTAGE,
        by="mehmet",
        in_chat=steps(shows("mehmet"), press("mehmet", "menu:1:more", "outage:1")),
        without=outages.declare,
    ),
    "a technician ends an outage": Play(
        action=Action.DECLARE_OUTAGE,
        by="mehmet",
        begins=steps(Table.outage, says("hasan", PRINTER), press("hasan", "me_too:1")),
        in_chat=steps(
            shows("mehmet"),
            press("mehmet", "menu:1:more", "outage_over:1", "outage_cause:1:line"),
            says("mehmet", "hat onarıldı"),
        ),
        without=lambda acting, ticket: outages.end(acting, ticket, Cause.LINE, "hat onarıldı"),
    ),
    "a technician writes to all who have it": Play(
        action=Action.DECLARE_OUTAGE,
        by="mehmet",
        begins=steps(Table.outage, says("hasan", PRINTER), press("hasan", "me_too:1")),
        in_chat=steps(shows("mehmet"), press("mehmet", "menu:1:more", "tell_all:1"), says("mehmet", "firma yolda")),
        without=lambda acting, ticket: write_to_all(acting, ticket, "firma yolda"),
    ),
    "a technician closes what was of it": Play(
        action=Action.DECLARE_OUTAGE,
        by="mehmet",
        begins=ended_outage,
        in_chat=press("mehmet", "outage_close:…"),
        without=lambda acting, _: close_all(acting),
    ),
    "a technician writes the note after an outage": Play(
        action=Action.KEEP_OUTAGE_NOTE,
        by="mehmet",
        begins=ended_outage,
        in_chat=steps(
            says("mehmet", "/kesintinotu 2"),
            press("mehmet", "note_begin:2:1"),
            says("mehmet", "hat koptu"),
            press("mehmet", "prompt_skip:2"),
        ),
        without=lambda acting, _: outage_notes.answer(
            acting, acting.uow.outages.get(1), NoteQuestion.WHAT, "hat koptu"
        ),
    ),
    "a lead adds a system": Play(
        action=Action.KEEP_SYSTEMS,
        by="fatma",
        in_chat=says("fatma", "/sistem ekle Nikâh salonu: projeksiyon-toplanti"),
        without=lambda acting, _: systems.add(acting, "Nikâh salonu", ["projeksiyon-toplanti"]),
    ),
    "a technician drafts an article": Play(
        action=Action.DRAFT_ARTICLE,
        by="mehmet",
        begins=Table.resolved,
        in_chat=says("mehmet", "/makale 1"),
        without=articles.draft,
    ),
    "a lead publishes it": Play(
        action=Action.PUBLISH_ARTICLE,
        by="fatma",
        begins=Table.drafted,
        in_chat=press("fatma", "article_publish:1"),
        without=articles.publish,
    ),
    "a lead drops it": Play(
        action=Action.PUBLISH_ARTICLE,
        by="fatma",
        begins=Table.drafted,
        in_chat=press("fatma", "article_drop:1"),
        without=articles.drop,
    ),
    "an admin invites somebody": Play(
        action=Action.MANAGE_PEOPLE,
        by="admin",
        in_chat=says("admin", "/davet teknisyen donanim Cem Ak"),
        without=lambda acting, _: staff.invite(acting, role=Role.TECHNICIAN, unit="donanim", name="Cem Ak"),
    ),
    "an admin ends the rights of one who left": Play(
        action=Action.MANAGE_PEOPLE,
        by="admin",
        begins=Table.claimed,
        in_chat=says("admin", "/ayrildi mehmet"),
        without=lambda acting, _: staff.end_rights(acting, person(acting, "mehmet")),
    ),
    "a lead writes down a leave of the unit": Play(
        action=Action.KEEP_CALENDAR,
        by="fatma",
        in_chat=steps(says("fatma", "/idari izin 4 Aralık 2026"), press("fatma", "day_add:…")),
        without=lambda acting, _: write_down_a_leave(acting),
    ),
    "the director writes down a leave of all": Play(
        action=Action.KEEP_CALENDAR_OF_ALL,
        by="kemal",
        in_chat=steps(says("kemal", "/idari izin 4 Aralık 2026"), press("kemal", "day_add:…")),
        without=lambda acting, _: write_down_a_leave(acting),
    ),
    "a technician writes down a leave": Play(
        action=Action.TAKE_LEAVE,
        by="mehmet",
        in_chat=steps(says("mehmet", "/izin 4 Aralık 2026"), press("mehmet", "leave_add:…")),
        without=lambda acting, _: go_on_leave(acting, acting.person),
    ),
    "a lead writes down that somebody is away": Play(
        action=Action.ENTER_LEAVE,
        by="fatma",
        in_chat=steps(says("fatma", "/izin Mehmet 4 Aralık 2026"), press("fatma", "leave_add:…")),
        without=lambda acting, _: go_on_leave(acting, person(acting, "mehmet")),
    ),
    "a lead names a deputy": Play(
        action=Action.NAME_DEPUTY,
        by="fatma",
        in_chat=steps(says("fatma", "/vekil Zeynep 4 Aralık 2026"), press("fatma", "deputy_add:…")),
        without=lambda acting, _: name_a_deputy(acting),
    ),
    "a lead signs a month": Play(
        action=Action.LOCK_MONTH,
        by="fatma",
        in_chat=steps(says("fatma", "/ay geçen ay"), press("fatma", "month_lock:…")),
        without=lambda acting, _: months.lock(acting, "donanim", last_month(acting)),
    ),
    "the director takes the lock of a month away": Play(
        action=Action.UNLOCK_MONTH,
        by="kemal",
        begins=steps(Table.opened, says("fatma", "/ay geçen ay"), press("fatma", "month_lock:…")),
        in_chat=says("kemal", "/ay geçen ay donanim kaldır yanlış tatil"),
        without=lambda acting, _: months.unlock(acting, "donanim", last_month(acting), "yanlış tatil"),
    ),
    "a lead writes down who is on call": Play(
        action=Action.KEEP_ROTA,
        by="fatma",
        in_chat=steps(says("fatma", "/nobet Mehmet 4 Aralık 2026"), press("fatma", "duty_add:…")),
        without=lambda acting, _: put_on_call(acting, "mehmet"),
    ),
    "a technician offers their duty": Play(
        action=Action.SEE_ROTA,
        by="mehmet",
        begins=steps(Table.opened, says("fatma", "/nobet Mehmet 4 Aralık 2026"), press("fatma", "duty_add:…")),
        in_chat=steps(says("mehmet", "/nobet"), press("mehmet", "duty_offer:…")),
        without=lambda acting, _: offer_the_duty(acting),
    ),
    "a lead corrects a name": Play(
        action=Action.CORRECT_NAMES,
        by="fatma",
        begins=Table.claimed,
        in_chat=says("fatma", "/isim ayse Ayşe Yıldız"),
        without=lambda acting, _: names.correct(acting, person(acting, "ayse"), "Ayşe Yıldız"),
    ),
    "a lead prints cards for the doors": Play(
        action=Action.PRINT_DOOR_CARDS,
        by="fatma",
        in_chat=read_in_chat("fatma", "/odakarti"),
        without=cards_as_read,
        reads=True,
    ),
    "an admin binds a room": Play(
        action=Action.BIND_ROOM,
        by="admin",
        room="donanim",
        in_chat=lambda table: table.says("admin", "/bagla yazilim", room="donanim"),
        without=bind,
    ),
    "a technician opens one for a caller": Play(
        action=Action.OPEN_FOR_OTHERS,
        by="mehmet",
        in_chat=steps(says("mehmet", f"/adina hasan: {TERMINAL}"), press("mehmet", "open_told:…")),
        without=open_for_a_caller,
    ),
}
