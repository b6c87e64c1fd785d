"""Signed-in browsers: who a cookie stands for, how a session begins and ends. Only hashes of cookies come here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.domain.people import Person
from handlers.ports import Session, UnitOfWork

SEEN_EVERY = timedelta(minutes=5)
"""A session that is used is noted as seen so often at most."""
_AGENT_LETTERS = 200
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


class SessionEnded(Exception):
    """It was ended, or not used for too long."""


class SessionRenewed(SessionEnded):
    """It goes on under another cookie, which only the browser has that sent the request `renewed_with`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


class PersonLeft(Exception):
    """The person of this session has left: nobody speaks from it any more."""


def person_of(uow: UnitOfWork, token_hash: str, now: datetime, lifetime: timedelta) -> Person | None:
    """None: no session has begun with this cookie yet. Raises SessionEnded, SessionRenewed, PersonLeft."""
    session = uow.sessions.get(token_hash)
    if session is None:
        return None
    person = uow.people.get(session.person)
    if person.gone:
        raise PersonLeft
    if session.renewed_with:
        raise SessionRenewed(session)
    if session.ended_at is not None or now - session.seen_at > lifetime:
        raise SessionEnded
    return person


def is_due_for_seen(uow: UnitOfWork, token_hash: str, now: datetime) -> bool:
    session = uow.sessions.get(token_hash)
    return session is not None and now - session.seen_at > SEEN_EVERY


def note_seen(uow: UnitOfWork, token_hash: str, now: datetime) -> None:
    uow.sessions.seen(token_hash, now)


def begin(uow: UnitOfWork, token_hash: str, person: Person, now: datetime, user_agent: str) -> None:
    uow.sessions.add(
        Session(
            token_hash=token_hash,
            person=person.id,
            created_at=now,
            seen_at=now,
            user_agent=user_agent[:_AGENT_LETTERS],
            rights=_rights(person),
        )
    )


def has_other_rights(uow: UnitOfWork, token_hash: str, person: Person) -> bool:
    """What the person may do has changed since this cookie was given out: who knew it before must not have them."""
    session = uow.sessions.get(token_hash)
    return session is not None and session.rights not in ("", _rights(person))


def renew(
    uow: UnitOfWork, old: str, new: str, person: Person, now: datetime, user_agent: str, *, with_request: str
) -> None:
    """The session goes on under another cookie, and the old one is worth nothing from now on.

    Where `old` stands for no session yet, one begins: no cookie that a browser brought along is ever signed in. Asked
    again with the same request, since its answer was lost, the cookie of that answer ends as well.
    """
    session = uow.sessions.get(old)
    if session is None:
        begin(uow, old, person, now, user_agent)
        session = uow.sessions.get(old)
    assert session is not None  # it was begun a line ago
    lost: list[Session] = []
    if session.renewed_with:
        lost = [one for one in open_sessions(uow, person) if one.created_at == session.ended_at]
    for one in lost:
        uow.sessions.end(person.id, now, one.token_hash)
    session.ended_at, session.renewed_with = now, with_request
    uow.sessions.save(session)
    begin(uow, new, person, now, user_agent)
    for of in (old, *(one.token_hash for one in lost)):
        uow.push_subscriptions.move(of, new)


def hand_over(uow: UnitOfWork, owner: Person, person: Person, *, with_request: str) -> None:
    """The browser that sent this request is `person`'s from now on; all others stay its owner's."""
    sent = next((session for session in uow.sessions.of(owner.id) if session.renewed_with == with_request), None)
    if sent is None:
        return
    for session in open_sessions(uow, owner):
        if session.created_at == sent.ended_at:
            uow.sessions.move(owner.id, person.id, session.token_hash)


def _rights(person: Person) -> str:
    """One line for each set of rights: whose, and what they are."""
    verified = "verified" if person.verified else "unverified"
    return f"{person.id} {person.role.value} {person.unit or '-'} {verified}"


def open_sessions(uow: UnitOfWork, person: Person) -> Sequence[Session]:
    return [session for session in uow.sessions.of(person.id) if session.ended_at is None]


def end(uow: UnitOfWork, token_hash: str, now: datetime) -> None:
    """Sign this browser out; nothing happens where it was not signed in."""
    session = uow.sessions.get(token_hash)
    if session is not None:
        uow.sessions.end(session.person, now, token_hash)


def end_one(uow: UnitOfWork, person: Person, token_hash: str, now: datetime) -> None:
    """Nothing happens where it is not one of this person's open sessions."""
    for session in open_sessions(uow, person):
        if session.token_hash == token_hash:
            uow.sessions.end(person.id, now, token_hash)


def end_others(uow: UnitOfWork, person: Person, keep: str, now: datetime) -> None:
    """All of the person's but the one to `keep`."""
    for session in open_sessions(uow, person):
        if session.token_hash != keep:
            uow.sessions.end(person.id, now, session.token_hash)


def device(agent: str) -> str:
    """`Chrome · Windows`, as far as the browser told."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "Tarayıcı")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} · {system}" if system else browser
