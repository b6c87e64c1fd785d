"""A count in talk: photos of labels, numbers, rooms, malzeme, and the director's press; example 12 of the stores."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import Acting
from handlers.counts import closing, counting, opening
from handlers.counts.opening import Wanted
from handlers.domain.counts import Scope
from handlers.domain.officers import Office, Officer
from handlers.people import personal_data
from handlers.people.access import may_read_file
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage
from tests.scenarios.test_device_labels import picture, printer
from tests.scenarios.test_devices import records
from tests.scenarios.test_stock import at_done, does, left, stocked
from tests.scenarios.test_targets import web

__all__ = ["web"]


async def named(stage: Stage) -> None:
    """Zeynep is taşınır kayıt yetkilisi."""

    def work(uow: UnitOfWork) -> None:
        zeynep, fatma = uow.people.by_handle("zeynep"), uow.people.by_handle("fatma")
        assert zeynep is not None
        assert fatma is not None
        now = stage.clock.now()
        held = {"office": Office.TASINIR_KAYIT, "person": zeynep.id, "entered_by": fatma.id}
        uow.officers.add(Officer(**held, starts=now.date(), entered_at=now))  # type: ignore[arg-type] # fields by name

    await stage.app.gateway.write(work)


async def begun(stage: Stage) -> None:
    await named(stage)

    def work(acting: Acting) -> None:
        people = [acting.uow.people.by_handle(one) for one in ("mehmet", "zeynep", "fatma")]
        board = [one.id for one in people if one is not None]
        opening.open_count(acting, Wanted(scope=Scope.ALL, board=board))

    await does(stage, "fatma", work)


async def test_a_room_is_counted_with_numbers_and_what_differs_is_put_right(stage: Stage) -> None:
    await records(stage, "312", brand="HP", model="M404dn")
    await records(stage, "214", brand="HP", model="M15w")
    item = await stocked(stage, 12)
    await begun(stage)
    mehmet = stage.person("mehmet")
    await mehmet.says("/sayim")
    assert "SY-2026-01 · Tümü: 0 / 3 sayıldı." in (await mehmet.last("count_begun")).text
    await mehmet.says("312")
    assert "burada 1 cihaz bekleniyor, 0 tanesi sayıldı." in (await mehmet.last("count_here")).text
    await mehmet.says("d1 d2 d99")
    told = await mehmet.last("count_seen")
    assert "D-00001 ✓ · D-00002 ✓ kayıtta 214, burada 312 · D-00099 kayıtta yok" in told.text
    await mehmet.presses("D-00002 yerini 312 yap")
    assert "artık kayıtta da burada" in (await mehmet.last("count_put_right")).text
    await mehmet.says("d1")
    assert "D-00001 zaten sayıldı, " in (await mehmet.last("count_seen")).text
    await mehmet.says("9 tn-2421")
    assert "TN-2421: Kayıtta 12, siz 9. Bir kez daha sayın." in (await mehmet.last("count_item")).text
    await mehmet.says("9 tn-2421")
    assert "9 sayıldı, kayıtta 12." in (await mehmet.last("count_item")).text
    await mehmet.says("bulundu HP yazıcı etiketsiz")
    assert "Sayımda bulundu: HP yazıcı etiketsiz" in (await mehmet.last("count_found")).text
    await mehmet.says("312 nolu odada yangın var")
    assert (await mehmet.last()).kind not in ("errors/count_words", "count_found"), "a count keeps no danger back"
    await mehmet.says("/sayim")
    await mehmet.says("bitir")
    assert "SY-2026-01: 3 / 3 sayıldı." in (await mehmet.last("count_stopped")).text
    await does(stage, "fatma", lambda acting: closing.close(acting, acting.uow.counts.open()[0].id))
    await does(stage, "kemal", lambda acting: closing.write_differences(acting, acting.uow.counts.latest()[0].id))
    assert await left(stage, item) == 9


async def test_who_is_of_no_board_counts_nothing(stage: Stage) -> None:
    await begun(stage)
    ayse = stage.person("ayse")
    await ayse.says("/sayim")
    assert (await ayse.last("count_none")).text == "Sizin sayacağınız açık bir sayım yok."


async def test_the_list_of_commands_has_those_of_a_gorev(stage: Stage) -> None:
    def work(uow: UnitOfWork) -> None:
        ayse = uow.people.by_handle("ayse")
        assert ayse is not None
        now = stage.clock.now()
        held = {"office": Office.AMBAR, "person": ayse.id, "entered_by": ayse.id}
        uow.officers.add(Officer(**held, starts=now.date(), entered_at=now))  # type: ignore[arg-type] # fields by name

    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    await stage.app.gateway.write(work)
    for person, lists in ((ayse, True), (hasan, False)):
        await person.says("/yardim")
        told = (await person.last("help")).text
        assert [f"/{one} –" in told for one in ("cihaz", "depo", "evrak")] == [lists, lists, False]


async def test_the_director_writes_what_differs(web: Stage) -> None:
    item = await stocked(web, 12)
    await begun(web)
    kemal = web.person("kemal")
    await kemal.says("/ozet")
    key = await web.app.gateway.read(lambda uow: uow.counts.open()[0].id)
    for number in (9, 9):
        await does(web, "fatma", lambda acting, n=number: counting.count_item(acting, key, item.id, n))
    await does(web, "fatma", lambda acting: closing.close(acting, key))
    assert "1 kalem malzemede fark var" in (await kemal.last("count_differences_told")).text
    await kemal.presses("Farkları yaz")
    assert "malzeme farkları depoya yazıldı" in (await kemal.last("count_written")).text
    assert await left(web, item) == 9


async def test_labels_in_photos_are_counted(web: Stage) -> None:
    token = await printer(web)
    await begun(web)
    mehmet = web.person("mehmet")
    await mehmet.says("/sayim")
    both = {"bir.png": picture(token)["etiket.png"], "iki.png": picture("DMB/0999")["etiket.png"]}
    await mehmet.says("", files=both)
    told = await mehmet.last("count_seen")
    assert "2 etiket: D-00001 ✓" in told.text
    assert "DMB/0999 kayıtta yok" in told.text
    await mehmet.presses("Sayımda bulundu: DMB/0999")
    assert "Etiket DMB/0999" in (await mehmet.last("count_found")).text
    lines = await web.app.gateway.read(lambda uow: uow.counts.lines(uow.counts.open()[0].id))
    photo = next(one.file for one in lines if one.file)
    readers = await web.app.gateway.read(
        lambda uow: [
            may_read_file(uow, uow.people.by_handle(who), uow.attachments.get(photo)) for who in ("fatma", "ayse")
        ]
    )
    assert readers == [True, False]

    def erases(acting: Acting) -> bool:
        personal_data.erase(acting)
        return acting.uow.attachments.get(photo) is not None

    assert await does(web, "mehmet", erases), "what a count found stays, whoever erases their words"
    await mehmet.says("", files={"duvar.png": b"\x89PNG not really"})
    assert (await mehmet.last()).kind == "errors/count_no_code"


async def test_a_ticket_is_closed_while_the_depot_rests(web: Stage) -> None:
    """What is used meanwhile is askıda."""
    await records(web, "312", brand="Brother", model="HL-L2350DW")
    item = await stocked(web, 4)
    await named(web)

    def work(acting: Acting) -> None:
        people = [acting.uow.people.by_handle(one) for one in ("mehmet", "zeynep", "fatma")]
        board = [one.id for one in people if one is not None]
        until = (acting.now.astimezone(acting.desk.zone) + timedelta(hours=2)).time().replace(second=0, microsecond=0)
        opening.open_count(acting, Wanted(scope=Scope.DEPOT, board=board, freeze_until=until))

    await does(web, "fatma", work)
    await does(web, "kemal", lambda acting: opening.freeze(acting, acting.uow.counts.open()[0].id, frozen=True))
    mehmet = await at_done(web)
    await mehmet.presses("1 × TN-2421 takıldı (4 var)")
    assert "TN-2421: 1 tanesi askıda." in (await mehmet.last("stock_used_receipt")).text
    assert await left(web, item) == 4
    fatma = web.person("fatma")
    await fatma.says("/depo giris 10 tn-2421")
    assert "Sayım sürüyor (SY-2026-01); depo hareketi " in (await fatma.last("errors/stock_frozen")).text
