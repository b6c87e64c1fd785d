"""A `masa run` for the benchmarks: `python -m tests.load.desk_server URL FOLDER`.

Everything is the real thing but the number of messages a person may send a minute. It listens on a free port and says
which, as `masa run` does.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from bot import memory


def main(url: str, folder: Path) -> None:
    memory.share_arenas()  # as `masa` does, before the libraries of the desk are imported
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
    app = build(settings, clock=SystemClock())
    demo.prepare(app.store, settings, app.desk)
    made = run.web.WebSettings

    def unhurried(**fields: object) -> object:
        return replace(made(**fields), messages_a_minute=1_000_000)  # type: ignore[arg-type] # passed on as they came

    run.web.WebSettings = unhurried  # type: ignore[misc,assignment] # this process only
    uvloop.run(run._serve(app, listening))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
