"""Bad input and hostile people, on the desk itself: rows of "Bad input and security" in the guarantees, by number.

What belongs to one channel is tested there (docs/guarantees.md says where); here is what every channel relies on.
"""

from __future__ import annotations

import io
import re
import socket
import sqlite3
import zipfile
from asyncio import gather
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2.exceptions import SecurityError
from PIL import Image

from bot import texts
from bot.texts import TemplateTexts
from handlers.domain.errors import Invalid
from handlers.domain.people import Role
from handlers.domain.states import State
from handlers.events import MessageReceived
from handlers.messages import plain
from handlers.people import join_codes
from handlers.tickets import reading
from knowledge import Knowledge
from tests.scenarios.stage import Actor, Seen, Stage, open_stage, shared_desk
from tests.scenarios.test_life_of_a_ticket import FIRST, PRINTER, open_ticket


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web") as stage:
        yield stage
        stuck = await stage.app.reception.read(lambda uow: uow.inbox.stuck())
        assert not stuck, f"in quarantine: {[(event.error, event.payload) for event in stuck]}"


async def tickets(stage: Stage) -> list[str]:
    return [t.number for t in await stage.app.reception.read(lambda uow: uow.summaries.list())]


async def invited(stage: Stage, role: Role, unit: str | None = None) -> str:
    return await stage.app.reception.write(
        lambda uow: join_codes.invite(
            uow, stage.app.desk.randomness, role=role, unit=unit, name="Selin Ak", now=stage.clock.now()
        )
    )


# --- 1: somebody else's ticket ------------------------------------------------------------------------
@pytest.mark.parametrize("handle", ["hasan", "ali"])
@pytest.mark.parametrize(
    "typed", ["/durum {}", "{} ne aşamada", "#{} hâlâ bozuk", "{}: hâlâ bozuk", "/not {} baktım", "/iptal {}"]
)
async def test_row_1_somebody_elses_ticket_is_answered_like_none(house: Stage, handle: str, typed: str) -> None:
    await open_ticket(house)
    stranger, other = house.person(handle), Stage(house.app, house.clock, "terminal").person(handle)
    await stranger.says(typed.format(1))
    theirs = await stranger.heard()
    await other.says(typed.format(9999))
    nobodys = await other.heard()
    assert [re.sub(r"9999|\b1\b", "N", text) for text in theirs] == [
        re.sub(r"9999|\b1\b", "N", text) for text in nobodys
    ]
    assert not any("Ayşe" in text or FIRST in text for text in theirs)
    assert (await house.ticket(FIRST)).state is State.OPEN


async def test_row_1_a_search_finds_only_what_one_may_read(house: Stage) -> None:
    await open_ticket(house)
    for handle, found in [("hasan", False), ("ali", False), ("mehmet", True), ("kemal", True), ("denetci", True)]:
        person = house.person(handle)
        await person.says("/ara yazıcı")
        assert (FIRST in (await person.last()).text) is found, handle


