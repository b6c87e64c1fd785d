from __future__ import annotations

import asyncio
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.channels.terminal.inbound import MAX_LINE_BYTES
from bot.channels.terminal.json_script import Script
from bot.channels.terminal.session import AccessDenied, TerminalSession
from bot.channels.terminal.stdin_lines import Lines
from handlers.domain.people import Account, Role
from handlers.events import ButtonPressed, MessageReceived
from handlers.messages import BOLD, END, SEP, TIME
from tests.bot.channels.terminal.fake_desk import LIMIT, NOW, FakeDesk, echo, play

AYSE = "terminal:p:ayse"


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk(answer=echo)
    desk.person("ayse", "Ayşe Yılmaz")
    desk.person("mehmet", "Mehmet Kaya", Role.TECHNICIAN, "donanim")
    desk.person("zeynep", "Zeynep Ak", Role.TECHNICIAN, "donanim")
    desk.person("ali", "Ali Er", Role.TECHNICIAN, "yazilim")
    return desk


async def test_each_line_is_answered_and_one_s_own_words_are_not_repeated(desk: FakeDesk) -> None:
    played = await play(desk, "ayse", {"text": "bir"}, {"text": "iki"})
    assert played.texts == ["Duydum: bir", "Duydum: iki"]
    assert played.out[0] == {
        "ref": "2",
        "edits": None,
        "text": "Duydum: bir",
        "buttons": [{"label": "Tamam", "token": "2-Tamam"}],
        "files": [],
    }
    assert not played.err


async def test_a_line_is_answered_before_the_next_one_is_read(desk: FakeDesk) -> None:
    read, write = os.pipe()
    out = io.StringIO()
    with os.fdopen(read, "rb", buffering=0) as source:
        session = await TerminalSession.take(desk, "ayse")
        task = asyncio.create_task(Script(desk, session, Lines(source.read), out, io.StringIO()).run())
        os.write(write, b'{"text": "bir"}\n')
        while not out.getvalue():
            await asyncio.sleep(0)
        assert json.loads(out.getvalue())["text"] == "Duydum: bir"
        os.write(write, b'{"press": "2-Tamam"}')  # the last line may end without a newline
        os.close(write)
        await task
    assert json.loads(out.getvalue().splitlines()[1])["edits"] == "2"


async def test_an_edited_message_keeps_its_ref(desk: FakeDesk) -> None:
    played = await play(desk, "ayse", {"text": "bir"}, {"press": "2-Tamam"})
    assert played.out[1] == {"ref": "2", "edits": "2", "text": "Basıldı", "buttons": [], "files": []}


async def test_what_waits_unseen_comes_first_and_only_once(desk: FakeDesk) -> None:
    desk.says(AYSE, "Bekliyordu")
    first = await play(desk, "ayse", {"text": "bir"})
    assert first.texts == ["Bekliyordu", "Duydum: bir"]
    assert (await play(desk, "ayse")).out == []


async def test_what_was_edited_while_unseen_prints_once_in_its_newest_form(desk: FakeDesk) -> None:
    seen = desk.says(AYSE, "Görüldü")
    await play(desk, "ayse")
    new = desk.says(AYSE, "Yeni")
    desk.says(AYSE, "Yeni, düzeltildi", edits=new)
    desk.says(AYSE, "Görüldü, düzeltildi", edits=seen)
    desk.says(AYSE, "Görüldü, yine düzeltildi", edits=seen)
    played = await play(desk, "ayse")
    assert [(line["text"], line["edits"]) for line in played.out] == [
        ("Yeni, düzeltildi", None),
        ("Görüldü, yine düzeltildi", str(seen)),
    ]


async def test_more_than_one_page_of_unseen_messages_is_printed(desk: FakeDesk) -> None:
    for number in range(450):
        desk.says(AYSE, str(number))
    assert (await play(desk, "ayse")).texts == [str(number) for number in range(450)]


async def test_output_is_ascii_and_plain(desk: FakeDesk) -> None:
    desk.says(
        AYSE,
        f"{BOLD}Üst{END} ğ {TIME}{NOW.isoformat()}{SEP}12 dk önce{END}\nalt \x1b[2J",
        files=["ekran görüntüsü.png"],
    )
    played = await play(desk, "ayse")
    assert played.raw.isascii()
    assert len(played.raw.splitlines()) == 1
    assert played.out[0]["text"] == "Üst ğ 12 dk önce\nalt \x1b[2J"
    assert played.out[0]["files"] == ["ekran görüntüsü.png"]


async def test_lone_surrogates_and_emoji_go_through(desk: FakeDesk) -> None:
    played = await play(desk, "ayse", '{"text": "\\ud800 \\ud83d\\ude00"}')
    assert played.texts == ["Duydum: \ud800 😀"]


