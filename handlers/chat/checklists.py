"""Kontrol listeleri in chat: one message of toggling lines, the same wherever it stands, and `/liste`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.checklists import Checklist, read_items
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.rights import Action, may, require
from handlers.domain.ticket import Entry, Ticket
from handlers.messages import Button, PostedMessage
from handlers.tickets import checklist_remarks, checklists
from handlers.tickets.checklist_progress import Progress, of_ticket
from handlers.tickets.checklist_remarks import Line
from knowledge.language.folding import folded

LINES = 8
"""Of a message: platforms show no more buttons well."""
MAX_LABEL = 40
_ADDS = re.compile(
    r"ekle\s+(?P<name>[^\s:]+)(?:\s+konu\s+(?P<category>[^\s:]+))?\s*:\s*(?P<text>\S.*)", re.DOTALL | re.IGNORECASE
)
_REMARK = re.compile(
    r"(?:sat[ıi]r )?(?P<number>\d{1,3})(?: ?(?:numara|no|sat[ıi]r))?\.?(?::(?P<text>.*)|\Z)", re.IGNORECASE | re.DOTALL
)
_REMARK_ANYWHERE = (
    re.compile(r"sat[ıi]r (?P<number>\d{1,3})(?: ?:(?P<text>.*)|\Z)", re.IGNORECASE | re.DOTALL),
    re.compile(r"(?P<number>\d{1,3})\.? numara(?: ?:(?P<text>.*)|\Z)", re.IGNORECASE | re.DOTALL),
)
_DROPS = re.compile(r"sil\s+(?P<name>\S+)\s*\Z", re.IGNORECASE)


# --- on a card ------------------------------------------------------------------------------------
def show(turn: Turn, ticket: Ticket, page: str) -> None:
    """Kontrol listesi: those that hang on it; where none does, which one?"""
    require(turn.person, Action.TICK, ticket)
    hung = of_ticket(turn, ticket)
    if not hung:
        choose(turn, ticket, "")
        return
    _show_at(turn, ticket, hung, turn.address, int(page or 0), fresh=True)


def _show_at(
    turn: Turn, ticket: Ticket, hung: Sequence[Progress], address: str, first: int, *, fresh: bool = False
) -> None:
    lines = checklist_remarks.lines_of(hung)
    shown = lines[first : first + LINES]
    remarked = {line.number: remarks for line, remarks in checklist_remarks.shown(turn, ticket, lines)}
    further = [Button("Devamı ›", f"checklists:{ticket.id}:{first + LINES}")] if first + LINES < len(lines) else []
    back = [Button("‹ Başı", f"checklists:{ticket.id}:0")] if first else []
    turn.say(
        address,
        "checklist",
        buttons=[
            *(_toggle(ticket, line.progress, line.place, first) for line in shown),
            *back,
            *further,
            *([Button("Notlar ve fotoğraflar", f"line_remarks:{ticket.id}")] if remarked else []),
            Button("Başka liste ekle", f"checklist_choose:{ticket.id}"),
        ],
        slot=_slot(ticket, first),
        fresh=fresh,
        rings=False,
        ticket=ticket,
        lines=[_line(turn, line, remarked.get(line.number, ())) for line in shown],
        ticked=sum(len(one.ticked) for one in hung),
        total=len(lines),
    )


def _line(turn: Turn, line: Line, remarks: Sequence[Entry]) -> dict[str, object]:
    """As the text shows it; its first line says of which list it is."""
    one, place, marks = line.progress, line.place, checklist_remarks.marks(remarks)
    tick, item = one.ticked.get(place), one.checklist.items[place]
    by = None if tick is None or tick.who is None else turn.uow.people.get(tick.who)
    title = one.checklist.title if place == 0 else ""
    said = {"number": line.number, "text": item.text, "required": item.required, "marks": marks}
    return {**said, "tick": tick, "by": by, "list_title": title}


def _toggle(ticket: Ticket, one: Progress, place: int, first: int) -> Button:
    item, done = one.checklist.items[place], place in one.ticked
    label = item.text if len(item.text) <= MAX_LABEL else f"{item.text[: MAX_LABEL - 1]}…"
    verb = "line_untick" if done else "line_tick"
    return Button(f"{'☑' if done else '☐'} {label}", f"{verb}:{ticket.id}:{one.checklist.id}-{place}-{first}")


def _slot(ticket: Ticket, first: int) -> str:
    return f"checklist:{ticket.id}:{first}"


def tick(turn: Turn, ticket: Ticket, said: str) -> None:
    checklist, place, _ = map(int, said.split("-"))
    checklists.tick(turn, ticket, checklist, place)
    _refresh(turn, ticket)


def untick(turn: Turn, ticket: Ticket, said: str) -> None:
    checklist, place, _ = map(int, said.split("-"))
    checklists.untick(turn, ticket, checklist, place)
    _refresh(turn, ticket)


def _refresh(turn: Turn, ticket: Ticket) -> None:
    """Wherever it stands: two who look at it see the same, and who ticked."""
    hung = of_ticket(turn, ticket)
    total = sum(len(one.checklist.items) for one in hung)
    for first in range(0, total, LINES):
        for address in turn.uow.messages.standing_in(_slot(ticket, first)):
            _show_at(turn, ticket, hung, address, first)


def is_slot(ticket: Ticket, slot: str | None) -> bool:
    """Whether the message in it is the list's."""
    return slot is not None and slot.startswith(f"checklist:{ticket.id}:")


