"""Yazdıklarımı sil: what somebody wrote, and all that repeats it, is nowhere any more; what must stay is said."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, select

from bot.runtime import event_codec
from handlers.domain.people import Account
from handlers.events import ChangeAsked
from handlers.people import sessions
from handlers.people.access import page_address
from handlers.ports import Arrival
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST

MARK = "kumkuatzambak"
IDENTITY, PHONE = "12345678950", "0532 765 43 21"
SECRETS = (MARK, IDENTITY, PHONE, PHONE.replace(" ", ""))
NOTE = "yedek parça istendi"


async def skip_questions(actor: Any) -> None:
    while (await actor.last()).kind == "fact":
        await actor.presses("Bilmiyorum")


async def live(stage: Stage) -> None:
    """Everything that can be done with somebody's words is done with Ayşe's."""
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says(f"yazıcı çıktı vermiyor {MARK} {IDENTITY}", files={f"{MARK}.txt": MARK.encode()})
    await ayse.presses("Teknisyene ilet")
    await ayse.says(f"kyocera {MARK} {PHONE}")  # which device, asks the desk
    await skip_questions(ayse)
    await mehmet.presses("Üstlen")
    await mehmet.presses("Bilgi iste")
    await mehmet.says("hangi ışığı yanıyor?")
    await ayse.says(f"kırmızı {MARK}", files={f"{MARK}-2.txt": MARK.encode()})
    worker = stage.person("mehmet")
    await worker.says("/durum 1")
    await worker.says("/ara yazıcı")
    await worker.says(f"/not 1 {NOTE}")
    await ayse.says(f"/ara {MARK}")
    await ayse.says(f"/{MARK}")
    await ayse.says(f"yazıcı çıktı vermiyor yine {MARK}")
    await ayse.presses("Teknisyene ilet")
    await skip_questions(ayse)
    await worker.says("/sira")
    await worker.presses("Üstlen")
    await worker.presses("Diğer")
    await worker.presses("Birleştir")
    await worker.says("/iptal")
    await worker.says(f"/adina ayse: monitörü kararıyor {MARK}")
    await worker.presses("Kayıt aç, haber ver")
    await mehmet.presses(
        "Tamamladım", on=next(m for m in await mehmet.sees() if FIRST in m.text and "Tamamladım" in m.buttons)
    )
    await mehmet.says("sürücü kuruldu")
    await worker.says("/makale 1")
    await ayse.presses("Evet, çalışıyor")
    for number in (2, 3):
        await ayse.says(f"/iptal {number}")
        await ayse.presses(f"İptal et: {number}")
    await ayse.says(f"klavyem bozuldu {MARK}")


def everything_in(database: str) -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, whichever there are."""
    engine = create_engine(database)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(select(table)):
                yield from ((f"{table.name}.{name}", str(value)) for name, value in row._mapping.items())
    engine.dispose()


def said_in(found: str) -> list[str]:
    return [secret for secret in SECRETS if secret in found]


async def erase(stage: Stage, handle: str) -> str:
    """What the desk says of it."""
    actor = stage.person(handle)
    await actor.says("/verilerim")
    await actor.presses("Yazdıklarımı sil")
    await actor.presses("Evet, sil")
    return (await actor.last("erased")).text


