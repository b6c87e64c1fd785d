"""Signed-in browsers: who a cookie stands for, how a session begins and ends. Only hashes of cookies come here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.domain.people import Person
from handlers.ports import Session, UnitOfWork

SEEN_EVERY = timedelta(minutes=5)
"""A session that is used is noted as seen so often at most."""
_AGENT_LETTERS = 200


class SessionEnded(Exception):
    """It was ended, or not used for too long."""


class PersonLeft(Exception):
    """The person of this session has left: nobody speaks from it any more."""


def person_of(uow: UnitOfWork, token_hash: str, now: datetime, lifetime: timedelta) -> Person | None:
    """None: no session has begun with this cookie yet. Raises SessionEnded, PersonLeft."""
    session = uow.sessions.get(token_hash)
    if session is None:
        return None
    person = uow.people.get(session.person)
    if person.gone:
        raise PersonLeft
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
        )
    )


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
