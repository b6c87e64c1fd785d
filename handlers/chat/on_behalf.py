"""`/adina`: a ticket for a colleague who phoned or stands at the door, told of it or not."""

from __future__ import annotations

import re

from handlers.chat import drafts, open_ticket, report_answers
from handlers.chat.turn import Turn
from handlers.domain.audience import VEILED
from handlers.domain.departments import UNKNOWN
from handlers.domain.dialog import Draft, Expect, Expectation, Phase
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import Person, PersonId, told_apart
from handlers.domain.rights import Action, require
from handlers.messages import Button, PostedMessage
from knowledge import Decision, Intent
from knowledge.language.folding import folded

MAX_OFFERED = 8
"""People of one name shown as buttons; whoever is not among them is had with the müdürlük beside the name."""


def start(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/adina`, or all at once: `/adina Ayşe Yılmaz: yazıcı yazdırmıyor`."""
    require(turn.person, Action.OPEN_FOR_OTHERS)
    name, said = _name_and_report(words)
    draft = Draft(id=turn.desk.randomness.token()[:16], started_at=turn.now, changed_at=turn.now, phase=Phase.CALLER)
    if said:
        draft.texts.append(said)
        draft.keys.append(turn.event_key)
    draft.files.extend(turn.files)
    turn.dialog.draft = draft
    if name:
        named(turn, name)
    else:
        turn.dialog.expects = Expectation(kind=Expect.CALLER)
        turn.say(turn.address, "caller_who")


def _name_and_report(typed: str) -> tuple[str, str]:
    """`Ayşe Yılmaz: yazıcı …`, or each in a line of its own."""
    name, *said = re.split(r":|\n", typed.strip(), maxsplit=1)
    return name.strip(), "".join(said).strip()


def named(turn: Turn, name: str, files: tuple[str, ...] = ()) -> None:
    """A name (also with the müdürlük) or a handle: one match is taken, several become buttons, and so does who is only
    called nearly so; none may be somebody new. What is told after a colon is what they reported."""
    draft = _draft(turn)
    name, said = _name_and_report(name)
    draft.files.extend(files)
    if said and not draft.texts:
        draft.texts.append(said)
        draft.keys.append(turn.event_key)
    found = _called(turn, name)
    draft.reasons = [name]  # kept until it is known who is meant
    if len(found) == 1:
        _is(turn, draft, found[0])
        return
    like = [] if found else [person for person in turn.uow.people.like(name) if person.known]
    turn.dialog.expects = Expectation(kind=Expect.CALLER)
    shown = (found or like)[:MAX_OFFERED]
    labels = told_apart(shown, department=True)
    buttons = [
        *[Button(label, f"caller_is:{draft.id}:{p.id}") for p, label in zip(shown, labels, strict=True)],
        Button(f"Listede yok: {name[:40]}", f"caller_new:{draft.id}"),
    ]
    turn.say(
        turn.address,
        "caller_which",
        buttons=buttons,
        slot=f"caller:{draft.id}",
        name=name,
        found=found,
        like=like,
        shown=len(shown),
    )


def _called(turn: Turn, name: str) -> list[Person]:
    """Everybody who may be meant: "Ali" not Alican, where there is an Ali. A handle that is no word of a name
    ("fatma.yildiz2") means its owner alone."""
    owner = turn.uow.people.by_handle(folded(name))
    if owner is not None and not owner.gone and owner.known and not name.isalpha():
        return [owner]
    found = [person for person in turn.uow.people.named(name) if person.known]
    words = set(folded(name).split())
    whole = [p for p in found if words <= set(folded(f"{p.name} {p.handle} {p.department} {p.room}").split())]
    return whole or found


def chosen(turn: Turn, draft: Draft, person: str) -> None:
    _is(turn, draft, turn.uow.people.get(PersonId(int(person))))


def unknown(turn: Turn, draft: Draft) -> None:
    """Somebody the staff list does not have: a person of that name, unverified."""
    if draft.for_person is not None or not draft.reasons:
        return
    name = draft.reasons[0]
    handle = folded(name).replace(" ", ".") or "arayan"
    _is(turn, draft, turn.uow.people.add(Person(handle=handle, name=name, department=UNKNOWN)))


def _is(turn: Turn, draft: Draft, person: Person) -> None:
    if draft.for_person is not None:
        return
    draft.for_person, draft.reasons = person.id, []
    turn.uow.messages.disable_buttons(turn.address, f"caller:{draft.id}")
    turn.dialog.expects = None
    if draft.texts:
        _offer(turn, draft)
    else:
        turn.dialog.expects = Expectation(kind=Expect.CALLER_REPORT)
        turn.say(turn.address, "caller_what", caller=person)


def told(turn: Turn, text: str, files: tuple[str, ...]) -> None:
    """What the caller said."""
    draft = _draft(turn)
    draft.texts.append(text)
    draft.keys.append(turn.event_key)
    draft.files.extend(files)
    turn.dialog.expects = None
    _offer(turn, draft)


def _offer(turn: Turn, draft: Draft) -> None:
    """What was understood; told or untold. A wrong subject is corrected on the card."""
    reading = drafts.understand(turn, draft)
    report_answers.take_in(draft, reading)
    if reading.intent is Intent.report and reading.decision is not Decision.reject and reading.candidates:
        draft.category, draft.article = reading.candidates[0].category, reading.candidates[0].article
    draft.urgent = reading.hazard is not None
    draft.changed_at, draft.phase = turn.now, Phase.CALLER_OFFERED
    caller = turn.uow.people.get(draft.for_person or PersonId(0))
    hidden = turn.in_room and drafts.is_sensitive(turn, draft)
    turn.say(
        turn.address,
        "caller_offer",
        buttons=[
            Button("Kayıt aç, haber ver", f"open_told:{draft.id}"),
            Button("Kayıt aç, haber verme", f"open_untold:{draft.id}"),
        ],
        slot=draft.slot,
        caller=caller,
        title=turn.desk.title(VEILED if hidden else draft.category),
        text="" if hidden else draft.text,
    )


def corrected(turn: Turn, draft: Draft) -> None:
    """The technician edited on the platform what they had written down."""
    if draft.phase is Phase.CALLER_OFFERED:
        _offer(turn, draft)


def open_it(turn: Turn, draft: Draft, *, told: bool) -> None:
    require(turn.person, Action.OPEN_FOR_OTHERS)
    if draft.for_person is None:
        raise NotFound("draft", draft.id)
    draft.untold = not told
    open_ticket.open_draft(turn, draft)


def _draft(turn: Turn) -> Draft:
    draft = turn.dialog.draft
    if draft is None or not draft.phase.is_on_behalf:
        turn.dialog.expects = None
        raise Invalid("draft_over")
    return draft