def remark(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], *, under_list: bool) -> bool:
    """`3: kablo kırık`, or a photo with `3`, in reply to the list; `3 numara: …` in reply to anything of the ticket.
    False: it says of no line."""
    patterns = (_REMARK, *_REMARK_ANYWHERE) if under_list else _REMARK_ANYWHERE
    said = next((found for one in patterns if (found := one.match(text.strip())) is not None), None)
    if said is None or (not under_list and not of_ticket(turn, ticket)):
        return False
    line, entry = checklist_remarks.put(turn, ticket, int(said["number"]), (said["text"] or "").strip(), files)
    _refresh(turn, ticket)
    turn.receipt(
        entry,
        "line_remarked",
        buttons=[Button("Geri al", f"line_clear:{ticket.id}:{entry.id}")],
        slot=f"line_remark:{entry.id}",
        fresh=True,
        ticket=ticket,
        line={"number": line.number, "text": line.text},
    )
    return True


def clear(turn: Turn, ticket: Ticket, entry: str) -> None:
    """Geri al, of a note or photo to a line."""
    done = checklist_remarks.take_off(turn, ticket, int(entry))
    if done is Effect.NONE:
        turn.uow.messages.disable_buttons(turn.address, f"line_remark:{entry}")
        return
    _refresh(turn, ticket)
    turn.receipt(done, "line_cleared", slot=f"line_remark:{entry}", ticket=ticket)


def show_remarks(turn: Turn, ticket: Ticket) -> None:
    """Notlar ve fotoğraflar."""
    require(turn.person, Action.TICK, ticket)
    found = checklist_remarks.shown(turn, ticket, checklist_remarks.lines_of(of_ticket(turn, ticket)))
    turn.say(
        turn.address,
        "line_remarks",
        slot=f"line_remarks:{ticket.id}",
        fresh=True,
        ticket=ticket,
        files=tuple(file for _, remarks in found for one in remarks for file in one.files),
        remarks=[(line.number, one, turn.uow.people.get(one.author)) for line, remarks in found for one in remarks],
    )


