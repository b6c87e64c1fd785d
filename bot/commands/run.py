"""`masa run`: everything in one process, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
import uvloop
from starlette.applications import Starlette

from bot import demo, open_files, shown_settings, web
from bot.app import App, build, context_of
from bot.backup_desk import BackupDesk
from bot.channel_desk import ChannelDesk
from bot.clock import process_clock
from bot.config import Settings, load, unknown_names
from bot.errors import OperatorError
from bot.filestore.house_logo import HouseLogo
from bot.filestore.shared_files import BROUGHT, LISTS, LOOKERS, SharedFiles
from bot.monitoring import logs
from handlers.context import Acting, UseCaseContext
from handlers.domain.brought_lists import ReadAs
from handlers.domain.people import Person
from handlers.domain.staff_lists import StaffList
from handlers.people import first_admin, join_codes
from handlers.ports import UnitOfWork
from handlers.queries import status
from handlers.queries.door_cards import Door
from handlers.reports.months import MonthReport
from handlers.reports.ticket_export import Export
from handlers.reports.years import YearReport
from handlers.tickets import order_drafts, outage_notes
from handlers.tickets.order_drafts import OrderDraft
from handlers.tickets.outage_notes import OutageNote

log = structlog.get_logger(__name__)


def run() -> None:
    """Masayı çalıştırır: web sohbeti, kanallar, işleyici, saat; hepsi tek süreçte."""
    settings = load()
    logs.configure(secrets=settings.secrets)
    warn_of_misspelt(settings)
    listening = _listen(settings)
    app = build(settings, clock=process_clock())
    settings = app.settings
    logs.configure(secrets=settings.secrets)  # those that were said in the browser as well
    demo.prepare(app.store, settings, app.desk)
    uvloop.run(_serve(app, listening))


async def _serve(app: App, listening: socket.socket) -> None:
    settings = app.settings
    code, setup_code = _setup_code(app)
    page = _page(app, setup_code)
    app.house.on_change(lambda settings: logs.configure(secrets=settings.secrets))
    app.house.on_change(lambda settings: web.take_settings(page, _changing(settings)))
    server = web.WebServer(page, _limits(settings), on_turned_away=app.metrics.turned_away)
    app.metrics.count_connections(lambda: len(server.connections))

    def stop() -> None:
        web.end_streams(page)
        server.should_exit = True

    on_stop_signal(stop)
    await app.start()
    try:
        print(_welcome(settings, listening.getsockname()[1], code), flush=True)
        if not app.leads:
            log.info("another_process_works_for_now", database=str(settings.database_file))
        await server.serve(sockets=[listening])
    finally:
        await app.stop()


def _limits(settings: Settings) -> web.ConnectionLimits:
    """Never more than there can be open files for."""
    room = max(open_files.raised() - open_files.RESERVED, open_files.RESERVED)
    return web.ConnectionLimits(
        total=min(settings.web.connections, room), an_address=settings.web.connections_an_address
    )


def _page(app: App, setup_code: web.SetupCode | None = None) -> Starlette:
    settings, catalogue = app.settings, app.desk.catalogue
    return web.build(
        app.gateway,
        web.WebSettings(
            base_url=settings.base_url,
            allowed_hosts=(settings.web.host,),
            demo=settings.demo,
            setup_code=setup_code,
            zone=settings.timezone,
            subjects={category.id: category.title for category in catalogue.categories.values()},
            units={unit.id: unit.title for unit in catalogue.units.values()},
            **_changing(settings),
            door_cards=_cards(app),
            outage_note=_outage_notes(app),
            order_draft=_order_drafts(app),
            month_report=_month_reports(app),
            year_reports={"pdf": _year_as("pdf", app), "docx": _year_as("docx", app)},
            staff_list=_staff_list,
            invitations=_invitations(app),
            slack_app=lambda: _slack_app(settings),
            telegram_name=lambda: str(getattr(app.channels.get("telegram"), "username", "")),
            push=_push(app),
            logo=HouseLogo(settings.data_dir),
            list_files=_shared(settings, LISTS),
            lookers=_shared(settings, LOOKERS),
            brought_lists=_shared(settings, BROUGHT),
            backups=BackupDesk(lambda: app.house.now, app.store, process_clock()),
            ticket_exports={"xlsx": _as_xlsx, "csv": _as_csv, "pdf": _as_pdf(app)},
            channels=ChannelDesk(
                house=app.house,
                gateway=app.gateway,
                context=context_of(settings, app.desk),
                health=app.monitor.channels,
                traffic=app.traffic,
            ),
            desk=app.desk,
            devices=lambda: _device_files(app),
            label_url=settings.label_url,
            agents=_agents(settings),
            operators=lambda: shown_settings.shown(app.house.now, said=app.house.said),
            status=lambda uow, now: status.look(UseCaseContext(desk=app.desk, uow=uow, now=now)),
            metrics=app.metrics.page,
            health=app.monitor.health,
        ),
        routes=[route for channel in app.channels.values() for route in channel.routes],
    )


def _agents(settings: Settings) -> web.AgentAccess | None:
    said = settings.agents
    return web.AgentAccess(said.user, said.password.get_secret_value()) if said.are_expected else None


def _shared(settings: Settings, name: str) -> SharedFiles | None:
    """With the other processes of this database; on SQLite one serves all pages."""
    return SharedFiles(settings.data_dir / name) if settings.database_file is None else None


def _changing(settings: Settings) -> dict[str, Any]:
    """What pages take from settings that hold at once."""
    return {
        "institution": settings.institution,
        "tells_places": settings.tell_days,
        "guest_bytes": settings.files.quota.guest,
        "streams_a_session": settings.web.streams_a_session,
        "internal_networks": settings.web.internal_networks,
    }


def _cards(app: App) -> Callable[[Sequence[Door]], bytes]:
    def draw(doors: Sequence[Door]) -> bytes:
        from bot.documents.door_cards import pdf  # what sets pages is imported by whoever asks for one
        from bot.documents.letterhead import Letterhead

        return pdf(doors, Letterhead.of(app.desk), app.settings.base_url)

    return draw


def _staff_list(brought: bytes | str, said: ReadAs) -> StaffList:
    from bot.documents import staff_csv  # as above

    return staff_csv.pasted(brought, said) if isinstance(brought, str) else staff_csv.brought(brought, said)


def _slack_app(settings: Settings) -> str:
    """The token of Socket Mode has it: `xapp-1-A0123456789-…`."""
    from bot.channels.slack.settings import SlackSection  # as below

    section = settings.channels.get("slack")
    token = section.app_token.get_secret_value() if isinstance(section, SlackSection) else ""
    parts = token.split("-")
    return parts[2] if token.startswith("xapp-") and len(parts) > 2 and parts[2].isalnum() else ""


def _device_files(app: App) -> web.DeviceFiles:
    from bot.documents.device_files import DeviceFiles as Files  # as above
    from bot.documents.letterhead import Letterhead

    return Files(lambda: Letterhead.of(app.desk), lambda: app.settings.label_url)


def _invitations(app: App) -> Callable[[Sequence[web.Invitation]], bytes]:
    def draw(found: Sequence[web.Invitation]) -> bytes:
        from bot.documents.invitations import pdf  # as above
        from bot.documents.letterhead import Letterhead

        return pdf(found, Letterhead.of(app.desk), app.settings.base_url)

    return draw


def _as_xlsx(export: Export) -> bytes:
    from bot.documents.ticket_export import as_xlsx  # as above

    return as_xlsx(export)


def _as_csv(export: Export) -> bytes:
    from bot.documents.ticket_export import as_csv  # as above

    return as_csv(export)


def _as_pdf(app: App) -> Callable[[Export], bytes]:
    def draw(export: Export) -> bytes:
        from bot.documents.letterhead import Letterhead  # as above
        from bot.documents.ticket_list_pdf import as_pdf

        return as_pdf(export, Letterhead.of(app.desk))

    return draw


def _month_reports(app: App) -> Callable[[MonthReport], bytes]:
    def draw(report: MonthReport) -> bytes:
        from bot.documents.month_report import pdf  # as above

        return pdf(app.desk, report, app.settings.timezone)

    return draw


def _year_as(ending: str, app: App) -> Callable[[YearReport], bytes]:
    def write(report: YearReport) -> bytes:
        from bot.documents import year_report  # as above

        as_file = year_report.pdf if ending == "pdf" else year_report.docx
        return as_file(app.desk, report, app.settings.timezone)

    return write


def _push(app: App) -> web.PushOffer | None:
    channel = app.channels.get("push")
    if channel is None:
        return None
    from bot.channels.push.channel import Push  # its cryptography is for who has it on

    if not isinstance(channel, Push):
        return None
    return web.PushOffer(channel.public_key, channel.accepts, channel.keys_are_sound)


def _outage_notes(app: App) -> web.Printout[OutageNote]:
    def draw(note: OutageNote) -> bytes:
        from bot.documents.letterhead import Letterhead
        from bot.documents.outage_note import pdf  # as above

        return pdf(note, Letterhead.of(app.desk), app.settings.timezone)

    return web.Printout(
        lambda uow, now, who, key: outage_notes.look(_reads(app, uow, now, who), uow.outages.get(key)), draw
    )


def _order_drafts(app: App) -> web.Printout[OrderDraft]:
    def draw(draft: OrderDraft) -> bytes:
        from bot.documents.letterhead import Letterhead
        from bot.documents.order_draft import pdf  # as above

        return pdf(draft, Letterhead.of(app.desk), app.settings.timezone)

    return web.Printout(
        lambda uow, now, who, key: order_drafts.look(_reads(app, uow, now, who), uow.approvals.get(key)), draw
    )


def _reads(app: App, uow: UnitOfWork, now: datetime, person: Person) -> Acting:
    return Acting(desk=app.desk, uow=uow, now=now, person=person, channel="web", event_key="")


def _listen(settings: Settings) -> socket.socket:
    """Before anything else is opened, so that a port in use is said at once. Raises OperatorError."""
    host, port = settings.web.host, settings.web.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=512)
        # accepted sockets inherit it; asyncio would not set it on them (their proto is 0), and every answer of two
        # writes would wait 40 ms for the browser's delayed ACK
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        why = (error.strerror or str(error)).partition(" (while")[0]
        expected = "an address of this machine and a free port; set MASA_WEB__HOST and MASA_WEB__PORT"
        raise OperatorError(f"cannot listen on {host}:{port} ({why}); expected {expected}") from None


def _setup_code(app: App) -> tuple[str, web.SetupCode | None]:
    """For a house that has no admin yet. It is printed, and kept nowhere; the pages of every process know its hash."""
    if app.settings.demo or not app.store.read(first_admin.is_needed):
        return "", None
    code = join_codes.new_code(app.desk.randomness)
    digest, now = web.code_hash(code), process_clock().now()
    app.store.write(lambda uow: first_admin.announce(uow, digest, now))
    return code, web.SetupCode(digest, now + first_admin.CODE_LIVES)


def _welcome(settings: Settings, port: int, code: str = "") -> str:
    address = settings.base_url if settings.web.port else f"http://{settings.web.host}:{port}"
    lines = [f"Yardım Masası hazır: {address}"]
    if code:
        hours = first_admin.CODE_LIVES // timedelta(hours=1)
        lines += [
            f"Kurmak için tarayıcıda açın: {address}/kurulum?kod={code}",
            f"Açan kişi yönetici olur; adres bir kez ve {hours} saat geçerlidir.",
        ]
    if settings.demo:
        lines += [
            "Deneme kişileri açık. Tarayıcıda açın, Ayşe'yi seçip sorununuzu yazın (örneğin: yazıcı çıktı vermiyor);",
            "ikinci bir sekmede Mehmet'i seçip kaydı üstlenin. Terminalden: masa chat --as ayse",
        ]
    return "\n".join([*lines, "Durdurmak için Ctrl-C."])


# --- shared with `masa worker` --------------------------------------------------------------------
def warn_of_misspelt(settings: Settings) -> None:
    for name in unknown_names(os.environ, settings):
        log.warning("unknown_setting", variable=name)


def on_stop_signal(stop: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
