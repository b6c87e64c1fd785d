"""The lines of a document's history: codes, ids and days; never what people wrote."""

from __future__ import annotations

from datetime import date

from handlers.context import Acting
from handlers.domain.document_tracks import DocumentTrack
from handlers.domain.people import PersonId
from handlers.domain.store_events import StoreEvent, Stream
from knowledge.language.device_keys import make_key

Code = str | int | bool | None


def note(
    acting: Acting,
    what: str,
    after: DocumentTrack,
    before: DocumentTrack | None = None,
    *,
    acting_for: tuple[PersonId, ...] = (),
) -> None:
    """Only what differs; of subject and sender no more than that they changed."""
    old, new = ({} if before is None else _codes(before)), _codes(after)
    changed = [name for name in new if old.get(name) != new[name]]
    values: dict[str, Code] = {name: new[name] for name in changed}
    words = [name for name in ("sender", "subject") if before and getattr(before, name) != getattr(after, name)]
    if words:
        values["words"] = " ".join(words)
    event = StoreEvent(
        at=acting.now,
        who=acting.person.id,
        channel=acting.channel,
        what=what,
        before={name: old[name] for name in changed if name in old},
        after=values,
        ref=str(after.number),
        acting_for=acting_for,
    )
    acting.uow.store_events.append(Stream.DOCUMENT, after.id, event)


def _codes(one: DocumentTrack) -> dict[str, Code]:
    return {
        "registry_no": make_key(one.registry_no),
        "came_on": one.came_on.isoformat(),
        "dated": _day(one.dated),
        "kind": one.kind.value,
        "last_day": _day(one.last_day),
        "enclosures": one.enclosures,
        "holder": one.holder,
        "ticket": one.ticket,
        "result": None if one.result is None else one.result.value,
        "answer_no": make_key(one.answer_no),
        "withdrawn": one.withdrawn_at is not None,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
