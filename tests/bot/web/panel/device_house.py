"""Devices of the panel's people, and a browser of a desk that does what is asked."""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, TypeVar

import httpx

from bot.documents.device_files import DeviceFiles
from bot.documents.letterhead import Letterhead
from bot.web import WebSettings, build
from handlers.chat.dispatch import handle
from handlers.context import Acting
from handlers.devices import recording
from handlers.domain.devices import Custody, CustodyKind, Description, Device
from handlers.domain.people import Person
from handlers.people import departments
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import UNITS, PanelVisit
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

T = TypeVar("T")
LABEL_URL = "https://masa.defne.bel.tr"
PRINTER = Description(
    kind="yazici", brand="HP", model="LaserJet M404dn", serial="PHB1234567",
    asset_no="255.02.01.01.02.01/18/00252", ips=("10.0.0.15",), warranty_until=date(2027, 7, 17), price="4.572,83",
)  # fmt: skip
LAPTOP = Description(kind="dizustu", brand="Lenovo", model="ThinkPad E14", serial="5CD8123ABC", host="PC-MALI-07")


def device_settings(**more: Any) -> WebSettings:
    files = DeviceFiles(lambda: Letterhead("Defne Belediyesi"), lambda: LABEL_URL)
    return WebSettings(
        demo=True, desk=shared_desk(), units=UNITS, institution="Defne Belediyesi", devices=lambda: files,
        label_url=LABEL_URL, **more,
    )  # fmt: skip


def acts(site: ScriptedSite, person: Person, work: Callable[[Acting], T]) -> T:
    def with_person(uow: UnitOfWork) -> T:
        who = uow.people.get(person.id)
        return work(Acting(desk=shared_desk(), uow=uow, now=site.now(), person=who, channel="web", event_key="k"))

    return site.store.write(with_person)


def furnish(site: ScriptedSite, staff: dict[str, Person]) -> list[Device]:
    """A printer in a room, and a laptop in somebody's custody."""
    site.store.write(lambda uow: departments.begin_list(uow, ["Mali Hizmetler", "Fen İşleri"]))

    def record(acting: Acting) -> list[Device]:
        printer = recording.record(acting, PRINTER, place="3. kat 312", department="Mali Hizmetler")
        held = Custody(kind=CustodyKind.PERSON, holder=staff["ayse"].id)
        return [printer, recording.record(acting, LAPTOP, place="105", department="Fen İşleri", custody=held)]

    return acts(site, staff["fatma"], record)


def plays(site: ScriptedSite) -> None:
    def play(uow: UnitOfWork, event: object, _person: Person) -> None:
        handle(shared_desk(), uow, event, shared_desk().knowledge.read)  # type: ignore[arg-type]

    site.script = play


@asynccontextmanager
async def visiting(site: ScriptedSite, who: str, **more: Any) -> AsyncIterator[PanelVisit]:
    plays(site)
    async with connect(build(site, device_settings(**more))) as client:
        client.headers["Accept"] = "text/html"
        visit = PanelVisit(client, f"/demo/{who}/")
        await visit.open()
        yield visit


async def send(visit: PanelVisit, path: str, files: Any = None, **fields: Any) -> httpx.Response:
    page = await visit.get(path)
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', page.text)
    data = {"form_token": token[1] if token else visit.token, "key": str(uuid.uuid4()), **fields}
    return await visit.client.post(f"{visit.path}{path}", data=data, files=files)


async def press(visit: PanelVisit, path: str, action: str, **fields: Any) -> str:
    answer = await send(visit, path, action=action, **fields)
    assert answer.status_code == 303, answer.text
    return (await visit.client.get(answer.headers["location"])).text