async def test_a_search_looks_at_new_tickets_first_and_at_older_ones_when_asked(
    house: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SEARCHED", 1)
    await open_ticket(house)
    await open_ticket(house, "hasan", "bilgisayarım açılmıyor, güç tuşuna basınca ses yok")
    mehmet = house.person("mehmet")
    await mehmet.says("/ara vermiyo")
    said = await mehmet.last("found")
    assert "yeni kayıtlarda bir şey bulamadım" in said.text
    await mehmet.presses("Daha eskilerde ara")
    older = await mehmet.last("found")
    assert FIRST in older.text
    assert "daha eski 1 kayıt" in older.text
    assert not older.buttons


# --- 2 and 3: buttons -------------------------------------------------------------------------------------
async def test_row_2_a_button_of_an_earlier_report_says_that_it_is_over(house: Stage) -> None:
    ayse = house.person("ayse")
    await ayse.says(PRINTER)
    first = await ayse.last("suggestion")
    await ayse.says("vazgeçtim")
    await ayse.says("bilgisayarım açılmıyor, güç tuşuna basınca ses yok")
    for label in ("Teknisyene ilet", "İşe yaradı", "Sorunum bu değil"):
        await ayse.presses_token(first.buttons[label])
        assert "süresi geçmiş" in (await ayse.last()).text
    assert await tickets(house) == []


@pytest.mark.parametrize("label", ["İşe yaradı", "Teknisyene ilet", "Sorunum bu değil"])
async def test_row_2_a_button_of_a_report_that_has_its_ticket_does_nothing_more(house: Stage, label: str) -> None:
    ayse = house.person("ayse")
    await ayse.says(PRINTER)
    suggestion = await ayse.last("suggestion")
    await ayse.presses("Teknisyene ilet")
    before = await ayse.sees()
    await ayse.presses_token(suggestion.buttons[label])
    assert await ayse.sees() == before
    assert await tickets(house) == [FIRST]


async def test_row_2_pressed_twice_is_pressed_once(house: Stage) -> None:
    number = await open_ticket(house)
    ayse, mehmet = house.person("ayse"), house.in_room("mehmet", "donanim")

    async def twice(actor: Actor, label: str) -> None:
        token = next(m.buttons[label] for m in reversed(await actor.sees()) if label in m.buttons)
        await actor.presses_token(token)
        standing = [(m.kind, m.text) for m in await actor.sees()]
        history = await _history(house, number)
        await actor.presses_token(token)
        assert [(m.kind, m.text) for m in await actor.sees()] == standing, label
        assert await _history(house, number) == history, label

    await twice(mehmet, "Üstlen")
    await mehmet.presses("Tamamladım")
    await twice(mehmet, "Uzaktan çözüldü")
    await twice(ayse, "Evet, çalışıyor")
    assert (await house.ticket(number)).state is State.CLOSED


async def _history(stage: Stage, number: str) -> list[str]:
    ticket = await stage.ticket(number)
    return [event.what for event in await stage.app.reception.read(lambda uow: uow.tickets.history(ticket.id))]


@pytest.mark.parametrize(
    "end",
    [
        ("Tamamladım", "Uzaktan çözüldü"),
        ("Diğer", "İptal", "Mükerrer kayıt"),
    ],
)
async def test_row_2_buttons_of_a_ticket_that_has_ended_change_nothing(house: Stage, end: tuple[str, ...]) -> None:
    number = await open_ticket(house)
    mehmet = house.in_room("mehmet", "donanim")
    old = [(await mehmet.last("card")).buttons]
    await mehmet.presses("Üstlen")
    old.append((await mehmet.last("card")).buttons)
    await mehmet.presses("Diğer")
    old.append((await mehmet.last("card")).buttons)
    await mehmet.presses("‹ Geri")
    for label in end:
        await mehmet.presses(label)
    ended = (await house.ticket(number)).state
    assert not ended.active
    for label, token in [item for buttons in old for item in buttons.items()]:
        await mehmet.presses_token(token)
        assert (await house.ticket(number)).state is ended, label


async def test_row_2_an_answer_that_was_taken_back_is_no_answer_any_more(house: Stage) -> None:
    """The prompt of İptal was closed by Vazgeç; a press on one of its reasons that comes late cancels nothing."""
    number = await open_ticket(house)
    mehmet = house.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Diğer")
    await mehmet.presses("İptal")
    reasons = (await mehmet.last("prompt_cancel")).buttons
    await mehmet.presses("Vazgeç")
    await mehmet.presses_token(reasons["Mükerrer kayıt"])
    assert (await house.ticket(number)).state is State.CLAIMED
    await mehmet.presses("‹ Geri")
    await mehmet.presses("Tamamladım")
    answers = (await mehmet.last("prompt_done")).buttons
    await mehmet.presses("Uzaktan çözüldü")
    await house.person("ayse").presses("Hâlâ bozuk")
    await mehmet.presses_token(next(iter(answers.values())))
    assert (await house.ticket(number)).state is State.CLAIMED


async def test_row_2_an_answer_says_what_its_button_said_though_the_subject_has_changed(house: Stage) -> None:
    number = await open_ticket(house)
    mehmet = house.person("mehmet")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    answers = (await mehmet.last("prompt_done")).buttons
    shown = next(iter(answers))
    fatma = house.in_room("fatma", "donanim")
    await fatma.presses("Diğer", on=await fatma.last("card"))
    await fatma.presses("Konuyu düzelt")
    await fatma.presses("Tüm konular")
    await fatma.presses("Sonrakiler")
    label = next(label for label in (await fatma.last("card")).buttons if "Geri" not in label)
    await fatma.presses(label)
    assert (await house.ticket(number)).category != "yazici-yazdirmiyor"
    await mehmet.presses_token(answers[shown])
    assert (await house.ticket(number)).resolution == shown


async def test_row_2_erasing_that_was_declined_is_not_done_by_a_late_press(house: Stage) -> None:
    ayse = house.person("ayse")
    await ayse.says(PRINTER)
    await ayse.says("/verilerim")
    await ayse.presses("Yazdıklarımı sil")
    sure = (await ayse.last("erase_sure")).buttons
    await ayse.presses("Hayır, kalsın")
    await ayse.presses_token(sure["Evet, sil"])
    assert any(PRINTER in m.text for m in await ayse.sees())


async def test_row_2_who_changed_unit_cannot_work_with_the_old_cards(house: Stage) -> None:
    number = await open_ticket(house)
    mehmet, room = house.person("mehmet"), house.in_room("mehmet", "donanim")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    private, in_room = await mehmet.last("card"), await room.last("card")
    await mehmet.says(f"/katil {await invited(house, Role.TECHNICIAN, 'yazilim')}")
    for token in private.buttons.values():
        await mehmet.presses_token(token)
        assert "bulamadım" in (await mehmet.last()).text
    for token in in_room.buttons.values():
        await room.presses_token(token)
    assert (await house.ticket(number)).state is State.CLAIMED
    assert "bystander" in [m.kind for m in await room.sees()]


async def test_row_2_forged_tokens_are_answered_and_nothing_happens(house: Stage) -> None:
    ayse = house.person("ayse")
    for token in ("", "x", "claim:1", "rate:1:9", "done_with:1:99", "' OR 1=1 --", "a" * 5000, "\ud800", "\x00"):
        await ayse.presses_token(token)
        assert (await ayse.last()).kind == "errors/not_found"


async def test_row_3_a_bystander_in_the_room_writes_replies_and_presses_in_vain(house: Stage) -> None:
    number = await open_ticket(house)
    ali, mehmet = house.in_room("ali", "donanim"), house.in_room("mehmet", "donanim")
    card = await mehmet.last("card")
    for act in (ali.says("ben bakıyorum", to=card), ali.presses_token(card.buttons["Üstlen"]), ali.says("selam")):
        await act
        assert (await ali.last()).kind == "bystander"
    await ali.says(f"/durum {number}")
    assert (await ali.last()).kind == "errors/not_found"
    assert await _history(house, number) == ["opened"]


# --- 8: templates in what people type ----------------------------------------------------------------------
INJECTED = ("{{7*7}}", "{0.__class__}", "{% for x in range(9) %}a{% endfor %}", "%s %(a)s", "${7*7}", "#{7*7}")


async def test_row_8_templates_that_people_type_are_data(house: Stage) -> None:
    typed = " ".join(INJECTED)
    veli = house.person("veli")
    await veli.says(f"yazıcı yazdırmıyor {typed}")
    await veli.presses("Okudum")
    await veli.says(typed[:70])
    await veli.says(typed[:70])
    await veli.says(typed)
    await veli.presses("Teknisyene ilet")
    await veli.says(typed)
    mehmet = house.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.says(f"/not 1 {typed}")
    await mehmet.presses("Tamamladım")
    await mehmet.says(typed)
    reader = house.person("zeynep")
    await reader.says("/durum 1")
    said = "\n".join([m.text for who in (veli, mehmet, reader) for m in await who.sees()])
    assert typed in said
    assert "49" not in said
    assert "aaaaaaaaa" not in said
    assert "<class" not in said


def test_row_8_an_article_is_data(tmp_path: Path) -> None:
    (tmp_path / "deneme.md").write_text(
        "---\nid: deneme\ncategory: yazici-yazdirmiyor\ntitle: '{{7*7}}'\nsymptoms:\n  - yazıcı yazdırmıyor\n"
        "asks: [oda]\npriority: normal\n---\n1. {{7*7}} {0.__class__}\n2. İki\n3. Üç\n",
        encoding="utf-8",
    )
    article = Knowledge.load(tmp_path, None).articles["deneme"]
    said = plain(texts.steps(article.steps))
    assert "{{7*7}}" in said
    assert "{0.__class__}" in said


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ person.render.__globals__ }}",
        "{{ desk.texts._environment }}{{ ().__class__.__bases__ }}",
        "{% set _ = items.append(1) %}",
    ],
)
def test_row_8_a_template_of_an_admin_is_played_in_a_sandbox(tmp_path: Path, template: str) -> None:
    (tmp_path / "greeting.txt").write_text(template, encoding="utf-8")
    hostile = TemplateTexts(ZoneInfo("Europe/Istanbul"), "Belediye", [tmp_path])
    somebody = shared_desk().texts  # any object with attributes
    with pytest.raises(SecurityError):
        hostile.render("greeting", person=somebody, desk=shared_desk(), now=None, items=[])


