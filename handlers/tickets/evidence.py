"""What is wanted of whoever completes a düzenli iş, a photo, a file or a number: asked for once, given or excused."""

from __future__ import annotations

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.recurring import Evidence
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import EntryKind, Ticket
from handlers.tickets import cards, entries, timing
from handlers.tickets.correspondence import add_note

FACT = "kanit"
"""Of a ticket: what is wanted of it, as the card says it."""
SAID: dict[Evidence, str] = {Evidence.PHOTO: "fotoğraf", Evidence.FILE: "dosya", Evidence.NUMBER: "sayı"}
MISSING = "missing"


def wanted(work: UseCaseContext, ticket: Ticket) -> Evidence | None:
    """What has neither come nor been excused yet."""
    said = ticket.facts.get(FACT)
    kind = next((one for one, word in SAID.items() if word == said), None)
    if kind is None or any(one.what is Change.PROVED for one in timing.history_of(work, ticket)):
        return None
    written = [one for one in work.uow.tickets.entries(ticket.id) if one.kind is not EntryKind.REPORT]
    came = kind is not Evidence.NUMBER and any(fits(work, kind, one.text, one.files) for one in written)
    return None if came else kind


def fits(work: UseCaseContext, kind: Evidence, text: str, files: tuple[str, ...]) -> bool:
    """Whether that is what is wanted."""
    match kind:
        case Evidence.NUMBER:
            return any(sign.isdecimal() for sign in text)
        case Evidence.FILE:
            return bool(files)
        case Evidence.PHOTO:
            known = [work.uow.attachments.get(file) for file in files]
            return any(one is not None and one.media_type.startswith("image/") for one in known)


def require_given(work: UseCaseContext, ticket: Ticket) -> None:
    """Raises Invalid(`evidence_missing`)."""
    if (kind := wanted(work, ticket)) is not None:
        raise Invalid("evidence_missing", ticket=ticket, what=SAID[kind])


def give(acting: Acting, ticket: Ticket, text: str, files: tuple[str, ...] = ()) -> Effect:
    """It, or in words why there is none; a file of another kind without words is kept, and does not answer.

    Raises NotAllowed.
    """
    require(acting.person, Action.RESOLVE, ticket)
    kind = wanted(acting, ticket)
    if kind is None:
        return Effect.NONE
    came = fits(acting, kind, text, files)
    if not came and not text:
        add_note(acting, ticket, "", files)
        return Effect.NONE
    entries.write(acting, ticket, EntryKind.NOTE, text, files)
    for file in files:
        acting.uow.attachments.for_ticket(file, ticket.id)
    reason = None if came else MISSING
    ticket.log(
        Change.PROVED, by=acting.person.id, at=acting.now, channel=acting.channel, after=kind.value, reason=reason
    )
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    return Effect.CHANGED
