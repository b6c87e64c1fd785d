from __future__ import annotations

import io
import re
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from bot.channels.terminal.screen import NUMBERS, Screen
from bot.channels.terminal.session import TerminalSession
from handlers.domain.people import Role
from handlers.messages import ALARM, BOLD, END, LINK, SEP
from tests.bot.channels.terminal.fake_desk import FakeDesk, echo

AYSE = "terminal:p:ayse"


class Watched:
    """A screen, and what stands on it."""

    def __init__(self, desk: FakeDesk, width: int = 80) -> None:
        self.desk, self.file = desk, io.StringIO()
        console = Console(file=self.file, width=width, force_terminal=True, color_system="truecolor", highlight=False)
        self.screen = Screen(console, ZoneInfo("Europe/Istanbul"), "http://127.0.0.1:8080")

    async def show_new(self, session: TerminalSession) -> str:
        """What is printed now, without colours."""
        before = len(self.file.getvalue())
        found, upto = await session.unseen()
        for seen in found:
            self.screen.show(seen)
        await session.saw(upto)
        return re.sub(r"\x1b\[[0-9;]*m", "", self.file.getvalue()[before:])


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk(answer=echo)
    desk.person("ayse", "Ayşe Yılmaz").department = "Mali Hizmetler"
    return desk


async def test_buttons_are_numbered_through_and_keep_their_numbers(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk)
    first = desk.says(AYSE, "Bir", buttons=["Evet", "Hayır"])
    second = desk.says(AYSE, "İki", buttons=["Tamam"])
    shown = await watched.show_new(session)
    assert "[1] Evet   [2] Hayır" in shown
    assert "[3] Tamam" in shown
    assert watched.screen.token(1) == f"{first}-Evet"
    assert watched.screen.token(3) == f"{second}-Tamam"
    desk.says(AYSE, "Bir, değişti", buttons=["Geri"], edits=first)
    shown = await watched.show_new(session)
    assert "güncellendi" in shown
    assert "[4] Geri" in shown
    assert watched.screen.token(1) is None
    assert watched.screen.token(3) == f"{second}-Tamam"


async def test_numbers_begin_again_after_the_last(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk)
    for number in range(NUMBERS + 1):
        last = desk.says(AYSE, str(number), buttons=["Evet"])
    await watched.show_new(session)
    assert watched.screen.token(1) == f"{last}-Evet"


async def test_a_message_that_only_lost_its_buttons_is_not_shown_again(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk)
    message = desk.says(AYSE, "Bir", buttons=["Evet"])
    await watched.show_new(session)
    desk.says(AYSE, "Bir", edits=message)
    assert await watched.show_new(session) == ""
    assert watched.screen.token(1) is None


async def test_marked_text_is_styled_and_nothing_else_is(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk)
    desk.says(AYSE, f"{BOLD}Önemli{END} [red]düz[/red] \x1b[2J\u202e {LINK}/kayit/1{SEP}kayıt{END}")
    shown = await watched.show_new(session)
    assert "Önemli [red]düz[/red] [2J kayıt (http://127.0.0.1:8080/kayit/1)" in shown
    assert "\x1b[1mÖnemli\x1b[0m" in watched.file.getvalue()
    assert "\x1b[2J" not in watched.file.getvalue()


async def test_a_card_of_an_emergency_is_red_and_no_other_is(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk)
    desk.says(AYSE, "2026-000002 · ACİL diye yazmışlar", buttons=["Üstlen"])
    await watched.show_new(session)
    assert "\x1b[31m╰──" not in watched.file.getvalue()
    desk.says(AYSE, f"{ALARM}🚨 ACİL{END} · 2026-000001", buttons=["Üstlen"])
    await watched.show_new(session)
    assert "\x1b[31m╰──" in watched.file.getvalue()
    assert "\x1b[1;31m🚨 ACİL" in watched.file.getvalue()


async def test_a_colleague_s_words_are_only_words(desk: FakeDesk) -> None:
    room = desk.room("donanim")
    desk.person("mehmet", "Mehmet Kaya", Role.TECHNICIAN, "donanim")
    zeynep = desk.person("zeynep", "[b]Zeynep Ak", Role.TECHNICIAN, "donanim")
    session, watched = await TerminalSession.take(desk, "mehmet", "donanim"), Watched(desk)
    desk.says(room, f"\x1b]0;x\x07{BOLD}bak{END}", author=zeynep)
    shown = await watched.show_new(session)
    assert "[b]Zeynep A. 12:00 #1" in shown
    assert "]0;xbak" in shown
    assert "\x1b[1mbak" not in watched.file.getvalue()


async def test_steps_hang_under_their_first_word(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk, width=40)
    desk.says(AYSE, "1. Yazıcının açık olduğuna ve ekranına bakın", buttons=["Evet"])
    shown = await watched.show_new(session)
    assert re.search(r"│ 1\. Yazıcının .*\n│    \w", shown)


async def test_the_head_says_who_and_where(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk)
    watched.screen.welcome(session)
    assert "Ayşe Yılmaz · Mali Hizmetler" in watched.file.getvalue()
    guest = Watched(desk)
    guest.screen.welcome(await TerminalSession.take(desk, "yeni"))
    assert "masa sizi henüz tanımıyor" in guest.file.getvalue()
    assert "yazıcı çıktı vermiyor" in guest.file.getvalue()


async def test_what_was_read_before_has_no_buttons(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk)
    desk.says(AYSE, "Eski", buttons=["Evet"])
    await Watched(desk).show_new(session)
    for seen in await session.last(4):
        watched.screen.before(seen)
    assert "Eski" in watched.file.getvalue()
    assert "Evet" not in watched.file.getvalue()


async def test_a_label_stays_with_its_number(desk: FakeDesk) -> None:
    session, watched = await TerminalSession.take(desk, "ayse"), Watched(desk, width=44)
    desk.says(AYSE, "Kart", buttons=["Tamamladım", "Beklet", "Bilgi iste", "Diğer"])
    shown = await watched.show_new(session)
    assert re.search(r"│ \[1\] Tamamladım   \[2\] Beklet *\n│ \[3\] Bilgi iste   \[4\] Diğer *\n", shown)
