"""`/panel/hurda`: proposals to write devices off, one with what becomes of it, and what is printed of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import SCRAP
from bot.web.printed import PrintedPart, PrintedSheet
from handlers.context import Acting
from handlers.domain.scrap import Disposal, ScrapState, Verdict
from handlers.events import ScrapAsked
from handlers.queries import scrap
from handlers.queries.scrap import ProposalPage, ProposedDevice
from handlers.scrap import page
from handlers.scrap.page import ScrapWish
from handlers.terms import DISK_FATES, SCRAP_REASONS

FIELDS, LETTERS = 500, 600
STATES: Mapping[ScrapState, str] = {
    ScrapState.COLLECTING: "toplanıyor",
    ScrapState.CHECKED: "kontrol edildi, komisyon bekliyor",
    ScrapState.COMMISSIONED: "komisyonda",
    ScrapState.APPROVED: "onaylandı",
}
VERDICTS: Mapping[Verdict, str] = {Verdict.FIT: "uygun", Verdict.UNFIT: "uygun değil"}
DISPOSALS: Mapping[Disposal, str] = {
    Disposal.MKE: "MKE’ye",
    Disposal.DESTROYED: "imha edildi",
    Disposal.PARTS: "parça alındı",
}
_DONE: Mapping[Any, str] = {
    ScrapWish.PROPOSE: "Hurdaya önerildi.",
    ScrapWish.TAKE_BACK: "Listeden çıkarıldı.",
    ScrapWish.DESCRIBE: "Teknik görüş yazıldı.",
    ScrapWish.DISK: "Diskin durumu yazıldı.",
    ScrapWish.CHECK: "Kontrol edildi; Müdüre bildirildi.",
    ScrapWish.OPEN_AGAIN: "Liste yeniden açıldı.",
    ScrapWish.APPOINT: "Komisyon yazıldı.",
    ScrapWish.DECIDE: "Kararlar yazıldı.",
    ScrapWish.APPROVE: "Onay yazıldı; uygun bulunan cihazlar kayıttan düşüldü.",
    ScrapWish.SLIP: "VİF numarası yazıldı.",
    ScrapWish.DISPOSE: "Ne olduğu yazıldı.",
    ScrapWish.PART: "Parça depoya girildi (hurdadan).",
}
_LIST_HEADS = (
    "No", "Sicil no", "Adı, marka, model", "Seri no", "Giriş yılı", "Kayıtlı değer", "Neden", "Komisyon görüşü", "Not",
)  # fmt: skip
_REPORT_HEADS = ("No", "Cihaz", "Sicil no", "Yaş", "3 yılda kayıt", "Neden", "Teknik görüş", "Disk", "Fotoğraf")


@panel_page(SCRAP)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _all(visit))


@panel_page(SCRAP, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _all(visit))


@panel_page(SCRAP)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _one(visit))


@panel_page(SCRAP, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _one(visit))


def _all(visit: Visit) -> house_list.HouseList:
    return house_list.HouseList(
        address="hurda",
        folder="",
        template="panel_scrap_list.html",
        actions=ScrapWish,
        event=ScrapAsked,
        done=_DONE,
        gone="Böyle bir hurda teklifi bulunamadı.",
        look=scrap.look,
        try_out=page.try_out,
        words=lambda _: {"day": _day_of(visit), "states": STATES},
    )


def _one(visit: Visit) -> house_list.HouseList:
    number = str(visit.request.path_params["number"])
    return house_list.HouseList(
        address=f"hurda/{quote(number, safe='')}",
        folder="",
        template="panel_scrap.html",
        actions=ScrapWish,
        event=ScrapAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=_DONE,
        gone="Böyle bir teklif, cihaz ya da malzeme bulunamadı.",
        look=lambda acting: scrap.one(acting, number),
        try_out=page.try_out,
        words=lambda _: {
            "day": _day_of(visit),
            "states": STATES,
            "verdicts": VERDICTS,
            "disposals": DISPOSALS,
            "fates": DISK_FATES,
            "reasons": SCRAP_REASONS,
            "S": ScrapState,
            "today": visit.now.astimezone(visit.desk.zone).date(),
        },
    )


@panel_page(SCRAP)
async def report(visit: Visit) -> Response:
    """Teknik rapor."""
    found, when = await _read(visit, "teknik rapor")
    part = PrintedPart(
        title="",
        heads=_REPORT_HEADS,
        widths=(2, 4, 4, 1, 2, 3, 6, 3, 2),
        rows=[_reported(one) for one in found.devices],
        numbers=(3, 4),
        empty="Bu teklifte cihaz yok.",
    )
    experts = [f"{'Uzman üye' if one.expert else 'Üye'}\n{one.name}" for one in found.row.proposal.commission]
    sheet = PrintedSheet(
        title=f"Hurda teknik raporu {found.row.proposal.number} (hazırlık)",
        about=_about(visit, found),
        printed=when,
        closing=f"Toplam {len(found.devices)} cihaz. Servis bedelleri kaydedilmediği için yazılmadı.",
        parts=[part],
        signatures=experts or ("Düzenleyen", "Birim sorumlusu"),
    )
    return await _pdf(visit, sheet, f"hurda-rapor-{found.row.proposal.number}.pdf")


@panel_page(SCRAP)
async def listed(visit: Visit) -> Response:
    """Kayıttan düşme teklif listesi."""
    found, when = await _read(visit, "teklif listesi")
    part = PrintedPart(
        title="",
        heads=_LIST_HEADS,
        widths=(2, 4, 5, 3, 1, 2, 3, 4, 3),
        rows=[_of_list(one) for one in found.devices],
        empty="Bu teklifte cihaz yok.",
    )
    members = [f"{'Uzman üye' if one.expert else 'Üye'}\n{one.name}" for one in found.row.proposal.commission]
    sheet = PrintedSheet(
        title=f"Kayıttan düşme teklif listesi {found.row.proposal.number} (hazırlık)",
        about=_about(visit, found),
        printed=when,
        closing=f"Toplam {len(found.devices)} cihaz. Kayıtlı değer taşınır kayıt sisteminden yazılır.",
        parts=[part],
        signatures=(*members, "Onay (harcama yetkilisi)"),
    )
    return await _pdf(visit, sheet, f"hurda-teklif-{found.row.proposal.number}.pdf")


@panel_page(SCRAP)
async def stickers(visit: Visit) -> Response:
    """One for each device, to be cut out and put on it meanwhile."""
    found, when = await _read(visit, "etiketler")
    number = found.row.proposal.number
    sheet = PrintedSheet(
        title=f"Hurda etiketleri {number}",
        about="Kesip cihazın üstüne yapıştırın",
        printed=when,
        closing=f"{len(found.devices)} etiket.",
        wide=False,
        parts=[PrintedPart(title="", heads=(), widths=(1,), rows=[], empty="Bu teklifte cihaz yok.")]
        if not found.devices
        else [],
        signatures=[f"HURDA TEKLİFİ {number}\n{one.device.number}\n{one.name}" for one in found.devices],
    )
    return await _pdf(visit, sheet, f"hurda-etiket-{number}.pdf")


async def _read(visit: Visit, what: str) -> tuple[ProposalPage, str]:
    number = str(visit.request.path_params["number"])

    def look(acting: Acting) -> tuple[ProposalPage, str]:
        return scrap.one(acting, number), printed(visit, acting)

    found = await visit.read(look)
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "scrap_exported", f"{what} {number}", CHANNEL))
    return found


async def _pdf(visit: Visit, sheet: PrintedSheet, name: str) -> Response:
    return as_file(await run_in_threadpool(files_of(visit).pages, sheet), name, "application/pdf")


def _about(visit: Visit, found: ProposalPage) -> str:
    proposal = found.row.proposal
    approved = f" · onay {proposal.approved_on:%d.%m.%Y}, {proposal.document}" if proposal.approved_on else ""
    return f"açıldı {_day_of(visit)(proposal.opened_at)} · {STATES[proposal.state]}{approved}"


def _reported(one: ProposedDevice) -> tuple[str, ...]:
    line, said = one.line, one.device.description
    disk = DISK_FATES[line.disk] if line.disk is not None else "yanıtlanmadı"
    note = f" ({line.disk_note})" if line.disk_note else ""
    return (
        str(one.device.number),
        one.name,
        said.asset_no or "–",
        "–" if one.years is None else str(one.years),
        str(one.tickets),
        SCRAP_REASONS[line.reason],
        line.opinion or "–",
        f"{disk}{note}",
        "var" if line.file else "–",
    )


def _of_list(one: ProposedDevice) -> tuple[str, ...]:
    line, said = one.line, one.device.description
    verdict = "" if line.verdict is None else VERDICTS[line.verdict]
    why = f": {line.verdict_reason}" if line.verdict_reason else ""
    end = "" if line.disposal is None else DISPOSALS[line.disposal]
    return (
        str(one.device.number),
        said.asset_no,
        one.name,
        said.serial,
        str(said.bought_on.year) if said.bought_on else "",
        "",
        SCRAP_REASONS[line.reason],
        f"{verdict}{why}",
        " ".join(filter(None, (end, line.disposal_note))),
    )


def _day_of(visit: Visit) -> Any:
    def day(at: datetime) -> str:
        return f"{at.astimezone(visit.desk.zone):%d.%m.%Y}"

    return day
