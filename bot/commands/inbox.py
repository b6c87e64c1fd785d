"""`masa inbox`: events that could not be handled. They block nobody, and wait here for a decision."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated

import typer

from bot.clock import process_clock
from bot.commands import output
from bot.commands.sources import opened_store
from bot.config import load
from bot.errors import OperatorError
from bot.runtime import event_codec
from handlers.ports import Arrival, UnitOfWork

app = typer.Typer(help="Anlaşılamayan iletiler: listele, yeniden dene, düşür.")

AsJson = Annotated[bool, typer.Option("--json", help="Her satır bir JSON nesnesi.")]
Id = Annotated[int, typer.Argument(metavar="ID", help="Listedeki numara.")]

_EMPTIED = "Yazılan gizli alan (parola, anahtar) saklanmadı; Ayarlar sayfasında yeniden yazılmalı."


@app.callback(invoke_without_command=True)
def inbox(ctx: typer.Context, as_json: AsJson = False) -> None:
    if ctx.invoked_subcommand is None:
        list_stuck(as_json)


@app.command("list", help="Anlaşılamayan iletiler, en eskisi önce.")
def list_stuck(as_json: AsJson = False) -> None:
    settings = load()
    with opened_store(settings) as store:
        stuck, backlog = store.read(lambda uow: (uow.inbox.stuck(), uow.inbox.backlog(process_clock().now())))
    if as_json:
        for arrival in stuck:
            output.print_json(
                {
                    "id": arrival.id,
                    "key": arrival.key,
                    "channel": arrival.channel,
                    "conversation": arrival.conversation,
                    "received_at": arrival.received_at.astimezone(UTC).isoformat(),
                    "attempts": arrival.attempts,
                    "error": arrival.error,
                    **({"secret_emptied": True} if event_codec.is_emptied(arrival.payload) else {}),
                }
            )
        return
    console = output.console()
    console.print(f"Sırada bekleyen: {backlog.waiting}. Anlaşılamayan: {len(stuck)}.")
    if stuck:
        console.print(
            output.table(
                "Anlaşılamayan iletiler",
                ("ID", "Ne zaman", "Kanal", "Sohbet", "Deneme", "Hata"),
                (
                    (
                        str(arrival.id),
                        output.local(arrival.received_at, settings.timezone),
                        arrival.channel,
                        arrival.conversation,
                        str(arrival.attempts),
                        arrival.error,
                    )
                    for arrival in stuck
                ),
            )
        )
    for arrival in stuck:
        if event_codec.is_emptied(arrival.payload):
            console.print(f"{arrival.id}: {_EMPTIED}")


@app.command(help="Yeniden dener.")
def retry(number: Id) -> None:
    def work(uow: UnitOfWork) -> Arrival:
        arrival = _stuck(uow, number)
        uow.inbox.retry(arrival.key, process_clock().now())
        return arrival

    with opened_store() as store:
        arrival = store.write(work)
    print("Yeniden denenecek.", *([_EMPTIED] if event_codec.is_emptied(arrival.payload) else []))


@app.command(help="Düşürür: bir daha denenmez.")
def drop(number: Id) -> None:
    def work(uow: UnitOfWork) -> None:
        arrival = _stuck(uow, number)
        uow.inbox.drop(arrival.key, process_clock().now())
        uow.audit.log(process_clock().now(), None, "inbox_dropped", arrival.key, "cli")

    with opened_store() as store:
        store.write(work)
    print("Düşürüldü.")


def _stuck(uow: UnitOfWork, number: int) -> Arrival:
    found = next((arrival for arrival in uow.inbox.stuck() if arrival.id == number), None)
    if found is None:
        raise OperatorError(f"{number}: no such event in quarantine; `masa inbox` lists them")
    return found
