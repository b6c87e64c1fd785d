"""A security matter beside another one: its words, files and corrections stay with it."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.people.access import may_read_file
from tests.scenarios.stage import Seen, Stage

FIRST, SECOND = "2026-000001", "2026-000002"
SECRET = "zorkun"
BOTH = (
    "yazıcı çıktı vermiyor, kağıt sıkışması da var. Ayrıca vatandaşların kişisel verileri sanırım zorkun "
    "sayfasından başkalarının eline geçmiş olabilir"
)
PHISHED = f"bu arada {SECRET} diye bir sahte siteye şifremi girdim"
PRINTER = "yazıcı çıktı vermiyor, kuyrukta bekliyor"


async def everything_said(stage: Stage, *rooms: str) -> str:
    """By the desk, in those rooms and to those who have no business with it."""
    places = [stage.in_room("mehmet", "donanim"), stage.in_room("ali", "yazilim")]
    places += [stage.person(handle) for handle in ("mehmet", "ali", "admin", "hasan")]
    return "\n".join([m.text + " ".join(m.files) for place in places for m in await place.sees() if m.author is None])


async def read(stage: Stage, look: Any) -> Any:
    return await stage.app.gateway.read(look)


async def examples(stage: Stage) -> list[str]:
    return [text for text, _, _ in await read(stage, lambda uow: list(uow.feedback.since(None)))]


async def reported(stage: Stage, text: str = PRINTER) -> None:
    ayse = stage.person("ayse")
    await ayse.says(text)
    await ayse.presses("Teknisyene ilet")
    while "Bilmiyorum, atla" in (await ayse.last()).buttons:
        await ayse.presses("Bilmiyorum, atla")


async def own(stage: Stage, text: str) -> Seen:
    return next(m for m in reversed(await stage.person("ayse").sees()) if m.author is not None and m.text == text)


async def test_of_two_problems_the_other_one_keeps_no_word_of_the_security_matter(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.person("mehmet")
    await ayse.says(BOTH, files={"liste.png": b"\x89PNG not really"})
    await ayse.presses("İki ayrı kayıt aç")
    printer, secret = sorted([await stage.ticket(FIRST), await stage.ticket(SECOND)], key=lambda t: t.restricted)
    assert [printer.restricted, secret.restricted] == [False, True]
    assert printer.text in ("", "yazıcı çıktı vermiyor")
    assert (secret.text, len(secret.files), printer.files) == (BOTH, 1, ())
    await ayse.edits(await own(stage, BOTH), BOTH + ", acele")
    await mehmet.says(f"/durum {printer.number}")
    await mehmet.says(f"/ara {SECRET}")
    assert "bir şey bulamadım" in (await mehmet.last()).text
    said = await everything_said(stage)
    assert printer.number in said
    assert "vatandaş" not in said
    assert "liste.png" not in said
    assert (await stage.ticket(secret.number)).text == BOTH + ", acele"
    assert set(await examples(stage)) <= {printer.text}

    def who_may_read(uow: Any) -> list[str]:
        file = uow.attachments.get(secret.files[0])
        people = [uow.people.by_handle(handle) for handle in ("mehmet", "ali", "kemal", "ayse")]
        return [person.handle for person in people if may_read_file(uow, person, file)]

    assert await read(stage, who_may_read) == ["kemal", "ayse"]


@pytest.mark.parametrize("beside", [", ayrıca vatandaşların kişisel verileri zorkun sitesine sızdı", f". {PHISHED}"])
async def test_smoke_beside_it_reaches_every_technician(stage: Stage, beside: str) -> None:
    await stage.person("ayse").says(f"yazıcıdan duman çıkıyor{beside}", files={"liste.txt": b"x"})
    secret, smoke = await stage.ticket(FIRST), await stage.ticket(SECOND)
    assert (secret.restricted, len(secret.files), secret.unit) == (True, 1, "yazilim")
    assert (smoke.restricted, smoke.files, smoke.text) == (False, (), "yazıcıdan duman çıkıyor")
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert "ACİL" in card.text
    assert "duman" in card.text
    assert SECRET not in await everything_said(stage)


@pytest.mark.parametrize("how", ["as a reply", "as an answer", "with the number", "as a correction", "into a report"])
async def test_what_arrives_later_becomes_a_security_matter_of_its_own(stage: Stage, how: str) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await reported(stage)
    match how:
        case "as a reply":
            await ayse.says(PHISHED, to=await ayse.last("opened"))
        case "as an answer":
            await mehmet.presses("Üstlen")
            await mehmet.presses("Bilgi iste")
            await mehmet.says("Ne zamandır böyle?")
            await ayse.says(PHISHED)
        case "with the number":
            await ayse.says(f"1: {PHISHED}")
        case "as a correction":
            await ayse.edits(await own(stage, PRINTER), f"{PRINTER}, {PHISHED}")
        case _:
            await ayse.says("ekranım titriyor")
            await ayse.says(PHISHED)
    assert (await stage.ticket(SECOND)).restricted
    assert SECRET in (await stage.ticket(SECOND)).text
    assert SECRET not in (await stage.ticket(FIRST)).text
    assert SECRET not in await everything_said(stage)
    assert not any(SECRET in text for text in await examples(stage))


async def test_what_turns_out_to_be_one_is_taken_out_of_the_room(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await reported(stage, f"{PRINTER} {SECRET}")
    await ayse.says(f"ekranda {SECRET} yazıyor", to=await ayse.last("opened"))
    await mehmet.presses("Üstlen")
    if stage.channel != "slack":  # what a slash command says, Slack shows to its user alone
        await mehmet.says("/durum 1")
    assert SECRET in await everything_said(stage)
    assert any(SECRET in text for text in await examples(stage))
    fatma = stage.person("fatma")
    await fatma.says("/durum 1")
    await fatma.presses("Diğer")
    await fatma.presses("Sıraya geri koy")
    await fatma.presses("Diğer")
    await fatma.presses("Konuyu düzelt")
    await fatma.presses("Tüm konular")
    while not any(label == "Bilgi güvenliği" for m in await fatma.sees() for label in m.buttons):
        await fatma.presses("Sonrakiler")
    await fatma.presses("Bilgi güvenliği")
    assert (await stage.ticket(FIRST)).restricted
    assert SECRET not in await everything_said(stage)
    assert not await examples(stage)
    assert not await read(stage, lambda uow: uow.search.tickets(SECRET, units=None, reporter=None, limit=5).tickets)
