"""A desk at the end of an archive, and who reads its panel."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, insert
from sqlalchemy.pool import NullPool

from storage.tables import session
from tests.load.installation import Process, Setup, processes
from tests.load.processes import exact_cpu_seconds, family
from tests.load.seed import ADMIN, AUDITOR, DIRECTOR, LEAD, NOW, TECHNICIANS

TECHNICIAN = TECHNICIANS
"""Of donanim, with role and unit as `tests.load.seed` gives them."""
READERS = {"technician": TECHNICIAN, "lead": LEAD, "director": DIRECTOR, "auditor": AUDITOR, "admin": ADMIN}
"""Who looks, by what they are."""
LISTS = "kayitlar"


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    """Of `TARGETS`."""
    who: str
    what: str
    path: str
    """Behind `/panel/`; `{size}`, `{half}` and `{number}` are filled in."""


@dataclass(frozen=True, slots=True)
class House:
    """A desk that runs, and who is signed in to it."""

    process: Process
    postmaster: int | None
    size: int
    cookies: Mapping[str, str]

    @property
    def newest(self) -> str:
        """A ticket of today, by a number that a house can have: a year has no millionth one."""
        return f"2026-{min(self.size, 999_999):06d}"

    def path(self, question: Question) -> str:
        filled = question.path.replace("{half}", str(self.size // 2)).replace("{number}", self.newest)
        return f"/panel/{filled.replace('{old}', f'2026-{self.size // 3:06d}')}"

    def cpu(self) -> float:
        """Of the desk and its database together."""
        servers = () if self.postmaster is None else family(self.postmaster)
        return sum(map(exact_cpu_seconds, (self.process.pid, *servers)))

    def get(self, who: str, path: str) -> tuple[bytes, bytes]:
        """The page, and how it went over the line. Raises ValueError for any other answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.process.port, timeout=120)
        line.request("GET", path, headers={"Cookie": f"masa={self.cookies[who]}", "Accept-Encoding": "gzip"})
        answer = line.getresponse()
        body = answer.read()
        line.close()
        if answer.status != 200:
            raise ValueError(f"{path}: {answer.status} {body[:300]!r}")
        return (gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body), body


@contextmanager
def house(setup: Setup, url: str, folder: Path, size: int, postmaster: int | None) -> Iterator[House]:
    cookies = {who: secrets.token_urlsafe(32) for who in READERS}
    sign_in(url, {READERS[who]: cookie for who, cookie in cookies.items()})
    folder.mkdir(exist_ok=True)
    with processes(setup, url, folder, NOW) as (process,):
        yield House(process, postmaster, size, cookies)


def sign_in(url: str, cookies: Mapping[int, str]) -> None:
    """As of the moment at which the archive ends."""
    engine = create_engine(url, poolclass=NullPool)
    rows = [
        {"token_hash": hashlib.sha256(cookie.encode()).hexdigest(), "person": who, "created_at": NOW, "seen_at": NOW}
        for who, cookie in cookies.items()
    ]
    with engine.begin() as connection:
        connection.execute(insert(session), rows)
    engine.dispose()
