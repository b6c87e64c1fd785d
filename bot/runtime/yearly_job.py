"""The draft of last year's report, made for each reader and posted. Blocking: call it in a thread."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, time

import structlog

from handlers.channel_port import Files
from handlers.context import Acting, Desk, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.job_run import JobRun
from handlers.ports import Attachment, StoreUnavailable, Transactions, UnitOfWork
from handlers.reports import yearly, years
from handlers.reports.weekly import Reader
from handlers.reports.yearly import Due, Made
from handlers.reports.years import YearReport

log = structlog.get_logger(__name__)


def post_due(store: Transactions, desk: Desk, files: Files, at: time, now: datetime) -> JobRun | None:
    """For the clock, each minute: what is due by now and not posted yet. Returns what was."""
    item = store.read(lambda uow: yearly.due(desk, uow, now, at))
    if item is None:
        return None
    each = [(reader.address, _made(store, desk, files, item, reader, now)) for reader in item.readers]
    made = {address: one for address, one in each if one is not None}
    posted = store.write(lambda uow: yearly.post(UseCaseContext(desk=desk, uow=uow, now=now), item, made))
    return item.run if posted else None


def _made(store: Transactions, desk: Desk, files: Files, item: Due, reader: Reader, now: datetime) -> Made | None:
    """By the rights that they have now. None: a fault of ours, which stands in the log; who else reads it gets it."""

    def look(uow: UnitOfWork) -> YearReport:
        person = uow.people.get(reader.person)
        acting = Acting(desk=desk, uow=uow, now=now, person=person, channel="desk", event_key=str(item.run))
        return years.report(acting, item.year)

    try:
        found = store.read(look)
    except StoreUnavailable:  # nobody has it yet: all of it again, in a minute
        raise
    except Exception as error:  # whatever it is, the others get theirs
        log.error("report_not_counted", run=str(item.run), error=type(error).__name__, exc_info=error)
        return None
    written = found.recommendation is not None and bool(found.recommendation.text)
    return Made(found.opened, found.solved, written, _files(desk, files, item, reader, found, now))


def _files(desk: Desk, files: Files, item: Due, reader: Reader, found: YearReport, now: datetime) -> list[Attachment]:
    """Whatever goes wrong with one, the sentence goes out, and the other."""
    from bot.documents import year_report  # what sets pages is needed once a year

    kept = []
    writers: dict[str, Callable[..., bytes]] = {"pdf": year_report.pdf, "docx": year_report.docx}
    for ending, write in writers.items():
        try:
            made = write(desk, found, desk.zone)
            name = f"faaliyet-raporu-{item.year}-taslak.{ending}"
            kept.append(files.keep(io.BytesIO(made), name, uploader=None, conversation=reader.address, at=now))
        except (OSError, ValueError, TypeError, RuntimeError, MemoryError, ImportError, Invalid) as error:
            log.warning("report_failed", run=str(item.run), error=type(error).__name__)
    return kept
