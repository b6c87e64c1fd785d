"""A list of tickets as a file: the rows of a filter, each in the words that a reader knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_filter import Order
from handlers.ports import ListedTicket, Place, Wanted
from handlers.reports.register import MAX_TEXT_LETTERS, WITHHELD, fit
from handlers.terms import PRIORITIES, STATES

MOST_ROWS = 50_000
MOST_ROWS_AT_ONCE = {"pdf": 1_000}
"""Of a kind that takes long: more are made in the background, too."""
MOST_ROWS_OF_JOB = {"pdf": 50_000, "xlsx": 1_000_000, "csv": 1_000_000}
_AT_A_TIME = 500
HEADS = ("Kayıt no", "Açılış", "Birim", "Konu", "Müdürlük", "Oda", "Durum", "Üstlenen", "Öncelik", "Hedef", "Bitiş")
PERSONAL_HEADS = ("Bildiren", "Bildirdiği")


class Reason(StrEnum):
    """Why somebody takes along who reported and in what words (KVKK): it stands in the audit."""

    AUDIT = "denetim"
    REPORT = "rapor"
    CASE = "inceleme"


@dataclass(frozen=True, slots=True)
class Export:
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def export(
    acting: Acting, wanted: Wanted, order: Order, *, title: str, reason: Reason | None, most: int = 0
) -> Export | None:
    """Read only; whoever hands it out calls `log_export` first. None: there are more than `most` (`MOST_ROWS`)."""
    most = most or MOST_ROWS
    if acting.uow.ticket_lists.count(wanted, most + 1) > most:
        return None
    names = DepartmentNames.of(acting.uow)
    rows = [_row(acting, names, one, personal=reason is not None) for one in _all(acting, wanted, order)]
    return Export(title, heads(reason), rows)


def heads(reason: Reason | None) -> Sequence[str]:
    return HEADS + PERSONAL_HEADS if reason else HEADS


def some_rows(
    acting: Acting, wanted: Wanted, order: Order, after: Place | None, reason: Reason | None
) -> tuple[Sequence[Sequence[str]], Place | None]:
    """The next of them, and behind which the next begin; None: that is all."""
    names = DepartmentNames.of(acting.uow)
    found = acting.uow.ticket_lists.page(wanted, order, after=after, limit=_AT_A_TIME)
    rows = [_row(acting, names, one, personal=reason is not None) for one in found]
    return rows, found[-1].place if len(found) == _AT_A_TIME else None


def log_export(acting: Acting, number: int, about: str, reason: Reason | None) -> None:
    """`about`: the filter, without words that somebody typed."""
    told = f"{about} · {number} kayıt" + (f" · kişisel: {reason}" if reason else "")
    acting.uow.audit.log(acting.now, acting.person.id, "tickets_exported", told, acting.channel)


def _all(acting: Acting, wanted: Wanted, order: Order) -> Iterator[ListedTicket]:
    after: Place | None = None
    while rows := acting.uow.ticket_lists.page(wanted, order, after=after, limit=_AT_A_TIME):
        yield from rows
        after = rows[-1].place


def _row(acting: Acting, names: DepartmentNames, listed: ListedTicket, *, personal: bool) -> Sequence[str]:
    ticket, desk = listed.ticket, acting.desk
    reporter = acting.uow.people.get(ticket.reporter)
    holder = None if ticket.holder is None else acting.uow.people.get(ticket.holder)
    zone = desk.zone
    moments = (ticket.opened_at, listed.due, ticket.resolved_at or ticket.ended_at)
    opened, due, over = ("" if at is None else f"{at.astimezone(zone):%d.%m.%Y %H:%M}" for at in moments)
    plain = (
        ticket.number,
        opened,
        desk.unit_title(ticket.unit),
        desk.title(ticket.category),
        fit(names.name(reporter.department), 80),
        fit(ticket.facts.get("oda") or reporter.room, 40),
        STATES[ticket.state],
        "" if holder is None else fit(holder.name or holder.handle, 60),
        PRIORITIES[ticket.priority],
        due,
        over,
    )
    return (*plain, fit(reporter.name or reporter.handle, 60), _words(ticket)) if personal else plain


def _words(ticket: Ticket) -> str:
    return WITHHELD if ticket.restricted else fit(ticket.text, MAX_TEXT_LETTERS)