def choose(turn: Turn, ticket: Ticket, _: str) -> None:
    """Which list shall hang on it?"""
    require(turn.person, Action.TICK, ticket)
    known = {one.checklist.name for one in of_ticket(turn, ticket)}
    offered = [one for one in checklists.of_unit(turn, ticket.unit) if one.name not in known][: 2 * LINES]
    turn.say(
        turn.address,
        "checklist_which",
        buttons=[
            *(Button(one.title, f"checklist_hang:{ticket.id}:{one.name}") for one in offered),
            Button("Vazgeç", f"checklist_drop:{ticket.id}"),
        ],
        slot=f"checklist_which:{ticket.id}:{turn.person.id}",
        fresh=True,
        ticket=ticket,
        any=bool(offered),
    )


def drop(turn: Turn, ticket: Ticket) -> None:
    turn.uow.messages.disable_buttons(turn.address, f"checklist_which:{ticket.id}:{turn.person.id}")


def hang(turn: Turn, ticket: Ticket, name: str) -> None:
    chosen = next((one for one in checklists.of_unit(turn, ticket.unit) if one.name == name), None)
    if chosen is None:
        raise NotFound("checklist", name)
    checklists.hang_by_hand(turn, ticket, chosen)
    drop(turn, ticket)
    show(turn, ticket, "")


# --- when it is completed -------------------------------------------------------------------------
def asks_first(turn: Turn, ticket: Ticket) -> bool:
    """Whether required lines are open, and it was asked what to do about them."""
    items = checklists.open_required(turn, ticket)
    if not items:
        return False
    turn.say(
        turn.address,
        "checklist_open",
        buttons=[
            Button("Göster", f"checklists:{ticket.id}"),
            Button("Yine de tamamla", f"done_unticked:{ticket.id}"),
        ],
        slot=f"checklist_open:{ticket.id}",
        fresh=True,
        ticket=ticket,
        items=items,
    )
    return True


def ask_why_open(turn: Turn, ticket: Ticket) -> None:
    """Yine de tamamla: why?"""
    require(turn.person, Action.RESOLVE, ticket)
    prompts.ask(turn, ticket, Expect.OPEN_LINES, "prompt_open_lines")


def why_open_said(turn: Turn, waiting: Expectation, why: str) -> Ticket:
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    checklists.excuse(turn, ticket, why)
    slot = prompts.answered(turn, ticket)
    if slot is not None:
        turn.uow.messages.disable_buttons(turn.address, slot)
    turn.uow.messages.disable_buttons(turn.address, f"checklist_open:{ticket.id}")
    return ticket


# --- /liste ---------------------------------------------------------------------------------------
def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/liste`, `/liste ekle oda-tasima konu tasima-nakil: Oda taşıma`, its lines below; `/liste sil oda-tasima`."""
    if (added := _ADDS.match(words)) is not None:
        title, *lines = re.split(r"[\n;]", added["text"])
        items = read_items(lines)
        _wrote(turn, checklists.write(turn, folded(added["name"]), title.strip(), items, added["category"]))
    elif (dropped := _DROPS.match(words)) is not None:
        _wrote(turn, checklists.write(turn, folded(dropped["name"]), "", ()))
    elif words:
        raise Invalid("checklist_unreadable")
    else:
        unit = turn.person.unit
        if unit is None:
            raise Invalid("canned_unit")
        lists, keeps = checklists.of_unit(turn, unit), may(turn.person, Action.KEEP_CHECKLISTS)
        turn.say(turn.address, "checklists", lists=lists, keeps=keeps, unit=unit)


def _wrote(turn: Turn, written: Checklist) -> None:
    turn.receipt(
        Effect.CHANGED,
        "checklist_written",
        buttons=[Button("Geri al", f"list_back:{written.id}")],
        slot=f"list:{written.id}",
        fresh=True,
        written=written,
    )


def _take_back(turn: Turn, key: str) -> None:
    written = turn.uow.checklists.get(int(key))
    done = checklists.take_back(turn, written)
    if done is not Effect.NONE:
        turn.receipt(done, "checklist_taken_back", slot=f"list:{written.id}", written=written)


BUTTONS: dict[str, Callable[..., None]] = {"list_back": _take_back}
