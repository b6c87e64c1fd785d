"""The weekly report, drawn for each reader and posted. Blocking: call it in a thread."""

from __future__ import annotations

import io
from datetime import datetime, time

import structlog

from handlers.channel_port import Files
from handlers.context import Acting, Desk, UseCaseContext
from handlers.domain.charts import Charts
from handlers.domain.errors import Invalid
from handlers.domain.job_run import JobRun
from handlers.ports import Attachment, StoreUnavailable, Transactions, UnitOfWork
from handlers.queries import charts
from handlers.reports import weekly
from handlers.reports.weekly import Due, Made, Reader

log = structlog.get_logger(__name__)


def post_due(store: Transactions, desk: Desk, files: Files, at: time | None, now: datetime) -> list[JobRun]:
    """For the clock, each minute: what is due by now and not posted yet. Returns what was."""
    items = store.read(lambda uow: weekly.due(desk, uow, now, at))
    return [item.run for item in items if _post(store, desk, files, item, now)]


def _post(store: Transactions, desk: Desk, files: Files, item: Due, now: datetime) -> bool:
    """Drawn outside the transaction. False where another process was faster."""
    each = [(reader.address, _made(store, desk, files, item, reader, now)) for reader in item.readers]
    made = {address: one for address, one in each if one is not None}
    return store.write(lambda uow: weekly.post(UseCaseContext(desk=desk, uow=uow, now=now), item, made))


def _made(store: Transactions, desk: Desk, files: Files, item: Due, reader: Reader, now: datetime) -> Made | None:
    """By the rights that they have now, as a deputy too. None: a fault of ours that the next minute would meet again;
    who else reads it gets it, and the fault stands in the log."""

    def look(uow: UnitOfWork) -> Charts:
        person = uow.people.get(reader.person)
        acting = Acting(desk=desk, uow=uow, now=now, person=person, channel="desk", event_key=str(item.run))
        return charts.look(acting, only=item.unit, until=item.until)

    try:
        found = store.read(look)
    except StoreUnavailable:  # nobody has it yet: all of it again, in a minute
        raise
    except Exception as error:  # whatever it is, the others get theirs
        log.error("report_not_counted", run=str(item.run), error=type(error).__name__, exc_info=error)
        return None
    return Made(found.this_week, _drawn(desk, files, item, reader, found, now))


def _drawn(desk: Desk, files: Files, item: Due, reader: Reader, found: Charts, now: datetime) -> Attachment | None:
    """Whatever goes wrong with it, the sentence goes out."""
    try:
        from bot.documents import weekly_report  # what sets pages is needed once a week

        pdf = weekly_report.pdf(desk, found, item.monday)
        name = f"haftalik-rapor-{item.monday}.pdf"
        return files.keep(io.BytesIO(pdf), name, uploader=None, conversation=reader.address, at=now)
    except (OSError, ValueError, TypeError, RuntimeError, MemoryError, ImportError, Invalid) as error:
        log.warning("report_failed", run=str(item.run), error=type(error).__name__)
        return None
