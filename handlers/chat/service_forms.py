"""Beklet → Firma → the firm; the device goes there; Firma geldi → photo → Onaya sun; Onayla."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import device_names
from handlers.chat import prompts, time_questions
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.contracts import forms, waiting
from handlers.contracts.waiting import OfferedVendor
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.services import Disk, ServiceVisit, VendorWait, VisitId, WaitId
from handlers.domain.ticket import Ticket
from handlers.domain.vendors import VendorId
from handlers.inflections import to_whom
from handlers.messages import Button
from handlers.tickets import cards

MAX_LABEL_LETTERS = 60
DISKS = {
    Disk.REMOVED: "Çıkarıldı",
    Disk.WIPED: "Silindi",
    Disk.WITH_DISK: "Diskle gitti",
    Disk.NO_DISK: "Diski yok",
}


# --- whom it waits for ----------------------------------------------------------------------------
def vendor_buttons(turn: Turn, ticket: Ticket) -> list[Button]:
    return [Button(label(one), f"wait_vendor:{ticket.id}:{one.vendor.id}") for one in waiting.offered(turn, ticket)]


def label(offered: OfferedVendor) -> str:
    """`ABC Bilişim · garanti 17.07.2027'ye kadar · 0326 …`."""
    until = offered.covered_until
    parts = [
        offered.vendor.name,
        f"garanti {to_whom(f'{until:%d.%m.%Y}')} kadar" if until else "",
        offered.vendor.reached_at,
    ]
    return " · ".join(filter(None, parts))[:MAX_LABEL_LETTERS]


def vendor_chosen(turn: Turn, ticket: Ticket, key: str) -> None:
    wait = waiting.wait_for(turn, ticket, VendorId(int(key)))
    if wait is None:
        prompts.cancel_prompt(turn)
        return
    goes = waiting.may_leave(turn, wait) is not None
    turn.receipt(
        Effect.CHANGED,
        "vendor_waits",
        buttons=[Button("Cihaz firmaya gidiyor", f"device_out:{ticket.id}")] if goes else [],
        slot=prompts.answered(turn, ticket),
        ticket=ticket,
        vendor=turn.uow.vendors.get(wait.vendor),
        covered_until=wait.covered_until,
    )
    time_questions.tell_day(turn, ticket)


# --- its device leaves the house ------------------------------------------------------------------
def ask_disk(turn: Turn, ticket: Ticket) -> None:
    buttons = [Button(title, f"device_disk:{ticket.id}:{disk.value}") for disk, title in DISKS.items()]
    turn.say(turn.address, "service_disk", buttons=buttons, slot=_disk_slot(ticket), fresh=True, ticket=ticket)


def disk_said(turn: Turn, ticket: Ticket, typed: str) -> None:
    wait = waiting.send_out(turn, ticket, Disk(typed))
    if wait.left_at is not None:
        _left(turn, ticket, wait)
        return
    for person in waiting.answerable(turn, ticket):
        for address in cards.private_addresses_of(turn, person):
            allow = Button("Diskle gidebilir", f"disk_allow:{wait.id}")
            turn.say(
                address, "service_disk_wanted", buttons=[allow], slot=_wanted_slot(wait), **_of(turn, ticket, wait)
            )
    turn.receipt(Effect.CHANGED, "service_disk_asked", slot=_disk_slot(ticket), ticket=ticket)


def disk_allowed(turn: Turn, key: str) -> None:
    wait = waiting.allow_disk(turn, WaitId(int(key)))
    _left(turn, turn.uow.tickets.get(wait.ticket), wait)


def _left(turn: Turn, ticket: Ticket, wait: VendorWait) -> None:
    turn.receipt(Effect.CHANGED, "service_left", slot=_disk_slot(ticket), **_of(turn, ticket, wait), wait=wait)


def _of(turn: Turn, ticket: Ticket, wait: VendorWait) -> dict[str, Any]:
    device = turn.uow.devices.get(wait.device) if wait.device is not None else None
    return {
        "ticket": ticket,
        "vendor": turn.uow.vendors.get(wait.vendor),
        "device": device_names.numbered_name(device) if device is not None else "",
        "disk": DISKS[wait.disk].lower() if wait.disk is not None else "",
    }


def _disk_slot(ticket: Ticket) -> str:
    return f"device_out:{ticket.id}"


def _wanted_slot(wait: VendorWait) -> str:
    return f"disk_wanted:{wait.id}"


# --- the form -------------------------------------------------------------------------------------
def came(turn: Turn, ticket: Ticket) -> None:
    """Firma geldi: its form, please."""
    ask_form(turn, ticket, forms.came(turn, ticket))


def ask_form(turn: Turn, ticket: Ticket, visit: ServiceVisit) -> None:
    prompts.ask(
        turn,
        ticket,
        Expect.SERVICE_FORM,
        "prompt_service_form",
        detail=str(visit.id),
        buttons=[_submit(visit), _excuse(visit), Button("Sonra", f"prompt_skip:{ticket.id}")],
        number=visit.number,
        given=bool(visit.form),
    )


def form_said(turn: Turn, expects: Expectation, text: str, files: tuple[str, ...]) -> None:
    """A photo or file of it; words say what was done. Raises as `forms.give_form`."""
    visit = turn.uow.service_visits.get(VisitId(int(expects.detail)))
    kept = forms.give_form(turn, visit, text, files)
    ask_form(turn, turn.uow.tickets.get(kept.ticket), kept)


def ask_why(turn: Turn, ticket: Ticket, key: str) -> None:
    """Form yok, nedenini yaz."""
    visit = turn.uow.service_visits.get(VisitId(int(key)))
    prompts.ask(turn, ticket, Expect.SERVICE_WHY, "prompt_service_why", detail=key, number=visit.number)


def why_said(turn: Turn, expects: Expectation, text: str) -> None:
    """Then it goes on to be approved. Raises as `forms.excuse_form`."""
    visit = turn.uow.service_visits.get(VisitId(int(expects.detail)))
    excused = forms.excuse_form(turn, visit, text)
    _submitted(turn, forms.submit(turn, excused))


def submit(turn: Turn, _ticket: Ticket, key: str) -> None:
    """Onaya sun."""
    visit = turn.uow.service_visits.get(VisitId(int(key)))
    try:
        done = forms.submit(turn, visit)
    except Invalid as refusal:
        if refusal.reason != "service_form_missing":
            raise
        turn.say(turn.address, "errors/service_form_missing", buttons=[_excuse(visit)], **dict[str, Any](refusal.data))
        return
    _submitted(turn, done)


def _submitted(turn: Turn, visit: ServiceVisit) -> None:
    ticket = turn.uow.tickets.get(visit.ticket)
    slot = prompts.answered(turn, ticket)
    about: dict[str, Any] = {"number": visit.number, "ticket": ticket, "vendor": turn.uow.vendors.get(visit.vendor)}
    for person in waiting.answerable(turn, ticket):
        for address in cards.private_addresses_of(turn, person):
            approve = Button("Onayla", f"service_approve:{visit.id}")
            more: dict[str, Any] = {"done": visit.done, "without_form": visit.without_form, "by": turn.person}
            turn.say(address, "service_form", buttons=[approve], slot=_form_slot(visit), **about, **more)
    turn.receipt(Effect.CHANGED, "service_submitted", slot=slot, **about)


def approve(turn: Turn, key: str) -> None:
    """Onayla."""
    visit = forms.approve(turn, VisitId(int(key)))
    ticket = turn.uow.tickets.get(visit.ticket)
    for address in turn.uow.messages.standing_in(_form_slot(visit)):
        turn.say(
            address, "service_approved", slot=_form_slot(visit), rings=False,
            number=visit.number, ticket=ticket, by=turn.person,
        )  # fmt: skip


def _form_slot(visit: ServiceVisit) -> str:
    return f"service_form:{visit.id}"


def _submit(visit: ServiceVisit) -> Button:
    return Button("Onaya sun", f"service_submit:{visit.ticket}:{visit.id}")


def _excuse(visit: ServiceVisit) -> Button:
    return Button("Form yok, nedenini yaz", f"service_why:{visit.ticket}:{visit.id}")


BUTTONS: dict[str, Callable[..., None]] = {
    "disk_allow": disk_allowed,
    "service_approve": approve,
}
ON_TICKET: dict[str, Callable[[Turn, Ticket, str], object]] = {
    "wait_vendor": vendor_chosen,
    "device_out": lambda turn, ticket, _: ask_disk(turn, ticket),
    "device_disk": disk_said,
    "service_submit": submit,
    "service_why": ask_why,
    "vendor_came": lambda turn, ticket, _: came(turn, ticket),
}
