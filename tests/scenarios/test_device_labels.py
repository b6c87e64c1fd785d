"""Who sends a photo of a device's label, scans it, or writes its number, has said which device it is."""

from __future__ import annotations

import io
from typing import Any

import segno

from handlers.context import Acting
from handlers.devices import labels
from tests.scenarios.stage import Stage
from tests.scenarios.test_devices import card, line, records
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import web

__all__ = ["web"]
FAULT = "yazıcıdan çıktı alamıyorum, kuyrukta bekliyor"


def picture(written: str) -> dict[str, bytes]:
    out = io.BytesIO()
    segno.make_qr(written).save(out, kind="png", scale=8)
    return {"etiket.png": out.getvalue()}


async def printer(stage: Stage) -> str:
    """The token of its label."""
    device = await records(stage, "3. kat 214", brand="HP", model="LaserJet M404dn", department="Fen İşleri")

    def work(uow: Any) -> str:
        acting = Acting(
            desk=stage.app.desk, uow=uow, now=stage.clock.now(), person=uow.people.by_handle("mehmet"),
            channel="web", event_key="k",
        )  # fmt: skip
        return labels.issue(acting, [device.id])[0].token

    return await stage.app.gateway.write(work)


async def test_a_photo_of_the_label_alone_asks_what_is_the_matter(stage: Stage) -> None:
    """On every channel: worked example 6."""
    token = await printer(stage)
    ayse = stage.person("ayse")
    await ayse.says("", files=picture(f"HTTPS://MASA.DEFNE.BEL.TR/C/{token}"))
    asked = await ayse.last("device_known")
    assert asked.text == "HP LaserJet M404dn · D-00001 · Fen İşleri 3. kat · 214 — ne oldu?"
    assert len(asked.buttons) == 5
    await ayse.presses(next(iter(asked.buttons)), on=asked)
    await ayse.presses("Teknisyene ilet")
    assert line(await card(stage)) == "Cihaz: HP LaserJet M404dn · D-00001"
    assert len((await stage.ticket(FIRST)).files) == 1


async def test_with_words_the_device_is_sure_and_their_own_words_are_the_report(web: Stage) -> None:
    token = await printer(web)
    ayse = web.person("ayse")
    await ayse.says(FAULT, files=picture(f"https://eski.adres.bel.tr/c/{token.lower()}"))
    await ayse.presses("Teknisyene ilet")
    ticket = await web.ticket(FIRST)
    assert ticket.text == FAULT
    assert line(await card(web)) == "Cihaz: HP LaserJet M404dn · D-00001"


async def test_a_code_that_is_no_device_is_told_and_a_foreign_address_is_not(web: Stage) -> None:
    await printer(web)
    ayse = web.person("ayse")
    await ayse.says("", files=picture("8690001003005"))
    assert "Etiketi okudum (8690001003005) ama kayıtta böyle bir cihaz yok" in (await ayse.last("code_unknown")).text
    hasan = web.person("hasan")
    await hasan.says("", files=picture("https://kotu.example/c?indir=1"))
    said = await hasan.last()
    assert said.kind == "file_alone"
    assert "kotu" not in said.text


async def test_a_photo_sent_to_an_open_ticket_names_its_device(web: Stage) -> None:
    token = await printer(web)
    ayse = web.person("ayse")
    await ayse.says("bilgisayarım çok yavaş")
    await ayse.presses("Teknisyene ilet")
    assert line(await card(web)) == ""
    while (await ayse.last()).kind == "fact":
        await ayse.presses("Bilmiyorum")
    await ayse.says("bu cihaz", files=picture(f"https://masa.bel.tr/c/{token}"))
    assert line(await card(web)) == "Cihaz: HP LaserJet M404dn · D-00001"


async def test_what_a_scanned_label_types_is_no_report_and_a_revoked_one_leads_nowhere(web: Stage) -> None:
    token = await printer(web)
    ayse, new = web.person("ayse"), web.person("yeni")
    await ayse.says(f"Etiket {token.lower()}")
    assert (await ayse.last("device_known")).text.endswith("— ne oldu?")
    await ayse.says(FAULT)
    await ayse.presses("Teknisyene ilet")
    assert line(await card(web)) == "Cihaz: HP LaserJet M404dn · D-00001"
    await new.says(f"Etiket {token}")
    for answer in ("Okudum", "Veli Can", "Mali Hizmetler", "312"):
        if any(label.startswith(answer) for label in (await new.last()).buttons):
            await new.presses(answer)
        elif (await new.last()).kind.startswith("who_"):
            await new.says(answer)
    assert "device_known" in [message.kind for message in await new.sees()]
    hasan = web.person("hasan")
    await hasan.says("Etiket 2345ABCD")
    assert (await hasan.last()).text == "Bu etiket iptal edilmiş. Numarayı ya da odanızı yazın, yine yardımcı olurum."
    await hasan.says("d1")
    assert (await hasan.last("device_known")).buttons


async def test_no_example_is_kept_of_a_number_alone(web: Stage) -> None:
    await printer(web)
    ayse = web.person("ayse")
    await ayse.says("d1")
    asked = await ayse.last("device_known")
    await ayse.presses(next(iter(asked.buttons)), on=asked)
    assert await web.app.gateway.read(lambda uow: list(uow.feedback.since(None))) == []


async def test_a_photo_with_the_command_finds_the_device_or_begins_a_new_one(web: Stage) -> None:
    token = await printer(web)
    mehmet = web.person("mehmet")
    await mehmet.says("/cihaz", files=picture(f"https://masa.bel.tr/c/{token}"))
    assert "D-00001" in (await mehmet.last("device_card")).text
    await mehmet.says("/cihaz", files=picture("8690001003"))
    assert (await mehmet.last()).text == "“8690001003” diye bir cihaz yok."
    await mehmet.presses("Yeni cihaz")
    await mehmet.presses("Monitör")
    assert (await mehmet.last("device_recorded")).text == "D-00002 yeni cihaz: Monitör · no 8690001003."
    await mehmet.says("/cihaz", files={"duvar.png": b"\x89PNG not really"})
    assert (await mehmet.last()).text.startswith("Fotoğrafta okunabilen bir etiket yok.")
