"""Many signed-in people at once, on either database: `add(url, 3000)` gives their cookies."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy import create_engine, insert, select
from sqlalchemy.pool import NullPool

from storage.tables import account, conversation, person, session


def add(url: str, count: int) -> list[str]:
    """`kisi0`, `kisi1` … with a private talk on the web and a session each; the tables must be there."""
    engine = create_engine(url, poolclass=NullPool)
    now = datetime.now(UTC)
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
        sessions = [
            {"token_hash": _hash(cookie), "person": ids[handle], "created_at": now, "seen_at": now}
            for handle, cookie in zip(handles, cookies, strict=True)
        ]
        connection.execute(insert(session), sessions)
    engine.dispose()
    return cookies


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
        "notice_version": 1,
    }