# --- 9: links ------------------------------------------------------------------------------------------------
async def test_row_9_a_link_in_a_message_is_never_fetched(house: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        ayse = house.person("ayse")
        await ayse.says(f"yazıcı yazdırmıyor, ekranda {address} yazıyor ![a]({address}) <img src={address}>")
        await ayse.presses("Teknisyene ilet")
        await house.in_room("mehmet", "donanim").says("bak", to=await house.in_room("mehmet", "donanim").last("card"))
        with pytest.raises(BlockingIOError):
            server.accept()
    assert address in (await house.ticket(FIRST)).text


# --- 11 and 12: files ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/etc/shadow", "shadow"),
        ("C:\\kullanici\\belge.pdf", "belge.pdf"),
        ("a\x00b.txt", "ab.txt"),
        ("fatura\u202egpj.txt", "faturagpj.txt"),
        ("satır\r\nSet-Cookie: x.txt", "satırSet-Cookie: x.txt"),
        ("\ud800.txt", "?.txt"),
        ("a" * 500 + ".txt", "a" * 108 + ".txt"),
    ],
)
async def test_row_11_a_crooked_file_name_is_only_a_name(house: Stage, named: str, shown: str) -> None:
    kept = house.keep(named, b"icerik", "web:p:ayse")
    assert kept.name == shown
    assert re.fullmatch(r"[0-9a-f]{32}", kept.id)
    assert house.app.reception.files.path(kept.id).read_bytes() == b"icerik"
    folder = house.app.settings.data_dir
    assert [path.name for path in folder.iterdir()] == [kept.id]


