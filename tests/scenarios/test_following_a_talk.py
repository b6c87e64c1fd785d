"""A talk as clerks lead it, on every channel: each line has its answer, and the buttons that it speaks of."""

from __future__ import annotations

from handlers.domain.states import State
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket
from tests.scenarios.test_reporting import PRINTER, numbers

BEFORE_A_TICKET = (
    ("bi dk deniyorum", "waiting"),
    ("not defteri nerede", "step_help"),
    ("??", "step_help"),
    ("312 nolu odadayım", "added"),
    ("ne zaman gelirsiniz", "no_ticket_yet"),
    ("yarın gelin", "wish_kept"),
    ("ben yapamam bunları", "cannot"),
    ("kuyruk oldu burda", "added"),
    ("teşekkürler", "answer_unclear"),
)


async def test_each_line_before_a_ticket_has_its_answer_and_a_way_to_a_person(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    for typed, kind in BEFORE_A_TICKET:
        await ayse.says(typed)
        said = await ayse.last()
        assert (typed, said.kind) == (typed, kind)
        assert "Teknisyene ilet" in said.buttons
        assert await numbers(stage) == []
    await ayse.presses("Teknisyene ilet")
    ticket = await stage.ticket(FIRST)
    assert all(words in ticket.text for words in ("yarın gelin", "kuyruk oldu burda", "ben yapamam bunları"))
    assert ticket.facts["oda"].endswith("312")
    assert ticket.priority == "yuksek"


async def test_a_second_problem_stands_beside_the_first(stage: Stage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says("bi de internet yok")
    assert "İkinci sorununuz" in (await ayse.last("suggestion")).text
    await ayse.presses("İki ayrı kayıt aç")
    assert len(await numbers(stage)) == 2


async def test_beside_a_question_what_is_no_answer_is_none(stage: Stage) -> None:
    await open_ticket(stage)
    ayse = stage.person("ayse")
    before = dict((await stage.ticket(FIRST)).facts)
    for typed, kind in (
        ("?", "fact_why"),
        ("ne alaka", "fact_why"),
        ("yarın gelin", "reply_kept"),
        ("hala gelen yok", "where_it_stands"),
        ("düzeldi", "solved_by_itself"),
        ("vazgeçtim", "cancel_which"),
    ):
        await ayse.says(typed)
        assert (typed, (await ayse.last()).kind) == (typed, kind)
        assert (await stage.ticket(FIRST)).facts == before
    await ayse.says("3. kat tahakkuk, hp 400")
    assert "hp 400" in (await stage.ticket(FIRST)).facts["cihaz"]


async def test_a_ticket_that_solved_itself_is_closed_by_a_press(stage: Stage) -> None:
    await open_ticket(stage)
    ayse = stage.person("ayse")
    await ayse.says("düzeldi")
    await ayse.presses("Hayır, sürüyor")
    assert (await stage.ticket(FIRST)).state is State.OPEN
    await ayse.says("düzeldi")
    await ayse.presses("Evet, çözüldü")
    assert (await stage.ticket(FIRST)).state is State.CLOSED
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert "Kapandı: Personel çözüldü dedi" in card.text
    await ayse.presses("Hâlâ bozuk")
    assert (await stage.ticket(FIRST)).state is State.OPEN


async def test_chat_beside_a_ticket_goes_to_nobody_unless_they_say_so(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, room = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says("dün akşamki maçı gördün mü")
    assert (await ayse.last()).kind == "not_passed_on"
    assert not any("maçı" in message.text for message in await room.sees())
    await ayse.presses("Kayda ekle")
    assert any("dün akşamki maçı gördün mü" in message.text for message in await room.sees())
    await ayse.says("kartuş nedir")
    assert (await ayse.last()).kind == "word_meaning"


async def test_what_breaks_again_is_offered_to_be_reopened_first(stage: Stage) -> None:
    await open_ticket(stage)
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.presses("Sürücü")
    await ayse.presses("Evet, çalışıyor")
    await ayse.says("yine bozuldu")
    assert (await ayse.last()).kind == "offer_reopen"
    await ayse.presses("Yeniden aç")
    assert (await stage.ticket(FIRST)).state is State.CLAIMED
    assert await numbers(stage) == [FIRST]


async def test_the_newest_question_owns_the_next_line(stage: Stage) -> None:
    """An open "Hangi cihaz?" takes nothing that was meant for the steps shown after it."""
    await open_ticket(stage)
    ayse = stage.person("ayse")
    assert (await ayse.last()).kind == "fact"
    await ayse.says("monitörün ekranı kararıp geliyor")
    await ayse.says("", files={"ekran.png": b"bytes"})
    await ayse.says("olmadı yine aynı")
    assert len(await numbers(stage)) == 2
    assert (await stage.ticket(FIRST)).files == ()
    assert len((await stage.ticket("2026-000002")).files) == 1


async def test_who_tells_a_technician_that_it_works_is_heard_by_them_and_asked(stage: Stage) -> None:
    ayse, room = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await open_ticket(stage)
    while "Bilmiyorum, atla" in (await ayse.last()).buttons:
        await ayse.presses("Bilmiyorum, atla")
    await room.presses("Üstlen")
    await room.presses("Bilgi iste")
    await room.says("Işığı yanıyor mu?")
    await ayse.says("şimdi çalışıyor")
    assert "Evet, çözüldü" in (await ayse.last()).buttons
    assert "şimdi çalışıyor" in (await room.last("work_reply")).text
    assert (await stage.ticket(FIRST)).state is State.CLAIMED