async def test_nothing_that_repeats_their_words_is_left(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, data = stage.app.settings.database_url, stage.app.settings.data_dir
    await live(stage)
    places = {place for place, value in everything_in(database) if said_in(value)}
    assert places >= {"ticket.text", "ticket.facts", "ticket_entry.text", "message.text", "attachment.name"}
    assert places >= {"dialog.data", "feedback.text", "ticket_search.words"}
    assert any(MARK in path.read_text("utf-8") for path in data.glob("articles/drafts/*.md"))
    answer = await erase(stage, "ayse")
    assert {place: value for place, value in everything_in(database) if said_in(value)} == {}
    async with asyncio.timeout(30):  # what the desk itself is reading is let go of when it has done
        while any(secret.encode() in file.read_bytes() for file in tmp_path.glob("masa.db*") for secret in SECRETS):
            await asyncio.sleep(0.05)
    for path in tmp_path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [secret for secret in SECRETS if secret.encode() in content], path
        assert MARK not in path.name, path
    assert not said_in(capsys.readouterr().out)
    for reader in (stage.in_room("mehmet", "donanim"), stage.person("mehmet"), stage.person("fatma")):
        said = [m.text for m in await reader.sees() if m.author is None]
        assert [text for text in said if said_in(text)] == []
    for part in ("metin, 2 dosya", "yapılan iş", "30 gün", "tutanağa"):
        assert part in answer, answer
    platform = stage.channel.capitalize()
    assert (f"{platform} üzerinden yazdıklarınız" in answer) == (stage.channel in ("telegram", "slack"))


async def test_an_open_ticket_keeps_its_text_until_it_ends(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(f"yazıcı çıktı vermiyor {MARK}", files={"ekran.txt": b"x"})
    await ayse.presses("Teknisyene ilet")
    assert "Açık 1 kaydınızın metni" in await erase(stage, "ayse")
    ticket = await stage.ticket(FIRST)
    assert (MARK in ticket.text, len(ticket.files)) == (True, 1)
    assert MARK in (await stage.in_room("mehmet", "donanim").last("card")).text
    await ayse.says("/iptal 1")
    await ayse.presses("İptal et: 1")
    await erase(stage, "ayse")
    ticket = await stage.ticket(FIRST)
    assert (ticket.text, ticket.files) == ("", ())
    assert [*stage.app.settings.data_dir.iterdir()] == []


@pytest.mark.parametrize("stage", ["web"], indirect=True)
async def test_a_technician_takes_their_own_words_back_and_nobody_elses(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says("yazıcı çıktı vermiyor, Ayşenin sözü")
    await ayse.presses("Teknisyene ilet")
    await skip_questions(ayse)
    await mehmet.presses("Üstlen")
    await mehmet.presses("Bilgi iste")
    await mehmet.says(f"{MARK} yandı mı?")
    await ayse.says("yandı, yine Ayşenin sözü")
    await stage.person("mehmet").says(f"/not 1 {MARK}")
    await mehmet.presses("Tamamladım")
    await mehmet.says("sürücü kuruldu")
    await ayse.presses("Evet, çalışıyor")
    await erase(stage, "mehmet")
    found = [value for _, value in everything_in(stage.app.settings.database_url)]
    assert [value for value in found if MARK in value] == []
    assert "silindi" in (await ayse.last("question_to_reporter")).text
    assert "yine Ayşenin sözü" in (await mehmet.last("work_reply")).text
    ticket = await stage.ticket(FIRST)
    assert ("Ayşenin sözü" in ticket.text, ticket.resolution) == (True, "sürücü kuruldu")


@pytest.mark.parametrize("stage", ["web", "telegram"], indirect=True)
async def test_what_the_room_of_an_earlier_unit_repeats_goes_too(stage: Stage) -> None:
    room = stage.in_room("mehmet", "donanim")
    await room.says(f"/{MARK}")

    def moves(uow: Any) -> None:
        mehmet = uow.people.by_handle("mehmet")
        mehmet.unit = "yazilim"
        uow.people.save(mehmet)

    await stage.app.gateway.write(moves)
    assert MARK in (await room.last()).text
    await erase(stage, "mehmet")
    assert [value for _, value in everything_in(stage.app.settings.database_url) if MARK in value] == []


@pytest.mark.parametrize("stage", ["web"], indirect=True)
async def test_what_a_page_asked_for_and_nobody_could_handle_goes_too(stage: Stage) -> None:
    gateway = stage.app.gateway

    async def note_goes_aside(handle: str) -> str:
        """Written on the panel, and quarantined with its words."""
        person = await gateway.read(lambda uow: uow.people.by_handle(handle))
        assert person is not None
        asked = ChangeAsked(
            key=f"panel:{handle}", at=stage.clock.now(), sender=Account("web", handle),
            conversation=page_address("web", person.id), ticket=FIRST, action="note", text=f"{MARK} {handle}",
        )  # fmt: skip

        def aside(uow: Any) -> None:
            payload = event_codec.dump(asked)
            arrival = Arrival(
                key=asked.key, channel="web", conversation=asked.conversation, payload=payload, received_at=asked.at
            )
            uow.inbox.accept([arrival], now=asked.at, owner="test")
            uow.inbox.failed(asked.key, "ValueError", None, asked.at)

        await gateway.write(aside)
        return asked.key

    await note_goes_aside("mehmet")
    others = await note_goes_aside("zeynep")
    await erase(stage, "mehmet")
    left = [value for _, value in everything_in(stage.app.settings.database_url) if MARK in value]
    assert [f"{MARK} zeynep" in value for value in left] == [True]
    assert [one.key for one in await gateway.read(lambda uow: uow.inbox.stuck())] == [others]


@pytest.mark.parametrize("stage", ["web"], indirect=True)
async def test_my_data_shows_files_browsers_and_the_notice(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("monitör kararıyor", files={"ekran.txt": b"x"})
    await stage.app.gateway.write(
        lambda uow: sessions.begin(uow, "a" * 64, uow.people.by_handle("ayse"), stage.clock.now(), "Firefox/130 Linux")
    )
    await ayse.says("/verilerim")
    said = (await ayse.last("my_data")).text
    for part in ("Gönderdiğiniz dosyalar: 1", "Firefox · Linux", f"okundu (sürüm {stage.app.desk.notice.name})"):
        assert part in said
