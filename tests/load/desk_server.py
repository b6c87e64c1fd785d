"""A `masa run` for the benchmarks: `python -m tests.load.desk_server URL FOLDER [MOMENT]`.

Everything is the real thing but the number of messages a person may send a minute, and the clock, which begins at that
moment where one is given. It listens on a free port and says which, as `masa run` does.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot import memory


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    by: timedelta

    def now(self) -> datetime:
        from bot.clock import SystemClock

        return SystemClock().now() + self.by


def main(url: str, folder: Path, moment: datetime | None = None) -> None:
    memory.share_arenas()  # as `masa` does, before the libraries of the desk are imported
    with memory.uncollected():
        import uvloop

        from bot import demo
        from bot.app import build
        from bot.clock import SystemClock
        from bot.commands import run
        from bot.config import Settings, WebSection
        from bot.monitoring import logs

    settings = Settings(database_url=url, data_dir=folder / "files", web=WebSection(port=0))
    logs.configure(secrets=settings.secrets)
    listening = run._listen(settings)
    clock = SystemClock() if moment is None else ShiftedClock(moment - SystemClock().now())
    app = build(settings, clock=clock)
    demo.prepare(app.store, settings, app.desk)
    made = run.web.WebSettings

    def unhurried(**fields: object) -> object:
        return replace(made(**fields), messages_a_minute=1_000_000)  # type: ignore[arg-type] # passed on as they came

    run.web.WebSettings = unhurried  # type: ignore[misc,assignment] # this process only
    uvloop.run(run._serve(app, listening))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(datetime.fromisoformat, sys.argv[3:]))
