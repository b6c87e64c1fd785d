"""`/panel/egitimler`: trainings, what was asked for, who takes part, and the list to sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import TRAININGS
from bot.web.printed import PrintedPart, PrintedSheet
from handlers.context import Acting
from handlers.domain.trainings import MAX_NOTE_LETTERS, Answer, TrainingId
from handlers.events import PaperworkAsked
from handlers.queries import trainings
from handlers.queries.trainings import TrainingPage
from handlers.spoken_time import day_name
from handlers.trainings import page
from handlers.trainings.page import TrainingWish

FIELDS, LETTERS = 600, 4000
_ANSWERS: Mapping[Answer, str] = {
    Answer.INVITED: "yanıtlamadı",
    Answer.COMING: "katılacak",
    Answer.WAITING: "yedek listede",
    Answer.DECLINED: "katılamıyor",
}
_DONE: Mapping[Any, str] = {
    TrainingWish.PLAN: "Eğitim açıldı; seçilenler davet edildi.",
    TrainingWish.INVITE: "Davet edildi.",
    TrainingWish.HOLD: "Katılanlar yazıldı; kapatabildiğiniz talepleri tamamlandı.",
    TrainingWish.CANCEL: "İptal edildi; davetlilere söylendi, talepleri yeniden bekliyor.",
}
_HEADS = ("Sıra", "Ad soyad", "Sicil no", "Müdürlük", "Katıldı", "İmza")


def _list(visit: Visit, key: TrainingId | None) -> house_list.HouseList:
    return house_list.HouseList(
        address="egitimler" if key is None else f"egitimler/{key}",
        folder="",
        template="panel_trainings.html" if key is None else "panel_training.html",
        actions=TrainingWish,
        event=PaperworkAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=_DONE,
        gone="Böyle bir eğitim bulunamadı.",
        look=lambda acting: trainings.look(acting) if key is None else trainings.one(acting, key),
        try_out=page.try_out,
        words=lambda _: {
            "answers": {answer.value: word for answer, word in _ANSWERS.items()},
            "moment": lambda at: _moment(visit, at),
            "most_note": MAX_NOTE_LETTERS,
        },
    )


@panel_page(TRAININGS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, None))


@panel_page(TRAININGS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, None))


@panel_page(TRAININGS)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, _key(visit)))


@panel_page(TRAININGS, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, _key(visit)))


@panel_page(TRAININGS)
async def pages(visit: Visit) -> Response:
    """Katılım çizelgesi: to sign, and afterwards as it was."""

    def look(acting: Acting) -> tuple[TrainingPage, str]:
        return trainings.one(acting, _key(visit)), printed(visit, acting)

    found, when = await visit.read(look)
    one = found.line.one
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "training_exported", str(one.number), CHANNEL))
    shown = [line for line in found.participants if line.one.answer is not Answer.DECLINED or line.one.attended]
    rows = [
        (
            str(place),
            line.person.name or line.person.handle,
            line.person.staff_no or "–",
            line.person.department or "–",
            "" if one.held_at is None else "katıldı" if line.one.attended else "katılmadı",
            "",
        )
        for place, line in enumerate(shown, 1)
    ]
    part = PrintedPart(
        title="",
        heads=_HEADS,
        widths=(1, 4, 2, 5, 2, 4),
        rows=rows,
        numbers=(0,),
        empty="Davetli yok.",
    )
    starts = one.starts.astimezone(visit.desk.zone)
    about = f"{one.number} · {one.title} · {day_name(starts.date())} {starts:%H:%M} · {one.place}"
    sheet = PrintedSheet(
        title="Eğitim katılım çizelgesi",
        about=f"{about} · Eğitmen: {one.trainer}" if one.trainer else about,
        printed=when,
        closing="Dosya kodu 774.03 (Yönetmelik 7/6, 10/8, 11/28).",
        parts=[part],
        wide=False,
        status="",
        signatures=("Eğitmen", "Düzenleyen", "Onaylayan"),
    )
    made = await run_in_threadpool(files_of(visit).pages, sheet)
    return as_file(made, f"{one.number}.pdf", "application/pdf")


def _key(visit: Visit) -> TrainingId:
    return TrainingId(int(visit.request.path_params["training"]))


def _moment(visit: Visit, at: datetime) -> str:
    return f"{at.astimezone(visit.desk.zone):%d.%m.%Y %H:%M}"
