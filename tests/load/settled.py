"""An archive as it lies in a house that has run for years: what a desk does at its first start is done.

A new desk enters the holidays, counts every ticket's time by them and keeps its weeks for the charts: beside that, a
page costs several times what it costs on any other day. Times stay as the seed has them.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot import demo
from bot.app import App, build
from bot.config import Settings
from bot.runtime import week_figures_job
from handlers.calendar.holidays import YEARS_AHEAD, YEARS_BEFORE
from handlers.ports import UnitOfWork
from tests.clock import FakeClock
from tests.load.seed import NOW


def settle(url: str) -> None:
    """Where it is settled already, that is soon seen."""
    with tempfile.TemporaryDirectory(prefix="masa-settle-") as name:
        clock = FakeClock(NOW)
        settings = Settings(database_url=url, data_dir=Path(name))
        app = build(settings, clock=clock)
        demo.prepare(app.store, settings, app.desk)
        app.store.write(lambda uow: _keep_holidays(app, uow))
        while week_figures_job.count_some(app.store, app.desk, clock):
            pass
        app.close()


def _keep_holidays(app: App, uow: UnitOfWork) -> None:
    """As at a start, but nothing is counted by them: of a million tickets the seed's times would be lost."""
    if any(day.decided_by is None for day in app.desk.time_rules(uow).calendar.special_days):
        return
    for year in range(NOW.year - YEARS_BEFORE, NOW.year + YEARS_AHEAD + 1):
        uow.calendars.add_days(app.desk.public_holidays(year))