# --- bad lines ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("yazıcı bozuk", "not JSON (Expecting value at character 1)"),
        ('{"text": "x"', "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ("null", "not a JSON object"),
        ("{}", "nothing to do"),
        ({"txet": "x"}, 'unknown key "txet" (known: press, reply_to, attach, text)'),
        ({"text": 5}, '"text" must be a string, got 5'),
        ({"text": None}, '"text" must be a string, got null'),
        ({"reply_to": 12, "text": "x"}, '"reply_to" must be a string, got 12'),
        ({"text": "x", "press": "y"}, '"press" stands alone'),
        ({"reply_to": "1"}, '"reply_to" needs a "text"'),
        ('{"text": "a", "text": "b"}', "a key stands twice"),
        ({"attach": "/no/such/file.png"}, "/no/such/file.png: No such file or directory"),
        ({"attach": "/"}, "/: not a file"),
        ({"attach": ""}, '"attach" must be the path of a file'),
        ({"attach": "a\0b"}, '"attach" must be the path of a file'),
        (b'{"text": "\xfc"}', "not UTF-8 (byte 0xfc at 11)"),
        ("[" * 100_000, "not JSON that can be read"),
        ('{"text": "' + "x" * MAX_LINE_BYTES + '"}', f"longer than {MAX_LINE_BYTES} bytes"),
    ],
)
async def test_a_bad_line_is_refused_and_the_session_goes_on(desk: FakeDesk, line: Any, says: str) -> None:
    played = await play(desk, "ayse", {"text": "önce"}, line, {"text": "sonra"})
    assert played.texts == ["Duydum: önce", "Duydum: sonra"]
    (said,) = played.err
    assert said.startswith(f"masa: line 2: {says}")
    assert said.endswith("; nothing of it was sent")
    assert len(said) < 300


async def test_blank_lines_mean_nothing(desk: FakeDesk) -> None:
    played = await play(desk, "ayse", "", "  ", {"text": "bir"})
    assert played.texts == ["Duydum: bir"]
    assert not played.err


async def test_an_empty_text_is_the_desk_s_to_answer(desk: FakeDesk) -> None:
    assert (await play(desk, "ayse", {"text": ""})).texts == ["Duydum: "]


# --- what is sent -------------------------------------------------------------------------------
async def test_events_carry_who_where_and_what(desk: FakeDesk) -> None:
    desk.answer = lambda desk, event: None
    await play(desk, "ayse", {"reply_to": "7", "text": "yanıt"}, {"press": "jeton"})
    said, pressed = desk.events
    assert isinstance(said, MessageReceived)
    assert (said.text, said.reply_to, said.files, said.in_room) == ("yanıt", "7", (), False)
    assert (said.sender, said.conversation, said.at) == (Account("terminal", "ayse"), AYSE, NOW)
    assert isinstance(pressed, ButtonPressed)
    assert pressed.token == "jeton"
    assert said.key != pressed.key


async def test_a_file_goes_with_its_message(desk: FakeDesk, tmp_path: Path) -> None:
    (tmp_path / "foto.png").write_bytes(b"x")
    await play(desk, "ayse", {"attach": str(tmp_path / "foto.png"), "text": "bakın"})
    (said,) = desk.events
    assert isinstance(said, MessageReceived)
    assert said.files == ("foto.png",)
    assert desk.kept[0].conversation == AYSE


async def test_a_file_that_is_too_large_is_refused(desk: FakeDesk, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"x" * (LIMIT + 1))
    film = str(tmp_path / "film.mp4")
    played = await play(desk, "ayse", {"attach": film}, {"attach": film, "text": "bakın"}, {"text": "bir"})
    assert played.texts == ["Duydum: bakın", "Duydum: bir"]
    assert all("film.mp4: refused (file_too_large" in line for line in played.err)
    assert [line.rpartition("; ")[2] for line in played.err] == [
        "nothing of it was sent",
        "its words were sent without the file",
    ]
    said = desk.events[0]
    assert isinstance(said, MessageReceived)
    assert [refused.reason for refused in said.refused] == ["file_too_large"]


async def test_words_beside_a_file_that_is_not_there_are_sent(desk: FakeDesk, tmp_path: Path) -> None:
    played = await play(desk, "ayse", {"attach": str(tmp_path / "yok.png"), "text": "bakın"})
    assert played.texts == ["Duydum: bakın"]
    assert "yok.png" in played.err[0]
    (said,) = desk.events
    assert isinstance(said, MessageReceived)
    assert (said.files, said.refused) == ((), ())


async def test_what_an_earlier_session_left_is_handled_before_the_end(desk: FakeDesk) -> None:
    desk.paused = True
    session = await TerminalSession.take(desk, "ayse")
    (line,) = [b'{"text": "yar\\u0131m kalan"}']
    task = asyncio.create_task(Script(desk, session, Lines(io.BytesIO(line).read), io.StringIO(), io.StringIO()).run())
    while not desk.waiting:
        await asyncio.sleep(0)
    task.cancel()
    desk.paused = False
    assert (await play(desk, "ayse")).texts == ["Duydum: yarım kalan"]
    assert not desk.waiting


