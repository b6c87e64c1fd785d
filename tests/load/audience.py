"""Many signed-in people at once, on either database: `add(url, 3000)` gives their cookies."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping

from sqlalchemy import Connection, create_engine, insert, select
from sqlalchemy.pool import NullPool

from bot.clock import SystemClock
from handlers.domain.notice import DEFAULT as NOTICE
from storage.tables import account, conversation, person, session


def add(url: str, count: int) -> list[str]:
    """`kisi0`, `kisi1` … with a private talk on the web and a session each; the tables must be there."""
    engine = create_engine(url, poolclass=NullPool)
    handles = [f"kisi{number}" for number in range(count)]
    cookies = [secrets.token_urlsafe(32) for _ in handles]
    with engine.begin() as connection:
        connection.execute(insert(person), [_person(handle) for handle in handles])
        found = connection.execute(select(person.c.handle, person.c.id).where(person.c.handle.like("kisi%")))
        ids = {row.handle: row.id for row in found}
        places = [
            {"address": f"web:p:{handle}", "channel": "web", "person": ids[handle], "is_room": False, "blocked": False}
            for handle in handles
        ]
        connection.execute(insert(conversation), places)
        accounts = [
            {"channel": "web", "name": handle, "person": ids[handle], "conversation": f"web:p:{handle}"}
            for handle in handles
        ]
        connection.execute(insert(account), accounts)
        sign_in(connection, {ids[handle]: cookie for handle, cookie in zip(handles, cookies, strict=True)})
    engine.dispose()
    return cookies


def sign_in(connection: Connection, cookies: Mapping[int, str]) -> None:
    """Cookies by person."""
    now = SystemClock().now()
    sessions = [
        {"token_hash": _hash(cookie), "person": who, "created_at": now, "seen_at": now}
        for who, cookie in cookies.items()
    ]
    connection.execute(insert(session), sessions)


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


def _person(handle: str) -> dict[str, object]:
    return {
        "handle": handle,
        "name": f"Kişi {handle[4:]}",
        "role": "requester",
        "department": "Ölçüm",
        "phone_key": "",
        "email_key": "",
        "staff_no": "",
        "search": handle,
        "verified": True,
        "notice_version": NOTICE.version,
    }
