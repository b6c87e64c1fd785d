"""`masa digest`: the daily summary, printed as the unit's room sees it, and posted where it was not yet."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Annotated

import typer

from bot.app import build_desk
from bot.clock import process_clock
from bot.commands import output
from bot.commands.sources import house_settings, opened_store, require_unit
from bot.config import Settings
from bot.errors import OperatorError
from bot.filestore.attachments import AttachmentFiles
from bot.runtime import digest_job
from handlers.context import Desk
from handlers.domain.job_run import JobName
from handlers.messages import plain
from handlers.ports import UnitOfWork
from handlers.reports.digest import DIRECTOR, Due, director_digest, stretch, unit_digest
from handlers.reports.digest_figures import Digest, View, as_json, compose
from storage import Store


def digest(
    day: Annotated[str | None, typer.Option("--date", help="Hangi günün özeti: 2026-11-22 (yazılmazsa bugün).")] = None,
    unit: Annotated[str | None, typer.Option(help="Yalnız bu birim: donanim, yazilim …")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Yalnız göster, gruplara gönderme.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Tek bir JSON belgesi (birim verilmezse bir liste).")] = False,
) -> None:
    """Günlük özeti gösterir; o gün gönderilmemişse birim gruplarına, şefe ve müdüre gönderir."""
    settings = house_settings()
    require_unit(settings, unit)
    now = process_clock().now()
    wanted = _day(day, today=now.astimezone(settings.timezone).date())
    with opened_store(settings) as store:
        desk = build_desk(settings)
        units = (unit,) if unit else desk.units
        installed = _House(settings, store, desk, wanted, now, dry_run=dry_run)
        digests = [installed.of_unit(one) for one in units]
        if unit is None:
            installed.of_director()
    if json_:
        documents = [as_json(found) for found in digests]
        output.print_json(documents[0] if unit else documents)
    else:
        print(f"\n\n{'─' * 40}\n\n".join(_text(desk, found, now) for found in digests))


def _day(typed: str | None, today: date) -> date:
    """Raises OperatorError."""
    if typed is None:
        return today
    try:
        day = datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007 # a day has no zone
    except ValueError:
        day = None
    if day is None or day > today:
        raise OperatorError(f"--date: {typed!r}; expected a day as YYYY-MM-DD, {today} or earlier")
    return day


class _House:
    """One run of the command: what is composed of which day, and whether it is posted."""

    def __init__(
        self, settings: Settings, store: Store, desk: Desk, day: date, now: datetime, *, dry_run: bool
    ) -> None:
        self._settings, self._store, self._desk = settings, store, desk
        self._day, self._now, self._dry_run = day, now, dry_run

    def of_unit(self, unit: str) -> Digest:
        item = self._store.read(
            lambda uow: unit_digest(self._desk, uow, unit, self._day, self._now, self._settings.schedule)
        )
        self._post(unit, item)
        if item is not None:
            return item.digests[0]
        return self._store.read(lambda uow: self._compose(uow, unit))

    def of_director(self) -> None:
        self._post(
            DIRECTOR,
            self._store.read(
                lambda uow: director_digest(self._desk, uow, self._day, self._now, self._settings.schedule)
            ),
        )

    def _compose(self, uow: UnitOfWork, unit: str) -> Digest:
        times = self._settings.schedule
        since, until = stretch(self._desk, uow, unit, self._day, times)
        return compose(self._desk, uow, unit, day=self._day, since=since, until=min(until, self._now), times=times)

    def _post(self, about: str, item: Due | None) -> None:
        """Says on stderr what came of it."""
        if item is not None and not self._dry_run:
            files = AttachmentFiles(self._settings.data_dir)
            digest_job.post(self._store, self._desk, files, item, self._now)
        print(f"masa: {about} {self._day}: {self._outcome(about, item)}", file=sys.stderr)

    def _outcome(self, about: str, item: Due | None) -> str:
        if item is not None:
            places = ", ".join(target.address for target in item.targets)
            return f"{'not posted (--dry-run); it would go to' if self._dry_run else 'posted to'} {places}"
        if self._store.read(lambda uow: uow.job_runs.until(JobName.DIGEST, about, self._day)) is not None:
            return "posted before, not again"
        return "not posted: nobody to read it (no room bound to the unit, no lead or director with a conversation)"


def _text(desk: Desk, found: Digest, now: datetime) -> str:
    return output.shown(plain(desk.texts.render("digest", desk=desk, ticket=None, now=now, view=View(digests=[found]))))
