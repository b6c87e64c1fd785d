"""`masa outbox`: deliveries to platforms that were given up, and the hold after a restore."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.clock import process_clock
from bot.commands import output
from bot.commands.sources import opened_store
from bot.errors import OperatorError
from handlers.ports import UnitOfWork

app = typer.Typer(help="Ulaştırılamayan iletiler: listele, yeniden gönder, düşür, bırak.")

AsJson = Annotated[bool, typer.Option("--json", help="Her satır bir JSON nesnesi.")]
Id = Annotated[int, typer.Argument(metavar="ID", help="Listedeki numara.")]


@app.callback(invoke_without_command=True)
def outbox(ctx: typer.Context, as_json: AsJson = False) -> None:
    if ctx.invoked_subcommand is None:
        list_given_up(as_json)


@app.command("list", help="Ulaştırılamayan iletiler, en eskisi önce.")
def list_given_up(as_json: AsJson = False) -> None:
    with opened_store() as store:
        given_up, backlog, held = store.read(
            lambda uow: (uow.outbox.given_up(), uow.outbox.backlog(process_clock().now()), uow.outbox.held())
        )
    if as_json:
        for delivery in given_up:
            output.print_json(
                {
                    "id": delivery.id,
                    "channel": delivery.channel,
                    "conversation": delivery.conversation,
                    "message": delivery.message_id,
                    "kind": delivery.kind,
                    "attempts": delivery.attempt,
                    "error": delivery.error,
                }
            )
        return
    console = output.console()
    console.print(f"Gönderilmeyi bekleyen: {backlog.waiting}. Ulaştırılamayan: {len(given_up)}.")
    if held:
        console.print("Gönderim bekletiliyor (yedekten dönüldü); bırakmak için: masa outbox release", style="bold")
    if given_up:
        console.print(
            output.table(
                "Ulaştırılamayan iletiler",
                ("ID", "Kanal", "Sohbet", "Tür", "Deneme", "Neden"),
                (
                    (
                        str(delivery.id),
                        delivery.channel,
                        delivery.conversation,
                        delivery.kind,
                        str(delivery.attempt),
                        delivery.error,
                    )
                    for delivery in given_up
                ),
            )
        )


@app.command(help="Yeniden gönderir.")
def retry(number: Id) -> None:
    def work(uow: UnitOfWork) -> None:
        _require(uow.outbox.resend(number, process_clock().now()), number)

    with opened_store() as store:
        store.write(work)
    print("Yeniden gönderilecek.")


@app.command(help="Düşürür: gönderilmez.")
def drop(number: Id) -> None:
    def work(uow: UnitOfWork) -> None:
        _require(uow.outbox.drop(number, process_clock().now()), number)
        uow.audit.log(process_clock().now(), None, "outbox_dropped", str(number), "cli")

    with opened_store() as store:
        store.write(work)
    print("Düşürüldü.")


@app.command(help="Gönderimi bekletir: `release` denene kadar hiçbir platforma ileti gitmez.")
def hold() -> None:
    def work(uow: UnitOfWork) -> int:
        uow.audit.log(process_clock().now(), None, "outbox_held", "", "cli")
        return uow.outbox.hold(True)

    with opened_store() as store:
        waiting = store.write(work)
    print(f"Gönderim bekletiliyor: {waiting} ileti. Bırakmak için: masa outbox release")


@app.command(help="Yedekten dönüşten sonra bekletilen gönderimi bırakır.")
def release() -> None:
    def work(uow: UnitOfWork) -> tuple[bool, int]:
        held = uow.outbox.held()
        waiting = uow.outbox.hold(False)
        if held:
            uow.audit.log(process_clock().now(), None, "outbox_released", str(waiting), "cli")
        return held, waiting

    with opened_store() as store:
        held, waiting = store.write(work)
    print(f"Gönderim bırakıldı: {waiting} ileti." if held else "Gönderim bekletilmiyordu.")


def _require(found: bool, number: int) -> None:
    if not found:
        raise OperatorError(f"{number}: no such delivery that was given up; `masa outbox` lists them")
