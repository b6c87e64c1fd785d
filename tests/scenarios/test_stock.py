"""The depot in talk: closing takes out what was used; examples 1 to 3 of the stores."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.context import Acting
from handlers.domain.page_changes import Outcome
from handlers.domain.states import State
from handlers.domain.stock import Item, ItemId
from handlers.stock import items, moving
from handlers.stock.items import Said
from handlers.stock.quantities import named_in
from tests.clock import START
from tests.handlers.tickets.test_page_changes import asked, outcome
from tests.scenarios.stage import Actor, Stage
from tests.scenarios.test_devices import records
from tests.scenarios.test_life_of_a_ticket import FIRST

FITS = "Brother HL-L2350DW"


async def does(stage: Stage, who: str, work: Any) -> Any:
    def with_person(uow: Any) -> Any:
        person = uow.people.by_handle(who)
        now = stage.clock.now()
        return work(Acting(desk=stage.app.desk, uow=uow, now=now, person=person, channel="web", event_key="k"))

    return await stage.app.gateway.write(with_person)


async def stocked(stage: Stage, number: int, **about: Any) -> Item:
    """A toner of which so many are there, kept by the lead of donanim."""

    def work(acting: Acting) -> Item:
        said = {"code": "TN-2421", "name": "Toner (siyah)", "minimum": 5, "target": 20, "fits": (FITS,), **about}
        item = items.record(acting, Said(**said))
        if number:
            moving.receive(acting, item.id, number)
        return item

    made: Item = await does(stage, "fatma", work)
    return made


async def left(stage: Stage, item: Item) -> int:
    found: int = await stage.app.gateway.read(lambda uow: uow.stock.left_of(item.id))
    return found


async def at_done(stage: Stage, text: str = "toner bitti d1") -> Actor:
    """A ticket that mehmet holds and completes."""
    ayse = stage.person("ayse")
    await ayse.says(text)
    await ayse.presses("Talep oluştur" if "Talep oluştur" in (await ayse.last()).buttons else "Teknisyene ilet")
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    return mehmet


async def test_toner_in_three_presses(stage: Stage) -> None:
    """Example 1."""
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 4)
    mehmet = await at_done(stage)
    asked = await mehmet.last("prompt_done")
    assert list(asked.buttons)[:3] == ["1 × TN-2421 takıldı (4 var)", "Malzeme kullanmadım", "Başka"]
    await mehmet.presses("1 × TN-2421 takıldı (4 var)")
    receipt = await mehmet.last("stock_used_receipt")
    assert "2026-000001 tamamlandı: “1 × TN-2421 takıldı”" in receipt.text
    assert receipt.text.count("Depoda 3 kaldı (en az 5).") == 1
    assert await left(stage, item) == 3
    move = await stage.app.gateway.read(lambda uow: uow.stock.moves(item.id)[0])
    assert (move.delta, str(move.number)) == (-1, "SH-2026-00002")
    assert (await stage.app.gateway.read(lambda uow: uow.devices.get(move.device))).number.place == 1
    await mehmet.presses_token(asked.buttons["1 × TN-2421 takıldı (4 var)"])
    assert await left(stage, item) == 3, "one press, one movement"
    await mehmet.presses_token(receipt.buttons["Geri al"])
    assert (await mehmet.last("stock_undone")).text.startswith("Geri alındı: 1 × TN-2421 (SH-2026-00003)")
    assert await left(stage, item) == 4
    ticket = await stage.app.gateway.read(lambda uow: uow.tickets.get(move.ticket))
    assert ticket.state == "resolved"
    await mehmet.presses_token(receipt.buttons["Geri al"])
    assert (await mehmet.last()).text == "Bu hareket zaten geri alınmış (SH-2026-00003)."
    assert await left(stage, item) == 4


async def test_what_was_never_used_and_fits_nothing_yet_is_offered_where_it_is_there(stage: Stage) -> None:
    await stocked(stage, 2, code="TN-1040", fits=())
    await stocked(stage, 6, fits=())
    await stocked(stage, 0, code="TN-2456", fits=())
    mehmet = await at_done(stage, "toner bitti")
    offered = list((await mehmet.last("prompt_done")).buttons)
    assert offered[:3] == ["1 × TN-2421 takıldı (6 var)", "1 × TN-1040 takıldı (2 var)", "Malzeme kullanmadım"]


async def test_an_empty_book_holds_no_ticket_up(stage: Stage) -> None:
    """Example 2."""
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 0, minimum=0)
    mehmet = await at_done(stage)
    await mehmet.presses("1 × TN-2421 takıldı (0 var)")
    asked = await mehmet.last("prompt_stock_gone")
    assert list(asked.buttons) == ["Müdürlüğün yedeği", "Depoda vardı", "Vazgeç"]
    await mehmet.presses("Depoda vardı")
    receipt = await mehmet.last("stock_used_receipt")
    assert "1 tanesi askıda" in receipt.text
    assert "Askıdakini geri al" in receipt.buttons
    fatma = stage.person("fatma")
    assert "TN-2421 depodan alındı" in (await fatma.last("stock_pending_told")).text
    assert await left(stage, item) == 0
    await fatma.says("/depo giris 10 tn-2421 irsaliye 4431")
    assert (await fatma.last("depot_received")).text.endswith("1 askıda kullanım var; düşülsün mü?")
    await fatma.presses("Düşülsün")
    assert (await fatma.last("depot_settled")).text == "Askıdaki 1 × TN-2421 düşüldü. Depoda 9 kaldı."
    assert await left(stage, item) == 9
    await mehmet.presses_token(receipt.buttons["Askıdakini geri al"])
    assert "girişten düşülmüş (SH-2026-00002)" in (await mehmet.last()).text


async def test_who_comes_second_is_asked_where_it_came_from(stage: Stage) -> None:
    """Example 3, as the second one sees it; both at once stand in the contract of the store."""
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 1, minimum=0)
    mehmet = await at_done(stage)
    await does(stage, "fatma", lambda acting: moving.give(acting, item.id, 1, "Fen İşleri"))
    await mehmet.presses("1 × TN-2421 takıldı (1 var)")
    await mehmet.presses("Müdürlüğün yedeği")
    assert "tamamlandı" in (await mehmet.last("stock_used_receipt")).text
    assert await left(stage, item) == 0
    assert await stage.app.gateway.read(lambda uow: uow.stock.pending()) == []


async def test_what_is_typed_is_taken_or_told(stage: Stage) -> None:
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 4)
    other = await stocked(stage, 9, code="TN-1040", name="Toner (küçük)", fits=("Brother HL-1110",))
    mehmet = await at_done(stage)
    await mehmet.says("500 tn2421")
    assert (await mehmet.last()).text == "Adet 1 ile 50 arasında olmalı; “500” yazdınız."
    await mehmet.says("2,5 tn2421")
    assert (await mehmet.last()).text == "2,5 adet olmaz; tam sayı yazın."
    await mehmet.says("tn2450")
    assert "En yakını: TN-2421" in (await mehmet.last("prompt_stock_unknown")).text
    await mehmet.says("tn 1040 taktım")
    assert "uymuyor görünüyor" in (await mehmet.last("prompt_stock_misfit")).text
    await mehmet.says("5 tn2421")
    short = await mehmet.last("prompt_stock_short")
    assert "depoda 4 TN-2421 var, 5 yazdınız." in short.text
    await mehmet.presses("4 tanesini düş, 1 tanesi askıda")
    assert (await left(stage, item), await left(stage, other)) == (0, 9)
    (use,) = await stage.app.gateway.read(lambda uow: uow.stock.pending())
    assert use.quantity == 1
    assert not [one for one in await mehmet.sees() if "vazgeçti" in one.text], "one question led to the next"


async def test_of_each_item_it_is_asked_where_it_came_from(stage: Stage) -> None:
    """Example 2, of two at once: what was said of the toner is not said of the drum."""
    toner = await stocked(stage, 0, fits=(), minimum=0)
    drum = await stocked(stage, 1, code="DR-2400", name="Drum", fits=(), minimum=0)
    mehmet = await at_done(stage, "toner bitti")
    await mehmet.says("1 tn2421 2 drum")
    assert "TN-2421 depoda görünmüyor" in (await mehmet.last("prompt_stock_gone")).text
    await mehmet.presses("Müdürlüğün yedeği")
    assert "depoda 1 DR-2400 var, 2 yazdınız." in (await mehmet.last("prompt_stock_short")).text
    await mehmet.presses("1 tanesini düş, 1 tanesi askıda")
    receipt = (await mehmet.last("stock_used_receipt")).text
    assert "TN-2421 müdürlüğün yedeği, depodan düşülmedi. DR-2400: 1 tanesi askıda." in receipt
    assert (await left(stage, toner), await left(stage, drum)) == (0, 0)
    waiting = await stage.app.gateway.read(lambda uow: uow.stock.pending())
    assert [(one.item, one.quantity) for one in waiting] == [(drum.id, 1)]
    fatma = stage.person("fatma")
    await fatma.says("/depo giris 1 dr2400")
    assert (await fatma.last("depot_received")).text.endswith("1 askıda kullanım var; düşülsün mü?")
    pressed = (await fatma.last("depot_received")).buttons["Düşülsün"]
    await fatma.presses_token(pressed)
    await fatma.presses_token(pressed)
    assert (await fatma.last("depot_not_settled")).text == "DR-2400: askıda kullanım kalmadı."
    assert await left(stage, drum) == 0


async def test_a_ticket_that_is_cancelled_asks_what_became_of_what_it_took(stage: Stage) -> None:
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 4)
    mehmet = await at_done(stage)
    await mehmet.presses("1 × TN-2421 takıldı (4 var)")
    ayse = stage.person("ayse")
    await ayse.presses("Hayır, karşılanmadı")
    await mehmet.presses("Diğer")
    await mehmet.presses("İptal")
    await mehmet.presses("Mükerrer kayıt")
    asked = await mehmet.last("stock_written")
    assert asked.text == "2026-000001: bu kayda 1 × TN-2421 yazılmış."
    assert list(asked.buttons) == ["Kullanıldı, kalsın", "Depoya iade edildi"]
    await mehmet.presses("Depoya iade edildi")
    assert await left(stage, item) == 4


async def test_what_is_kept_no_more_resolves_nothing(stage: Stage) -> None:
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 4)
    mehmet = await at_done(stage)
    gone = Said(code="TN-2421", name="Toner (siyah)", fits=(FITS,), active=False)
    await does(stage, "fatma", lambda acting: items.correct(acting, item.id, gone))
    await mehmet.presses("1 × TN-2421 takıldı (4 var)")
    assert "artık tutulmuyor" in (await mehmet.last()).text
    assert await left(stage, item) == 4
    (ticket,) = await stage.app.gateway.read(lambda uow: uow.tickets.active_in("donanim", None))
    assert ticket.state == "claimed"


async def test_all_that_was_typed_is_kept(stage: Stage) -> None:
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 4)
    mehmet = await at_done(stage)
    typed = "tn 2421 taktım, " + "merdaneyi de sildim " * 70 + "son"
    await mehmet.says(typed)
    assert await left(stage, item) == 3
    kept = await stage.app.gateway.read(lambda uow: uow.tickets.entries(uow.stock.moves(item.id)[0].ticket))
    assert typed in [one.text for one in kept]


async def test_without_malzeme_it_is_completed_as_before(stage: Stage) -> None:
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 4)
    mehmet = await at_done(stage)
    await mehmet.presses("Başka")
    assert "Depoda tutulanlar: TN-2421" in (await mehmet.last("prompt_stock")).text
    await mehmet.says("kâğıt yolu temizlendi")
    assert "kâğıt yolu temizlendi" in (await mehmet.last("resolved_receipt")).text
    assert await left(stage, item) == 4


async def test_malzeme_kullanmadim_offers_what_is_else_done(stage: Stage) -> None:
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 4)
    mehmet = await at_done(stage)
    await mehmet.presses("Malzeme kullanmadım")
    assert "Toner teslim edildi" in (await mehmet.last("prompt_done")).buttons
    await mehmet.presses("Toner teslim edildi")
    assert "tamamlandı" in (await mehmet.last("resolved_receipt")).text
    assert await left(stage, item) == 4


async def test_the_depot_in_chat(stage: Stage) -> None:
    fatma, mehmet, ayse = (stage.person(who) for who in ("fatma", "mehmet", "ayse"))
    await fatma.says("/depo")
    assert "Depoda henüz malzeme yok." in (await fatma.last("depot")).text
    await fatma.says("/depo yeni TN-2421 Toner siyah en az 5")
    assert (await fatma.last("depot_recorded")).text.startswith("TN-2421 (Toner siyah) eklendi, en az 5.")
    await fatma.says("/depo giris 10 tn 2421 irsaliye 4431")
    assert (await fatma.last("depot_received")).text == "SH-2026-00001: 10 × TN-2421 girildi (4431). Depoda 10 var."
    await fatma.says("/depo giris 10 tn-2421 irsaliye 4431")
    assert "4431 no’lu irsaliye" in (await fatma.last()).text
    await fatma.says("/depo ver 6 tn 2421 Fen İşleri")
    assert (await fatma.last("depot_given")).text.endswith("Fen İşleri için verildi. Depoda 4 kaldı.")
    assert (await fatma.last("stock_low")).text.startswith("TN-2421: 4 kaldı (en az 5). Son 90 günde 6 kullanıldı")
    await fatma.presses("Sipariş verildi")
    await fatma.presses("2 hafta")
    assert "gününe kadar az kaldığı hatırlatılmaz." in (await fatma.last("depot_ordered")).text
    await fatma.presses("Geri al")
    assert "sipariş kaldırıldı" in (await fatma.last("depot_ordered")).text
    await fatma.says("/depo iade 1 tn-2421")
    assert "1 × TN-2421 girildi. Depoda 5 var." in (await fatma.last("depot_received")).text
    await fatma.presses("Geri al")
    assert "Depoda 4 var." in (await fatma.last("stock_undone")).text
    await mehmet.says("/depo")
    assert "TN-2421 · Toner siyah: 4 adet (en az 5)" in (await mehmet.last("depot")).text
    await mehmet.says("/depo tn2421")
    assert "SH-2026-00002 · -6 · Fen İşleri" in (await mehmet.last("depot_item")).text
    await mehmet.says("/depo giris 10 tn-2421")
    assert (await mehmet.last()).kind.startswith("errors/")
    await ayse.says("/depo")
    assert (await ayse.last()).kind.startswith("errors/")
    for wrong, told in (("giris", "depot_words"), ("giris 1 xy9", "depot_item"), ("giris 1,5 tn2421", "stock_half")):
        await fatma.says(f"/depo {wrong}")
        assert (await fatma.last()).kind == f"errors/{told}"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2 tn2421", {"TN-2421": 2}),
        ("2 adet tn-2421 1 drum", {"TN-2421": 2, "DR-2400": 1}),
        ("tn 2421 taktım", {"TN-2421": 1}),
        ("iki tn2421", {"TN-2421": 2}),
        ("2 nolu yazıcıya tn2421", {"TN-2421": 1}),
        ("TN-2421 takıldı, 312 nolu oda", {"TN-2421": 1}),
        ("tn2421 2 adet takıldı", {"TN-2421": 2}),
        ("tn2421 2 adet dr2400", {"TN-2421": 1, "DR-2400": 2}),
        ("TN-2421 312 nolu odaya", {"TN-2421": 1}),
        ("3x TN-2421, 2 × dr2400", {"TN-2421": 3, "DR-2400": 2}),
        ("drum temizlendi", {}),
        ("kâğıt yolu temizlendi", {}),
        ("xtn24219", {}),
    ],
)
def test_what_of_it_is_malzeme(typed: str, found: dict[str, int]) -> None:
    kept = [
        Item(code="TN-2421", name="Toner", recorded_at=START, id=ItemId(1)),
        Item(code="DR-2400", name="Drum", recorded_at=START, id=ItemId(2)),
        Item(code="312", name="Kablo", recorded_at=START, id=ItemId(3)),
    ]
    assert {one.item.code: one.quantity for one in named_in(typed, kept)} == found


async def test_a_page_completes_with_malzeme_as_the_chat_does(stage: Stage) -> None:
    """Both are done, or neither."""
    await records(stage, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(stage, 1, minimum=0)
    await at_done(stage)
    for key, to, came, state, there in (
        ("panel:1", f"{item.id}/bulut", Outcome.REFUSED, State.CLAIMED, 1),
        ("panel:2", "9999/depo", Outcome.REFUSED, State.CLAIMED, 1),
        ("panel:3", "", Outcome.REFUSED, State.CLAIMED, 1),
        ("panel:4", f"{item.id}/depo", Outcome.DONE, State.RESOLVED, 0),
    ):
        assert await outcome(stage, asked(stage, "resolve", key, to=to, seen=99)) is came
        ticket = await stage.ticket(FIRST)
        assert (ticket.state, await left(stage, item)) == (state, there)
    assert ticket.resolution == "1 × TN-2421 takıldı"
    await stage.tick()  # a page waits for what it asked, not for what others are told of it
    ayse = stage.person("ayse")
    assert "Hayır, karşılanmadı" in (await ayse.last("update_resolved")).buttons
    await ayse.presses("Hayır, karşılanmadı")
    assert await outcome(stage, asked(stage, "resolve", "panel:5", to=f"{item.id}/depo", seen=99)) is Outcome.REFUSED
    assert (await stage.ticket(FIRST)).state is not State.RESOLVED, "the book has none left"
    pending = asked(stage, "resolve", "panel:6", to=f"{item.id}/askida", text="yenisi takıldı", seen=99)
    assert await outcome(stage, pending) is Outcome.DONE
    assert [one.quantity for one in await stage.app.gateway.read(lambda uow: uow.stock.pending())] == [1]
