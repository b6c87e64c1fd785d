"""Two problems in one message: one message, two tickets, where the reporter wants them apart."""

from __future__ import annotations

from handlers.people.access import may_read_file
from tests.scenarios.stage import Stage

FIRST, SECOND = "2026-000001", "2026-000002"
BOTH = "312 nolu odada HP M404 kağıt sıkıştırıyor. Ayrıca EBYS'ye giremiyorum, şifremi kabul etmiyor, dahilim 1453"


async def numbers(stage: Stage) -> list[str]:
    return sorted(t.number for t in await stage.app.gateway.read(lambda uow: uow.summaries.list()))


async def test_each_gets_its_subject_unit_number_and_card(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(BOTH)
    said = await ayse.last()
    assert "İkinci" in said.text
    await ayse.presses("İki ayrı kayıt aç")
    assert await numbers(stage) == [FIRST, SECOND]
    tickets = {t.category: t for t in [await stage.ticket(FIRST), await stage.ticket(SECOND)]}
    assert {c: t.unit for c, t in tickets.items()} == {"yazici-kagit-sikismasi": "donanim", "ebys-giris": "yazilim"}
    assert all(t.text == BOTH for t in tickets.values())
    told = [m.text for m in await ayse.sees() if m.kind == "opened"]
    assert [sum(number in text for text in told) for number in (FIRST, SECOND)] == [1, 1]
    printer, ebys = tickets["yazici-kagit-sikismasi"], tickets["ebys-giris"]
    assert printer.number in (await stage.in_room("mehmet", "donanim").last("card")).text
    assert ebys.number in (await stage.in_room("ali", "yazilim").last("card")).text
    assert printer.facts["cihaz"] == "HP M404"
    assert "cihaz" not in ebys.facts
    assert all(t.facts["oda"].endswith("312") and t.facts["dahili"] == "1453" for t in tickets.values())
    assert "İki ayrı kayıt aç" not in [label for m in await ayse.sees() for label in m.buttons]


async def test_a_second_press_does_nothing(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(BOTH)
    buttons = (await ayse.last()).buttons
    await ayse.presses_token(buttons["İki ayrı kayıt aç"])
    await ayse.presses_token(buttons["İki ayrı kayıt aç"])
    way_on = next(token for label, token in buttons.items() if label in ("Teknisyene ilet", "Talep oluştur"))
    await ayse.presses_token(way_on)
    assert await numbers(stage) == [FIRST, SECOND]


async def test_one_ticket_if_that_is_what_they_want(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(BOTH)
    buttons = (await ayse.last()).buttons
    way_on = next(token for label, token in buttons.items() if label in ("Teknisyene ilet", "Talep oluştur"))
    await ayse.presses_token(way_on)
    await ayse.presses_token(buttons["İki ayrı kayıt aç"])
    assert await numbers(stage) == [FIRST]


async def test_one_problem_offers_no_two_tickets(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("yazıcıdan çıktı alamıyorum, kuyrukta bekliyor")
    assert "İki ayrı kayıt aç" not in (await ayse.last()).buttons


async def test_when_the_steps_helped_with_one_the_other_comes_next(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("yazıcı kağıt sıkıştırıyor bir de telefonumdan ses gelmiyor")
    await ayse.presses("İşe yaradı")
    assert "ahize" in (await ayse.last("suggestion")).text.lower()
    await ayse.presses("Teknisyene ilet")
    assert (await stage.ticket(FIRST)).category == "telefon-santral"


async def test_an_edit_reaches_both(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(BOTH)
    mine = next(m for m in await ayse.sees() if m.author is not None)
    await ayse.presses("İki ayrı kayıt aç")
    await ayse.edits(mine, BOTH + ", acele değil")
    assert {(await stage.ticket(number)).text for number in (FIRST, SECOND)} == {BOTH + ", acele değil"}


async def test_a_photo_can_be_seen_by_both_units(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(BOTH, files={"ekran.png": b"\x89PNG not really"})
    await ayse.presses("İki ayrı kayıt aç")
    file = (await stage.ticket(SECOND)).files[0]
    for handle in ("mehmet", "ali"):

        def may_read(uow: object, handle: str = handle) -> bool:
            person = uow.people.by_handle(handle)  # type: ignore[attr-defined]
            return may_read_file(uow, person, uow.attachments.get(file))  # type: ignore[arg-type,attr-defined]

        assert await stage.app.gateway.read(may_read), handle


async def test_at_most_two_questions_and_where_they_sit_is_asked_once(stage: Stage) -> None:
    kemal = stage.person("kemal")
    await kemal.says("yazıcı kağıt sıkıştırıyor bir de telefonumdan ses gelmiyor")
    await kemal.presses("İki ayrı kayıt aç")
    asked = 0
    while "Bilmiyorum, atla" in (await kemal.last()).buttons and asked < 9:
        asked += 1
        await kemal.says("4. kat 401")
    assert 0 < asked <= 2
    rooms = [(await stage.ticket(number)).facts.get("oda") for number in (FIRST, SECOND)]
    assert rooms == ["4. kat 401", "4. kat 401"] or all(rooms)