@pytest.mark.parametrize("named", ["", "..", "/", "\u202e", " . "])
def test_row_11_a_file_without_a_usable_name_is_refused(house: Stage, named: str) -> None:
    with pytest.raises(Invalid, match="file_name"):
        house.keep(named, b"x", "web:p:ayse")


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for place in range(11):
            with archive.open(f"{place}.bin", "w") as member:
                for _ in range(20):
                    member.write(bytes(1024 * 1024))
    return out.getvalue()


def _pixel_bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("arsiv.zip", _zip_bomb),
        ("belge.docx", _zip_bomb),
        ("resim.png", _pixel_bomb),
        ("resim.txt", _pixel_bomb),
        ("buyuk.bin", lambda: bytes(20 * 1024 * 1024)),
    ],
)
def test_row_12_bombs_and_giants_are_refused_unopened_and_leave_nothing(
    house: Stage, name: str, content: Callable[[], bytes]
) -> None:
    with pytest.raises(Invalid, match="file_too_large"):
        house.keep(name, content(), "web:p:ayse")
    assert [*house.app.settings.data_dir.iterdir()] == []


# --- 17 and 18: codes and names --------------------------------------------------------------------------
async def test_row_17_codes_are_random_expire_and_are_stored_only_as_a_hash(house: Stage, tmp_path: Path) -> None:
    codes = [await invited(house, Role.ADMIN) for _ in range(20)]
    assert len(set(codes)) == 20
    assert all(join_codes.looks_like_code(code) for code in codes)
    await house.person("veli").says(f"/katil {codes[0]}")
    assert not _stored(tmp_path, codes)


async def test_row_17_a_code_typed_where_a_name_was_asked_joins_and_is_kept_nowhere(
    house: Stage, tmp_path: Path
) -> None:
    code = await invited(house, Role.TECHNICIAN, "donanim")
    selin = house.person("selin")
    await selin.says("merhaba")
    await selin.presses("Okudum")
    await selin.says(code)
    assert any("teknisyen olarak katıldınız" in m.text for m in await selin.sees())
    assert not _stored(tmp_path, [code])


