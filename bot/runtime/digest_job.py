"""The daily summaries and the morning's remainder, posted with their pictures. Blocking: call it in a thread."""

from __future__ import annotations

import io
from datetime import datetime

import structlog

from bot.documents.digest_chart import draw
from handlers.channel_port import Files
from handlers.context import Desk, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.job_run import JobRun
from handlers.ports import Attachment, Transactions
from handlers.reports import digest
from handlers.reports.digest import Due
from handlers.reports.digest_figures import Times

log = structlog.get_logger(__name__)


def post_due(store: Transactions, desk: Desk, files: Files, times: Times, now: datetime) -> list[JobRun]:
    """For the clock, each minute: everything that is due by now and not posted yet. Returns what was."""
    items = store.read(lambda uow: digest.due(desk, uow, now, times))
    return [item.run for item in items if post(store, desk, files, item, now)]


def post(store: Transactions, desk: Desk, files: Files, item: Due, now: datetime) -> bool:
    """The picture first, outside the transaction. False where another process was faster."""
    pictures = _pictures(desk, files, item, now)
    return store.write(lambda uow: digest.post(UseCaseContext(desk=desk, uow=uow, now=now), item, pictures))


def _pictures(desk: Desk, files: Files, item: Due, now: datetime) -> dict[str, Attachment]:
    """One for each album. Whatever goes wrong with a picture, the text goes out."""
    if not item.albums:
        return {}
    try:
        png = draw(desk, item.digests)
        name = f"gunluk-ozet-{item.digests[0].day}.png"
        return {
            album: files.keep(io.BytesIO(png), name, uploader=None, conversation=album, at=now) for album in item.albums
        }
    except (OSError, ValueError, TypeError, RuntimeError, MemoryError, ImportError, Invalid) as error:
        log.warning("picture_failed", run=str(item.run), error=type(error).__name__)
        return {}
