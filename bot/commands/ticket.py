"""`masa ticket`: tickets and their history. Of security matters the content stays with lead and director, in chat."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.clock import process_clock
from bot.commands import output
from bot.commands.sources import catalogue, house_settings, opened_store, require_unit
from bot.config import Settings
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.states import Change, State, TicketEvent
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.ticket_number import TicketNumber, parse
from handlers.ports import UnitOfWork
from handlers.terms import CHANGES, PRIORITIES, STATES
from handlers.tickets.numbers import YEARS
from knowledge.language.typed import typed
from storage import Store

app = typer.Typer(help="Kayıtları listeler ve gösterir.")

THE_DESK = "masa"
WITHHELD = "(güvenlik kaydı: içeriğini yalnız şef ve müdür, sohbette görür)"
PAGE = 500
IN_A_TABLE = 50
SHORT = 60


@app.command("list", help="Kayıtlar, en yenisi önce.")
def list_tickets(
    unit: Annotated[str | None, typer.Option(help="Yalnız bu birim: donanim, yazilim …")] = None,
    state: Annotated[State | None, typer.Option(help="Yalnız bu durumdakiler.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="En çok kaç kayıt (tabloda 50; --json: hepsi).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Her satır bir JSON nesnesi.")] = False,
) -> None:
    settings = house_settings()
    require_unit(settings, unit)
    with opened_store(settings) as store:
        if as_json:
            for document in _documents(store, unit, state, limit):
                output.print_json(document)
        else:
            found = list(_documents(store, unit, state, (limit or IN_A_TABLE) + 1))
            _print_table(settings, found[: limit or IN_A_TABLE])
            if len(found) > (limit or IN_A_TABLE):
                output.console().print("Daha eskileri var: --limit SAYI, hepsi: --json")


@app.command(help="Bir kayıt ve geçmişi.")
def show(
    number: Annotated[str, typer.Argument(help="2026-000123, kısaca 123.")],
    as_json: Annotated[bool, typer.Option("--json", help="Tek bir JSON belgesi.")] = False,
) -> None:
    settings = house_settings()
    meant, year = parse(typed(number)), process_clock().now().astimezone(settings.timezone).year
    with opened_store(settings) as store:
        try:
            document, history = store.read(lambda uow: _with_history(uow, _find(uow, meant, year)))
        except NotFound:
            print(f"masa: no ticket {number!r}", file=sys.stderr)
            raise typer.Exit(1) from None
    if as_json:
        output.print_json({**document, "history": [entry for entry, _reason in history]})
    else:
        _print_ticket(settings, document, history)


def _find(uow: UnitOfWork, number: TicketNumber | None, year: int) -> Ticket:
    """A short number is the newest ticket's that has it. Raises NotFound."""
    if number is None:
        raise NotFound("ticket", None)
    found = uow.tickets.numbered([number.of_year(one) for one in range(year, year - YEARS, -1)])
    return found[0] if found else uow.tickets.by_number(number.of_year(year))


# --- as JSON ------------------------------------------------------------------------------------
def _documents(store: Store, unit: str | None, state: State | None, limit: int | None) -> Iterator[dict[str, Any]]:
    """In pages, so that a million tickets neither fill the memory nor hold a snapshot open."""
    before: TicketId | None = None
    left = limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page, last = store.read(_page(unit, state, size, before))
        yield from page
        if last is None or len(page) < size:
            return
        before, left = last, None if left is None else left - size


def _page(unit: str | None, state: State | None, size: int, before: TicketId | None) -> Any:
    def query(uow: UnitOfWork) -> tuple[list[dict[str, Any]], TicketId | None]:
        found = uow.summaries.list(unit=unit, state=state, limit=size, before=before)
        return [_document(uow, ticket) for ticket in found], found[-1].id if found else None

    return query


def _document(uow: UnitOfWork, ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "state": ticket.state.value,
        "unit": ticket.unit,
        "category": ticket.category,
        "priority": ticket.priority.value,
        "text": WITHHELD if ticket.restricted else ticket.text,
        "reporter": _handle(uow, ticket.reporter),
        "holder": _handle(uow, ticket.holder) if ticket.holder is not None else None,
        "opened_at": _utc(ticket.opened_at),
    }


def _with_history(uow: UnitOfWork, ticket: Ticket) -> tuple[dict[str, Any], list[tuple[dict[str, Any], str]]]:
    """The ticket, and each line of its history with the code of its reason."""
    history = [(_entry(uow, event), event.reason or "") for event in uow.tickets.history(ticket.id)]
    return _document(uow, ticket), history


def _entry(uow: UnitOfWork, event: TicketEvent) -> dict[str, Any]:
    before, after = event.before, event.after
    if event.what is Change.ASSIGNED:
        before, after = (_handle(uow, PersonId(int(person))) if person else None for person in (before, after))
    return {
        "at": _utc(event.at),
        "who": _handle(uow, event.who) if event.who is not None else THE_DESK,
        "what": event.what.value,
        "from": before,
        "to": after,
        "channel": event.channel,
    }


def _handle(uow: UnitOfWork, person: PersonId) -> str:
    return uow.people.get(person).handle


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


# --- for people ---------------------------------------------------------------------------------
def _print_table(settings: Settings, documents: list[dict[str, Any]]) -> None:
    console = output.console()
    if not documents:
        console.print("Kayıt yok.")
        return
    titles = {category.id: category.title for category in catalogue(settings).categories.values()}
    console.print(
        output.table(
            "Kayıtlar",
            ("Kayıt", "Durum", "Öncelik", "Birim", "Konu", "Bildiren", "Üstlenen", "Açıldı", "Ne yazdı"),
            (
                (
                    document["number"],
                    STATES[document["state"]],
                    PRIORITIES[document["priority"]],
                    document["unit"],
                    titles.get(document["category"], "-"),
                    document["reporter"],
                    document["holder"] or "-",
                    output.local(datetime.fromisoformat(document["opened_at"]), settings.timezone),
                    _short(document["text"]),
                )
                for document in documents
            ),
        )
    )


def _print_ticket(settings: Settings, document: dict[str, Any], history: list[tuple[dict[str, Any], str]]) -> None:
    console, zone, installed = output.console(), settings.timezone, catalogue(settings)
    category, unit = installed.categories.get(document["category"] or ""), installed.units.get(document["unit"])
    console.print(f"{document['number']} · {category.title if category else 'Konusu belirlenecek'}", style="bold")
    facts = {
        "Durum": STATES[document["state"]],
        "Öncelik": PRIORITIES[document["priority"]],
        "Birim": unit.title if unit else document["unit"],
        "Bildiren": document["reporter"],
        "Üstlenen": document["holder"] or "-",
        "Açıldı": output.local(datetime.fromisoformat(document["opened_at"]), zone),
    }
    for name, value in facts.items():
        console.print(f"  {name:<10} {output.shown(value)}")
    console.print()
    console.print(output.shown(document["text"]))
    console.print()
    console.print(
        output.table(
            "Geçmiş",
            ("Ne zaman", "Kim", "Ne", "Nereden", "Nereye", "Neden", "Kanal"),
            (
                (
                    output.local(datetime.fromisoformat(entry["at"]), zone),
                    entry["who"],
                    CHANGES[entry["what"]],
                    _in_words(entry["from"]),
                    _in_words(entry["to"]),
                    reason or "-",
                    entry["channel"],
                )
                for entry, reason in history
            ),
        )
    )


def _in_words(value: str | None) -> str:
    return STATES.get(value or "") or PRIORITIES.get(value or "") or value or "-"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"