async def test_row_17_a_code_that_comes_by_an_edit_is_kept_nowhere(house: Stage, tmp_path: Path) -> None:
    code = await invited(house, Role.TECHNICIAN, "donanim")
    veli = house.person("veli")
    await veli.says("/katil KOD")
    await veli.edits((await veli.sees())[0], f"/katil {code}")
    assert not _stored(tmp_path, [code])


def _stored(folder: Path, codes: list[str]) -> list[str]:
    """Which of them stand in the clear in any row of the desk."""
    with closing(sqlite3.connect(folder / "masa.db")) as database:
        rows = "\n".join(database.iterdump())
    return [spelt for code in codes for spelt in (code, code.replace("-", ""), code.lower()) if spelt in rows]


async def test_row_17_a_code_works_once_though_two_use_it_at_the_same_moment(house: Stage) -> None:
    code = await invited(house, Role.ADMIN)
    first, second = house.person("bir"), house.person("iki")
    await gather(first.says(f"/katil {code}"), second.says(f"/katil {code}"))
    admins = await house.app.reception.read(lambda uow: [p.handle for p in uow.people.in_role(Role.ADMIN)])
    assert len(admins) == 2, "the demo's own, and one of the two"


async def test_row_18_a_name_cannot_turn_or_break_the_lines_that_show_it(house: Stage) -> None:
    veli = house.person("veli")
    await veli.says(PRINTER)
    await veli.presses("Okudum")
    await veli.says("Veli\u202e \u2066Can\u061c\u2028x, Park\u200b ve\x0bBahçeler, 3\u2029kat")
    await veli.presses("Teknisyene ilet")
    card = (await house.in_room("mehmet", "donanim").last("card")).text
    assert not set(card) & set("\u202e\u2066\u061c\u2028\u2029\u200b\x0b")
    assert len(card.splitlines()) <= 6


@pytest.mark.parametrize("typed", ["Park\n2026-000009 · ACİL", "Park\r\n\r\nKapandı"])
async def test_row_18_what_was_asked_for_is_one_line_on_the_card(house: Stage, typed: str) -> None:
    veli = house.person("veli")
    await veli.says(PRINTER)
    await veli.presses("Okudum")
    await veli.says("Veli Can")
    await veli.says(typed)
    await veli.says(typed)
    await veli.presses("Teknisyene ilet")
    await veli.says(typed)
    mehmet = house.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Beklet")
    await mehmet.presses("Firma")
    await mehmet.says(typed)
    assert len((await mehmet.last("card")).text.splitlines()) <= 6


async def test_row_18_homoglyphs_do_not_make_one_the_other(house: Stage) -> None:
    """`аyse` with a Cyrillic а is somebody else, and their handle tells so."""
    fake = house.person("аyse")
    await fake.says("/durum")
    handles = await house.app.reception.read(lambda uow: [person.handle for person in uow.people.everybody()])
    assert len(set(handles)) == len(handles) == 10
    assert not any("Ayşe" in m.text for m in await fake.sees())


# --- 20: a flood --------------------------------------------------------------------------------------------
async def test_row_20_a_hundred_messages_at_once_are_all_kept_in_order_and_hold_up_nobody(house: Stage) -> None:
    ayse, hasan, reception = house.person("ayse"), house.person("hasan"), house.app.reception
    sent = [f"yazıcı yazdırmıyor {place}" for place in range(100)]
    events = [MessageReceived(text=text, **ayse._common(None)) for text in sent]
    for event in events:
        assert await reception.accept(event)
    await hasan.says("telefonun ahizesinden ses gelmiyor")
    await gather(*(reception.handled(event.key) for event in events))
    assert [m.text for m in await ayse.sees() if m.author is not None] == sent
    assert len([m for m in await ayse.sees() if m.author is None]) == 1, "one suggestion, replaced in place"
    assert "Teknisyene ilet" in (await hasan.last()).buttons
    await ayse.presses("Teknisyene ilet")
    assert (await house.ticket(FIRST)).text.splitlines() == sent