async def test_what_others_do_meanwhile_is_printed_at_once(desk: FakeDesk) -> None:
    read, write = os.pipe()
    out = io.StringIO()
    with os.fdopen(read, "rb", buffering=0) as source:
        session = await TerminalSession.take(desk, "ayse")
        task = asyncio.create_task(Script(desk, session, Lines(source.read), out, io.StringIO()).run())
        while not desk._watchers:
            await asyncio.sleep(0)
        desk.says(AYSE, "Kaydınız üstlenildi")
        while not out.getvalue():
            await asyncio.sleep(0)
        os.close(write)
        await task
    assert json.loads(out.getvalue())["text"] == "Kaydınız üstlenildi"


# --- who ----------------------------------------------------------------------------------------
async def test_somebody_new_is_met_with_their_first_message(desk: FakeDesk) -> None:
    assert (await play(desk, "yeni")).out == []
    assert desk.by_handle("yeni") is None
    played = await play(desk, "Yeni", {"text": "bir"})
    assert played.texts == ["Duydum: bir"]
    assert desk.by_account(Account("terminal", "yeni")) is not None
    assert (await play(desk, "yeni")).out == []


async def test_whoever_exists_gets_their_account_linked(desk: FakeDesk) -> None:
    await play(desk, "AYŞE")
    person = desk.by_account(Account("terminal", "ayse"))
    assert person is not None
    assert person.handle == "ayse"
    assert desk.places[AYSE].person == person.id


async def test_an_account_that_turns_out_to_be_somebody_else_s_repeats_nothing(desk: FakeDesk) -> None:
    def join(desk: FakeDesk, event: Any) -> None:
        if event.text == "/katil":
            desk.links[event.sender] = desk.by_handle("ayse").id  # type: ignore[union-attr] # she exists
        echo(desk, event)

    desk.answer = join
    played = await play(desk, "misafir", {"text": "bir"}, {"text": "/katil"}, {"text": "iki"})
    assert played.texts == ["Duydum: bir", "Duydum: /katil", "Duydum: iki"]
    assert (await play(desk, "misafir")).out == []


@pytest.mark.parametrize("handle", ["", "a b", "a:b", "../x", "x" * 41, "a\nb"])
async def test_what_is_no_handle_is_refused(desk: FakeDesk, handle: str) -> None:
    with pytest.raises(AccessDenied, match="is no handle"):
        await play(desk, handle)


async def test_somebody_who_left_is_out(desk: FakeDesk) -> None:
    desk.by_handle("ayse").leave(NOW)  # type: ignore[union-attr] # she exists
    desk.says(AYSE, "Gizli")
    with pytest.raises(AccessDenied, match="ayse has left"):
        await play(desk, "ayse", {"text": "bir"})
    assert not desk.events


# --- rooms --------------------------------------------------------------------------------------
async def test_in_a_room_others_are_named_and_refs_are_the_same_for_all(desk: FakeDesk) -> None:
    room = desk.room("donanim")
    desk.says(room, "Kart", buttons=["Üstlen"])
    mehmet = await play(desk, "mehmet", {"text": "bende"}, unit="donanim")
    zeynep = await play(desk, "zeynep", unit="donanim")
    assert mehmet.texts == ["Kart", "Duydum: bende"]
    assert zeynep.texts == ["Kart", "Mehmet K.: bende", "Duydum: bende"]
    assert mehmet.out[0] == zeynep.out[0]
    assert (await play(desk, "zeynep", unit="donanim")).out == []
    (said,) = desk.events
    assert said.in_room


async def test_what_was_deleted_in_a_room_is_said_to_be(desk: FakeDesk) -> None:
    room = desk.room("donanim")
    own = desk.says(room, "yanlış yer", author=desk.by_handle("mehmet"))
    await play(desk, "zeynep", unit="donanim")
    desk.says(room, "", author=desk.by_handle("mehmet"), edits=own, deleted=True)
    assert (await play(desk, "zeynep", unit="donanim")).texts == ["Mehmet K.: (silindi)"]


@pytest.mark.parametrize(
    ("handle", "unit"), [("ayse", "donanim"), ("ali", "donanim"), ("yeni", "donanim"), ("mehmet", "bahce")]
)
async def test_a_room_is_closed_to_others(desk: FakeDesk, handle: str, unit: str) -> None:
    desk.says(desk.room("donanim"), "Gizli")
    with pytest.raises(AccessDenied, match=f"{handle} does not work in unit '{unit}'"):
        await play(desk, handle, {"text": "merhaba"}, unit=unit)
    assert not desk.events


async def test_who_leaves_the_unit_in_the_middle_sees_no_more(desk: FakeDesk) -> None:
    desk.room("donanim")
    mehmet = desk.by_handle("mehmet")
    assert mehmet is not None

    def moved(desk: FakeDesk, event: Any) -> None:
        mehmet.unit = "yazilim"
        desk.says(event.conversation, "Gizli")

    desk.answer = moved
    with pytest.raises(AccessDenied):
        await play(desk, "mehmet", {"text": "bir"}, unit="donanim")
