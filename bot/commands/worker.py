"""`masa worker`: worker and relay only, for more machines on one PostgreSQL."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from typing import Annotated

import typer

from bot.app import App, Mode, build
from bot.clock import process_clock
from bot.commands.run import on_stop_signal, warn_of_misspelt
from bot.config import load
from bot.monitoring import logs
from bot.monitoring.metrics_server import metrics_served


def worker(
    metrics: Annotated[
        str, typer.Option(metavar="ADRES:PORT", help="Prometheus'un ölçümleri okuyacağı adres: 127.0.0.1:9101.")
    ] = "",
) -> None:
    """Yalnız işleyici ve gönderici (PostgreSQL üzerinde ek makineler için)."""
    settings = load()
    logs.configure(secrets=settings.secrets)
    warn_of_misspelt(settings)
    app = build(settings, clock=process_clock(), mode=Mode.WORKER)
    logs.configure(secrets=app.settings.secrets)  # those that were said in the browser as well
    with metrics_served(app.metrics.registry, metrics) if metrics else nullcontext():
        asyncio.run(_work(app))


async def _work(app: App) -> None:
    stopped = asyncio.Event()
    on_stop_signal(stopped.set)
    await app.start()
    print("İşleyici çalışıyor. Durdurmak için Ctrl-C.", flush=True)
    try:
        await stopped.wait()
    finally:
        await app.stop()