# --- 21: odd texts through every place where text is taken ---------------------------------------------------
ODD = {
    "4096 of one letter": "a" * 4096,
    "4096 letters of words": ("yazıcı yazdırmıyor ve " * 200)[:4096],
    "zalgo": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞" * 40,
    "lone surrogates": "\ud800 yazıcı \udfff\udfff yazdırmıyor \ud83d",
    "empty": "",
    "blank": " \t\n\u3000 ",
    "emoji only": "🖨️🔥👩‍💻🇹🇷",
    "NUL": "yazıcı\x00 yazdırmıyor\x00\x07",
    "marks of our own": "\ue000\ue004/x\ue00f\ue00e",
    "a slash alone": "/",
    "numbers": "9" * 300,
    "right to left": "\u202eالطابعة لا تعمل\u202c",
}


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD.keys())
async def test_row_21_odd_texts_are_answered_wherever_text_is_taken(house: Stage, typed: str) -> None:
    async def answered(act: Awaitable[None], who: Actor, where: str) -> None:
        await act
        assert await who.heard(), f"no answer to {where}"

    veli = house.person("veli")
    await answered(veli.says(typed), veli, "the first words")
    await veli.presses("Okudum")
    await answered(veli.says(typed), veli, "the name")
    await veli.says("Veli Can")
    await answered(veli.says(typed), veli, "the department")
    await veli.says("Park ve Bahçeler")
    await veli.says(typed)
    await answered(veli.says(typed), veli, "a report")

    ayse = house.person("ayse")
    number = await open_ticket(house)
    await answered(ayse.says(typed), ayse, "what was asked of the reporter")
    await answered(ayse.says(f"/ara {typed}"), ayse, "the reporter's search")
    await answered(ayse.says(f"/durum {typed}"), ayse, "the status")

    mehmet = house.person("mehmet")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    card = await mehmet.last("card")
    await answered(mehmet.says(f"/ara {typed}"), mehmet, "a search")
    await answered(mehmet.says(f"/not {number} {typed}"), mehmet, "a note")
    await answered(mehmet.says(typed, to=card), mehmet, "a reply under the card")
    await mehmet.presses("Bilgi iste")
    await answered(mehmet.says(typed), mehmet, "a question")
    await ayse.says("evet")
    await mehmet.says("/islerim")
    await mehmet.presses("Diğer")
    await mehmet.presses("Birleştir")
    await answered(mehmet.says(typed), mehmet, "the ticket to merge into")
    await mehmet.says("/islerim")
    await mehmet.presses("Diğer")
    await mehmet.presses("İptal")
    await answered(mehmet.says(typed), mehmet, "a reason")

    await answered(mehmet.says(f"/adina {typed}"), mehmet, "a caller's name beside the command")
    await mehmet.says("/adina")
    await answered(mehmet.says(typed), mehmet, "a caller's name")
    await mehmet.says("/adina hasan")
    await answered(mehmet.says(typed), mehmet, "what the caller said")

    again = await _ticket_held_by(house, "hasan", mehmet)
    await mehmet.presses("Tamamladım")
    await answered(mehmet.says(typed), mehmet, "what was done")
    hasan = house.person("hasan")
    if (await house.ticket(again)).state is State.RESOLVED:
        await hasan.presses("Hâlâ bozuk")
        await answered(hasan.says(typed), hasan, "what still happens")
    await hasan.edits(next(m for m in await hasan.sees() if m.author is not None), typed)


async def _ticket_held_by(stage: Stage, reporter: str, holder: Actor) -> str:
    await holder.says("/iptal")
    number = await open_ticket(stage, reporter, "klavyemin tuşları basmıyor")
    await holder.says("/sira")
    await holder.presses("Üstlen")
    return number


# --- 23: edits, deletes, forwards --------------------------------------------------------------------------
async def test_row_23_an_edit_before_the_way_in_is_kept_and_not_answered_yet(house: Stage) -> None:
    veli = house.person("veli")
    await veli.says("internet yok")
    await veli.edits((await veli.sees())[0], PRINTER)
    assert not any("Teknisyene ilet" in m.buttons for m in await veli.sees())
    await veli.presses("Okudum")
    await veli.says("Veli Can, Park ve Bahçeler, 3. kat")
    await veli.presses("Teknisyene ilet")
    assert (await house.ticket(FIRST)).text == PRINTER


