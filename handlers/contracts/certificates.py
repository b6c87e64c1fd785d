"""What was read of the house's own certificates: each is a süreli kayıt that keeps its end by itself (bylaw 10/22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.context import UseCaseContext
from handlers.contracts import history
from handlers.contracts.recording import default_unit
from handlers.domain.numbers import EVER, Series
from handlers.domain.terms import CertificateRead, Term, TermKind, TermState, moved
from handlers.tickets import cards


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSeen:
    """What a look at a host found: its end, or why it could not be read."""

    host: str
    """With its port."""
    ends: date | None = None
    failure: str = ""


def to_read(work: UseCaseContext, hosts: Sequence[str]) -> list[str]:
    """Those that were not tried today; none outside working time."""
    time = work.working_time()
    if not time.is_working_at(work.now):
        return []
    known, today = work.uow.terms.read_from(), time.local_date(work.now)

    def is_done(host: str) -> bool:
        read = known[host].read if host in known else None
        return read is not None and time.local_date(read.at) >= today

    return [host for host in dict.fromkeys(hosts) if not is_done(host)]


def note(work: UseCaseContext, seen: Sequence[CertificateSeen]) -> None:
    """The first look at a host writes its term down. One that cannot be read keeps the end that it had."""
    known = work.uow.terms.read_from()
    for one in seen:
        before = known.get(one.host)
        if before is None:
            _first(work, one)
        else:
            _again(work, before, one)


def _first(work: UseCaseContext, seen: CertificateSeen) -> None:
    host, _, port = seen.host.rpartition(":")
    made = Term(
        number=work.uow.counters.next(Series.TERM, EVER),
        kind=TermKind.CERTIFICATE,
        name=host if port == "443" else seen.host,
        unit=default_unit(work, TermKind.CERTIFICATE),
        ends=seen.ends,
        host=seen.host,
        read=_read(work, seen, None),
        recorded_at=work.now,
    )
    added = work.uow.terms.add(made.with_passed(_today(work)))
    history.note_term(work, "recorded", added)


def _again(work: UseCaseContext, before: Term, seen: CertificateSeen) -> None:
    after, today = replace(before, read=_read(work, seen, before.read)), _today(work)
    if seen.ends is not None and seen.ends != before.ends:
        after = moved(after, seen.ends, today)
        if after.state is TermState.IN_FORCE and before.ticket is not None:
            _tell_those_who_renewed_it(work, before, seen.ends)
    saved = work.uow.terms.save(after)
    if saved.ends != before.ends:
        history.note_term(work, "read", saved, before)


def _tell_those_who_renewed_it(work: UseCaseContext, term: Term, ends: date) -> None:
    assert term.ticket is not None
    ticket = work.uow.tickets.get(term.ticket)
    if ticket.state.active:
        cards.tell_workers(work, ticket, "term_read_anew", term=term, ends=ends)


def _read(work: UseCaseContext, seen: CertificateSeen, before: CertificateRead | None) -> CertificateRead:
    if not seen.failure:
        return CertificateRead(at=work.now)
    since = before.failing_since if before is not None else None
    return CertificateRead(at=work.now, failing_since=since or _today(work), failure=seen.failure)


def _today(work: UseCaseContext) -> date:
    return work.working_time().local_date(work.now)
