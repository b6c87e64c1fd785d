"""`/izin`: who is away, shown before it is written down; what becomes of their tickets; taking it back.

/izin 3-7 Aralık yıllık · /izin yarın · /izin bugün 14.00 sonrası · by a lead: /izin Mehmet bugün
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from handlers import dates
from handlers.chat import shortcuts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.absences import Absence, AbsenceKind, Choice, Fate
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, may, may_enter_leave_of, require
from handlers.domain.ticket import Ticket
from handlers.inflections import at_whom, to_whom
from handlers.messages import Button, PostedMessage
from handlers.people import absences
from handlers.spoken_time import near_days
from handlers.terms import first_name
from handlers.tickets import handing_over
from knowledge.language import comparison
from knowledge.language.folding import folded

MAX_RECEIVERS = 6
MAX_BUTTONS = 8
MAX_TICKETS = 10
_KINDS = {
    "yillik": AbsenceKind.ANNUAL,
    "senelik": AbsenceKind.ANNUAL,
    "gorev": AbsenceKind.DUTY,
    "gorevli": AbsenceKind.DUTY,
    "gorevde": AbsenceKind.DUTY,
    "egitim": AbsenceKind.TRAINING,
    "egitimde": AbsenceKind.TRAINING,
    "kurs": AbsenceKind.TRAINING,
    "idari": AbsenceKind.ADMINISTRATIVE,
}
_ONESELF = frozenset(
    ("izin", "izinli", "izinliyim", "ben", "benim", "bana", "kendim", "hasta", "hastayim", "rapor", "raporluyum")
)
"""What somebody who leads others may begin with who means themselves."""
_MARK = "|"


def without_reason(words: str, today: date) -> str:
    """Of `/izin yarın hastayım` what is kept: the days. Why somebody is away is nobody's matter (KVKK m.6)."""
    try:
        rest = dates.read(words, today).rest.split()
    except Invalid:
        rest = words.split()
    left = list(rest)
    kept = []
    for word in words.split():
        if word.strip(" ,;:.-–") in left:
            left.remove(word.strip(" ,;:.-–"))
        else:
            kept.append(word)
    return " ".join(["/izin", *kept, *(["…"] if rest else [])])


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Who is away; with days: that somebody would be."""
    require(turn.person, Action.TAKE_LEAVE)
    if not words.strip() or shortcuts.removes(words):
        _list(turn, dropping=bool(words.strip()))
        return
    today = turn.working_time(turn.person.unit).local_date(turn.now)
    try:
        said = dates.read(words, today)
    except Invalid as refusal:
        if refusal.reason != "days_reversed":
            raise
        _ask_reversed(turn, refusal, words)
        return
    kind = next((_KINDS[word] for word in folded(said.rest).split() if word in _KINDS), AbsenceKind.OTHER)
    whose = _whose(turn, said.rest)
    if whose.id == turn.person.id:
        _require_no_name(turn, words, said.rest)
    _propose(turn, absences.proposed(turn, whose, said.days, kind, starts=said.starts, ends=said.ends))


def _require_no_name(turn: Turn, words: str, rest: str) -> None:
    """Whoever enters others' leaves and begins with a word that is nobody's name would write down their own. Raises
    Invalid(`no_such_colleague`)."""
    first = words.split()[0].strip(",;:.")
    known = (*_KINDS, *_ONESELF)
    if may(turn.person, Action.ENTER_LEAVE) and first in rest.split() and folded(first) not in known:
        others = [one for one in turn.uow.people.everybody() if may_enter_leave_of(turn.person, one)]
        names = [(one.id, word) for one in others for word in one.name.split()]
        near = set(comparison.nearest(first[:40], names, comparison.NAMES, limit=3))
        meant = [one.name or one.handle for one in others if one.id in near]
        raise Invalid("no_such_colleague", typed=first[:40], near=meant)


def _ask_reversed(turn: Turn, refusal: Invalid, words: str) -> None:
    """`7-3 Aralık`: the other way round?"""
    first, last = refusal.data["last"], refusal.data["first"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    today = turn.working_time(turn.person.unit).local_date(turn.now)
    person = _whose(turn, words)
    turn.say(
        turn.address,
        "leave_reversed",
        buttons=[Button("Evet", f"leave_days:{person.id}:{first}{_MARK}{last}"), Button("Vazgeç", "leave_drop")],
        slot="leave_preview",
        fresh=True,
        first=first,
        last=last,
        today=today,
    )


def _whose(turn: Turn, rest: str) -> Person:
    """Of whoever leads somebody a name says whose leave it is; anybody else speaks of their own."""
    if not may(turn.person, Action.ENTER_LEAVE):
        return turn.person
    words = {word.partition("'")[0] for word in folded(rest).split()}
    counted: dict[int, list[Person]] = {}
    for one in turn.uow.people.everybody():
        if one.id != turn.person.id and may_enter_leave_of(turn.person, one):
            named = len(words & {*folded(one.name).split(), folded(one.handle)})
            counted.setdefault(named, []).append(one)
    best = max((count for count in counted if count), default=0)
    if not best:
        return turn.person
    if len(counted[best]) > 1:
        raise Invalid("which_colleague", near=[one.name or one.handle for one in counted[best]])
    return counted[best][0]


def _propose(turn: Turn, absence: Absence) -> None:
    person = turn.uow.people.get(absence.person)
    written = _MARK.join([absence.starts.isoformat(), absence.ends.isoformat(), absence.kind])
    turn.say(
        turn.address,
        "leave_preview",
        buttons=[Button("Evet, yaz", f"leave_add:{absence.person}:{written}"), Button("Vazgeç", "leave_drop")],
        slot="leave_preview",
        fresh=True,
        who=person,
        own=person.id == turn.person.id,
        alone=absences.days_alone(turn, absence),
        **absences.days_of(turn, person, absence),
    )


def _days(turn: Turn, person: str, written: str) -> None:
    """Evet: the days the other way round."""
    first, last = (date.fromisoformat(day) for day in written.split(_MARK))
    _propose(turn, absences.proposed(turn, _person(turn, person), [first, last]))


def _person(turn: Turn, key: str) -> Person:
    return turn.uow.people.get(PersonId(int(key)))


def _add(turn: Turn, person: str, written: str) -> None:
    """Evet, yaz."""
    starts, ends, kind = written.split(_MARK)
    absence = absences.add(
        turn,
        Absence(
            person=PersonId(int(person)),
            starts=datetime.fromisoformat(starts),
            ends=datetime.fromisoformat(ends),
            kind=AbsenceKind(kind),
            entered_by=turn.person.id,
            entered_at=turn.now,
        ),
    )
    who = _person(turn, person)
    held = turn.uow.tickets.held_by(who.id) if absence.ends > turn.now else []
    turn.receipt(
        Effect.CHANGED,
        "leave_added",
        buttons=[
            *(_fates(turn, absence, f"leave_all:{absence.id}") if held else []),
            *([Button("Tek tek seçeyim", f"leave_each:{absence.id}")] if len(held) > 1 else []),
            Button("Geri al", f"leave_undo:{absence.id}"),
        ],
        slot="leave_preview",
        who=who,
        own=who.id == turn.person.id,
        count=len(held),
        **absences.days_of(turn, who, absence),
    )


def _fates(turn: Turn, absence: Absence, verb: str) -> list[Button]:
    others = absences.receivers(turn, absence)[:MAX_RECEIVERS]
    own = absence.person == turn.person.id
    who = turn.uow.people.get(absence.person)
    stays = "Bende kalsın" if own else f"{at_whom(first_name(who))} kalsın"
    return [
        Button("Birime bırak", f"{verb}:{Fate.TO_UNIT}"),
        *[Button(f"{to_whom(one.name or one.handle)} devret", f"{verb}:{one.id}") for one in others],
        Button(stays, f"{verb}:{Fate.STAYS}"),
    ]


def _choice(value: str) -> Choice:
    return Choice(Fate.TO_PERSON, PersonId(int(value))) if value.isdecimal() else Choice(Fate(value))


def _choose(turn: Turn, key: str, value: str) -> None:
    """Birime bırak, … devret, Bende kalsın."""
    absence = turn.uow.absences.get(int(key))
    choice = _choice(value)
    count = absences.choose(turn, absence, choice)
    turn.receipt(
        Effect.CHANGED,
        "leave_chosen",
        buttons=[Button("Devir notlarına bak", f"leave_each:{key}")] if count and absence.begun_at is None else [],
        slot=f"leave_fate:{key}",
        fresh=True,
        fate=choice.fate.value,
        to=None if choice.to is None else turn.uow.people.get(choice.to),
        count=count,
        begun=absence.begun_at is not None,
    )


def _each(turn: Turn, key: str) -> None:
    """Tek tek seçeyim, Devir notlarına bak: each ticket with its note and its own choice."""
    absence = turn.uow.absences.get(int(key))
    absences.require_for(turn, turn.uow.people.get(absence.person))
    held = turn.uow.tickets.held_by(absence.person)
    chosen = turn.uow.absences.choices(absence.id)
    for ticket in held[:MAX_TICKETS]:
        _show_ticket(turn, absence, ticket, chosen.get(ticket.id, absence.choice))
    if len(held) > MAX_TICKETS:
        turn.say(turn.address, "leave_more", count=len(held) - MAX_TICKETS, shown=MAX_TICKETS)


def _show_ticket(turn: Turn, absence: Absence, ticket: Ticket, choice: Choice | None) -> None:
    turn.say(
        turn.address,
        "leave_ticket",
        buttons=_fates(turn, absence, f"leave_one:{absence.id}:{ticket.id}"),
        slot=f"leave_ticket:{absence.id}:{ticket.id}",
        ticket=ticket,
        title=turn.desk.subject(ticket),
        note=handing_over.note_for_the_next(turn, ticket),
        fate="" if choice is None else choice.fate.value,
        to=None if choice is None or choice.to is None else turn.uow.people.get(choice.to),
    )


def _choose_one(turn: Turn, key: str, rest: str) -> None:
    ticket_id, value = rest.split(":")
    absence, ticket = turn.uow.absences.get(int(key)), turn.uow.tickets.get(int(ticket_id))
    choice = _choice(value)
    absences.choose_for(turn, absence, ticket, choice)
    _show_ticket(turn, absence, ticket, choice)


def _drop(turn: Turn) -> None:
    turn.say(turn.address, "leave_dropped", slot="leave_preview")


def _undo(turn: Turn, key: str) -> None:
    """Geri al."""
    absence = turn.uow.absences.get(int(key))
    ended = absences.take_back(turn, absence)
    if ended is None:
        return
    who = turn.uow.people.get(absence.person)
    turn.receipt(
        Effect.CHANGED,
        "leave_taken_back",
        who=who,
        own=who.id == turn.person.id,
        ended=ended.withdrawn_at is None,
        **absences.days_of(turn, who, absence),
    )


def _list(turn: Turn, *, dropping: bool = False) -> None:
    """`dropping`: to take one back. Raises Invalid(`nothing_to_drop`)."""
    found = absences.coming(turn)
    mine = [(who, one) for who, one in found if may_enter_leave_of(turn.person, who)]
    if dropping and not mine:
        raise Invalid("nothing_to_drop")
    turn.say(
        turn.address,
        "leaves",
        buttons=[_undo_button(turn, who, one) for who, one in mine[:MAX_BUTTONS]],
        slot="leaves",
        fresh=True,
        leaves=[(who, absences.days_of(turn, who, one)) for who, one in found],
        leads=may(turn.person, Action.ENTER_LEAVE),
        dropping=dropping,
    )


def _undo_button(turn: Turn, who: Person, absence: Absence) -> Button:
    days = absences.days_of(turn, who, absence)
    when = near_days(days["first"], days["last"], days["today"])
    return Button(f"Geri al: {who.short_name}, {when}", f"leave_undo:{absence.id}")


BUTTONS: dict[str, Callable[..., None]] = {
    "leave_add": _add,
    "leave_all": _choose,
    "leave_days": _days,
    "leave_drop": _drop,
    "leave_each": _each,
    "leave_one": _choose_one,
    "leave_undo": _undo,
}
