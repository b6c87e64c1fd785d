"""`masa search`: what `/ara` finds, for whoever looks after the desk or as somebody may see it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.app import build_desk
from bot.clock import process_clock
from bot.commands import output
from bot.commands.sources import house_settings, opened_store
from bot.errors import OperatorError
from handlers.context import Acting
from handlers.domain.people import Person, Role
from handlers.ports import UnitOfWork
from handlers.queries.search import Limits, Results
from handlers.queries.search import search as look_up
from handlers.terms import STATES

LIMITS = Limits(tickets=30, people=12, articles=8)
CONSOLE = "console"


def search(
    words: Annotated[list[str], typer.Argument(metavar="KELİME…", help="Numara, ad, oda, yazılan, yapılan.")],
    handle: Annotated[str | None, typer.Option("--as", help="Yalnız bu kişinin görebilecekleri.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Her satır bir JSON nesnesi.")] = False,
) -> None:
    """Kayıt, kişi ve çözüm adımı arar; güvenlik kayıtları bulunmaz."""
    settings = house_settings()
    desk = build_desk(settings)

    def work(uow: UnitOfWork) -> tuple[Results, list[dict[str, Any]]]:
        person = Person(handle=CONSOLE, role=Role.ADMIN) if handle is None else uow.people.by_handle(handle)
        if person is None or person.gone:
            raise OperatorError(f"--as: {handle!r}; expected the handle of somebody who is here: masa people list")
        now = process_clock().now()
        acting = Acting(desk=desk, uow=uow, now=now, person=person, channel=CONSOLE, event_key="")
        results = look_up(acting, " ".join(words), LIMITS)
        return results, list(_documents(acting, results))

    with opened_store(settings) as store:
        results, documents = store.read(work)
    if results.too_slow:
        raise OperatorError("the search took too long; expected more words, or the number of a ticket")
    if as_json:
        for document in documents:
            output.print_json(document)
    elif documents:
        columns = ("", "No, hesap", "Konu, ad", "Durum", "Nerede", "Ne zaman")
        rows = ([_cell(one, name) for name in ("kind", "key", "title", "state", "where", "at")] for one in documents)
        output.console().print(output.table(f"“{results.typed}”", columns, rows))
    else:
        near = f" Şunu mu demek istediniz: {', '.join(results.meant)}" if results.meant else ""
        print(f"“{output.shown(results.typed)}” için bir şey bulunamadı.{near}")


def _documents(acting: Acting, results: Results) -> list[dict[str, Any]]:
    """Best first."""
    people = acting.uow.people
    tickets = [
        {
            "kind": "ticket",
            "number": hit.ticket.number,
            "title": acting.desk.subject(hit.ticket),
            "state": hit.ticket.state.value,
            "where": _place(people.get(hit.ticket.reporter)),
            "at": hit.ticket.opened_at.isoformat(),
        }
        for hit in results.tickets
    ]
    named = [
        {"kind": "person", "handle": hit.person.handle, "title": hit.person.name, "where": _place(hit.person)}
        for hit in results.people
    ]
    articles = [{"kind": "article", "id": hit.article.id, "title": hit.article.title} for hit in results.articles]
    return [*tickets, *named, *articles]


def _place(person: Person) -> str:
    return ", ".join(filter(None, (person.department, person.room)))


_KINDS = {"ticket": "kayıt", "person": "kişi", "article": "çözüm adımı"}


def _cell(document: dict[str, Any], name: str) -> str:
    match name:
        case "kind":
            return _KINDS[document["kind"]]
        case "key":
            return str(document.get("number") or document.get("handle") or document.get("id"))
        case "state":
            return STATES.get(document.get("state", ""), "")
        case "at":
            return str(document.get("at", ""))[:10]
        case _:
            return str(document.get(name, ""))
