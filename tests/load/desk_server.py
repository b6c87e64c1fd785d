"""A `masa run` with many signed-in people, for the benchmark: `python -m tests.load.desk_server FOLDER PEOPLE`.

Everything is the real thing but the number of messages a person may send a minute. The cookies go to `cookies`.
"""

from __future__ import annotations

import hashlib
import secrets
import sys
from dataclasses import replace
from pathlib import Path

import uvloop

from bot import demo, logs
from bot.app import App, build
from bot.commands import run
from bot.config import Settings, Web
from handlers.access import private_address
from handlers.domain.people import Account, Person
from handlers.ports import Conversation, Session, UnitOfWork


def main(folder: Path, count: int) -> None:
    settings = Settings(
        database_url=f"sqlite:///{folder / 'masa.db'}", data_dir=folder / "files", web=Web(port=0), institution="Ölçüm"
    )
    logs.configure(secrets=settings.secrets)
    listening = run._listen(settings)
    app = build(settings)
    demo.prepare(app.store, settings, app.desk)
    cookies = app.store.write(lambda uow: _people(uow, count, app))
    (folder / "cookies").write_text("\n".join(cookies))
    made = run.web.WebSettings

    def unhurried(**fields: object) -> object:
        return replace(made(**fields), messages_a_minute=1_000_000)  # type: ignore[arg-type] # passed on as they came

    run.web.WebSettings = unhurried  # type: ignore[misc,assignment] # this process only
    uvloop.run(run._serve(app, listening))


def _people(uow: UnitOfWork, count: int, app: App) -> list[str]:
    now = app.reception.now()
    cookies = []
    for number in range(count):
        person = uow.people.add(
            Person(handle=f"kisi{number}", name=f"Kişi {number}", department="Ölçüm", verified=True, notice_version=1)
        )
        account = Account("web", person.handle)
        address = private_address(account)
        uow.conversations.ensure(Conversation(address=address, channel="web", person=person.id))
        uow.people.link(account, person.id, address)
        cookie = secrets.token_urlsafe(32)
        hashed = hashlib.sha256(cookie.encode()).hexdigest()
        uow.sessions.add(Session(token_hash=hashed, person=person.id, created_at=now, seen_at=now))
        cookies.append(cookie)
    return cookies


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