async def test_row_23_an_edit_of_what_a_caller_said_stays_the_callers(house: Stage) -> None:
    mehmet = house.person("mehmet")
    await mehmet.says("/adina hasan")
    await mehmet.says("el terminali bozuk")
    said = [m for m in await mehmet.sees() if m.author is not None][-1]
    await mehmet.edits(said, "el terminali açılmıyor")
    assert not any("İşe yaradı" in m.buttons for m in await mehmet.sees())
    await mehmet.presses("Kayıt aç, haber verme")
    ticket = await house.ticket(FIRST)
    assert (ticket.text, ticket.untold) == ("el terminali açılmıyor", True)


async def test_row_23_an_edit_of_the_command_for_a_caller_opens_nothing_of_ones_own(house: Stage) -> None:
    mehmet = house.person("mehmet")
    await mehmet.says("/adina hasan: el terminali bozuk")
    said = [m for m in await mehmet.sees() if m.author is not None][-1]
    await mehmet.edits(said, "/adina hasan: el terminali açılmıyor")
    await mehmet.presses("Kayıt aç, haber verme")
    assert (await house.ticket(FIRST)).text == "el terminali açılmıyor"


async def test_row_23_nobody_edits_or_deletes_what_another_wrote(house: Stage) -> None:
    mehmet, zeynep = house.in_room("mehmet", "donanim"), house.in_room("zeynep", "donanim")
    await mehmet.says("anahtar bende")
    (said,) = await mehmet.sees()
    await zeynep.edits(said, "anahtar kayıp")
    await zeynep.deletes(said)
    assert [m.text for m in await mehmet.sees()] == ["anahtar bende"]


async def test_row_23_the_same_message_again_is_no_second_one(house: Stage) -> None:
    ayse = house.person("ayse")
    for _ in range(3):
        await ayse.says(PRINTER, key="web:again")
    assert len([m for m in await ayse.sees() if m.author is not None]) == 1


# --- 25: searching -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "found"), [("%", []), ("_", []), ("%100", ["toner %100_dolu"]), ("100_dolu", ["toner %100_dolu"])]
)
async def test_row_25_percent_and_underscore_are_letters(house: Stage, typed: str, found: list[str]) -> None:
    await open_ticket(house, "ayse", "yazıcı yazdırmıyor")
    await open_ticket(house, "hasan", "toner %100_dolu yazıcı yazdırmıyor")
    mehmet: Actor = house.person("mehmet")
    await mehmet.says(f"/ara {typed}")
    answer: Seen = await mehmet.last()
    assert ("2026-000002" in answer.text) is bool(found or typed in "%_")
    assert FIRST not in answer.text


# --- waiting for an answer that can no longer be given ----------------------------------------------------
async def test_a_prompt_that_was_overtaken_does_not_swallow_what_is_written_next(house: Stage) -> None:
    """Asked "Ne yapıldı?", while the lead cancels the ticket: said once, and the next line is heard again."""
    number = await open_ticket(house)
    mehmet, fatma = house.person("mehmet"), house.in_room("fatma", "donanim")
    await mehmet.says("/sira")
    await mehmet.presses("Üstlen")
    for button, overtake in (
        ("Tamamladım", ("Diğer", "Sıraya geri koy")),
        ("Tamamladım", ("Tamamladım", "Uzaktan çözüldü")),
    ):
        await mehmet.says("/islerim")
        await mehmet.presses(button)
        for label in overtake:
            await fatma.presses(label, on=None if label != "Diğer" else await fatma.last("card"))
        await mehmet.says("kablo değişti")
        await mehmet.says(PRINTER)
        assert "Teknisyene ilet" in (await mehmet.last()).buttons, overtake
        await mehmet.says("vazgeçtim")
        if (await house.ticket(number)).state is State.OPEN:
            await mehmet.says("/sira")
            await mehmet.presses("Üstlen")


async def test_a_caller_who_was_dropped_does_not_swallow_what_is_written_next(house: Stage) -> None:
    mehmet = house.person("mehmet")
    await mehmet.says("/adina")
    await mehmet.says("/iptal")
    await mehmet.says(PRINTER)
    assert "Teknisyene ilet" in (await mehmet.last()).buttons
