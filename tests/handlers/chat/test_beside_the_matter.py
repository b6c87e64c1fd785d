"""Lines beside the matter: chat that goes to nobody, a number put right, a word that is asked about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handlers.messages import plain
from knowledge import glossary
from tests.handlers.chat.played import Play, undone
from tests.handlers.tickets.table import Table

FAULT = "yazıcıdan çıktı gelmiyor"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    opened = Table(tmp_path_factory.mktemp("beside") / "desk")
    try:
        opened.says("ayse", FAULT)
        opened.press("ayse", "open:…")
        while opened.presses("ayse", "skip_fact:…"):
            pass
        yield opened
        assert opened.wrong() == []
    finally:
        opened.close()


def said_to(table: Table, *lines: str, who: str = "ayse") -> list[tuple[str, str]]:
    """Kind and text of what the desk answers to the last line."""

    def played(play: Play) -> list[tuple[str, str]]:
        new = [play.says(line) for line in lines]
        return [(message.kind, plain(message.text)) for message in new[-1]]

    return undone(table, played, who)


# --- chat -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "öğlen ne yemek var",
        "hava çok güzel bugün",
        "iyi bayramlar",
        "ramazan bayramınız mübarek olsun",
        "dün akşamki maçı gördün mü",
        "çay içmeye gelin bir ara",
        "maaşlar yattı mı duydun mu",
        "hayırlı cumalar arkadaşlar",
    ],
)
def test_chat_is_answered_and_goes_to_nobody(table: Table, line: str) -> None:
    def played(play: Play) -> tuple[int, set[str], int]:
        before = len(play.uow.tickets.entries(play.uow.tickets.by_number("2026-000001").id))
        said = {message.kind for message in play.says(line)}
        return before, said, len(play.uow.tickets.entries(play.uow.tickets.by_number("2026-000001").id))

    before, said, entries = undone(table, played)
    assert (said, entries) == ({"not_passed_on"}, before)


@pytest.mark.parametrize(
    "line",
    [
        "yağmur girdi içeri kablo ıslandı",
        "oda çok sıcak ondan kapanıyor olabilir",
        "öğle arasında gelmeyin kimse yok",
        "yemeğe çıkıyorum bir buçukta gelin",
        "bayramdan önce lazım bize",
        "nikah var on dakika sonra",
        "anahtar danışmada",
        "dün fişi çekmişlerdi temizlikte",
        "kapı kilitliyse güvenliğe söyleyin",
        "yoldayım on dakikaya ordayım",
    ],
)
def test_what_may_be_of_the_ticket_reaches_those_who_work_on_it(table: Table, line: str) -> None:
    assert "reply_kept" in dict(said_to(table, line))


def test_what_was_taken_for_chat_goes_to_the_ticket_by_one_press(table: Table) -> None:
    def played(play: Play) -> tuple[list[str], list[str]]:
        ticket = play.uow.tickets.by_number("2026-000001").id
        play.says("öğlen ne yemek var")
        assert play.presses(f"tell:{ticket}")
        once = [entry.text for entry in play.uow.tickets.entries(ticket)]
        play.presses(f"tell:{ticket}")
        return once, [entry.text for entry in play.uow.tickets.entries(ticket)]

    once, twice = undone(table, played)
    assert once[-1] == "öğlen ne yemek var"
    assert twice == once


# --- a number put right -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "204 değil 214",
        "204 dedim ama 214 olacak",
        "oda 204 değil de 214 olacak pardon",
        "214 olacak 204 değil",
        "pardon 214",
        "yanlış yazmışım 214",
        "benim odam 204 değildi 214'müş",
        "204 yanlış doğrusu 214",
    ],
)
@pytest.mark.parametrize("opened", [False, True])
def test_the_fact_is_put_right(table: Table, line: str, opened: bool) -> None:
    def played(play: Play) -> tuple[str, set[str]]:
        play.says("yazıcıdan çıktı gelmiyor oda 204")
        if opened:
            assert play.presses("open:…")
            while play.presses("skip_fact:…"):
                pass
        said = {message.kind for message in play.says(line)}
        if not opened:
            assert play.presses("open:…")
        newest = max(play.uow.summaries.list(limit=10), key=lambda one: one.id)
        return newest.facts["oda"], said

    room, said = undone(table, played, who="hasan")
    assert ("214" in room, "204" in room) == (True, False)
    assert said & {"added", "facts_corrected"}


def test_how_many_there_are_is_put_right(table: Table) -> None:
    def played(play: Play) -> str:
        play.says("internet yok 12 kişi çalışamıyor")
        assert play.presses("open:…")
        while play.presses("skip_fact:…"):
            pass
        play.says("12 değil 10")
        return max(play.uow.summaries.list(limit=10), key=lambda one: one.id).facts["etkilenen"]

    assert undone(table, played, who="hasan").startswith("10")


@pytest.mark.parametrize("line", ["3 değil 4 bilgisayar var", "toner 26 değil 27 olacakmış", "pardon 15"])
def test_a_number_that_nobody_gave_is_a_detail_like_any(table: Table, line: str) -> None:
    assert "facts_corrected" not in dict(said_to(table, line))


# --- a word asked about -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "drum nedir",
        "Kusura bakmayın, drum ünitesi nedir acaba",
        "toner ne demek",
        "TONER NE OLUYOR YAVRUM",
        "anlamadım yavrum drum dediğin nedir, ben onu hiç görmedim",
        "modem hangisi o kutu mu",
        "usb girişi neresi",
        "demirbaş numarası ne ki",
    ],
)
@pytest.mark.parametrize("who", ["ayse", "hasan"])
def test_a_word_is_explained_whatever_stands(table: Table, line: str, who: str) -> None:
    lines = (line,) if who == "ayse" else ("yazıcı soluk basıyor", line)
    assert "word_meaning" in dict(said_to(table, *lines, who=who))


@pytest.mark.parametrize(
    "line",
    [
        "toner ne zaman gelir",
        "toner ne oldu",
        "modem nerede kaldı",
        "vpn ne için kapalı",
        "toner lazım",
        "demirbaş numarası bilmiyorum",
        "ip ne yazayım",
        "kasa",
    ],
)
def test_who_asks_something_else_is_not_told_what_it_means(line: str) -> None:
    assert glossary.asked(line) is None


def test_what_is_said_beside_the_question_is_kept(table: Table) -> None:
    kinds = dict(said_to(table, "toner nedir, bizde iki tane var"))
    assert {"word_meaning", "reply_kept"} <= set(kinds)


def test_the_glossary_is_short_and_no_word_stands_in_it_twice() -> None:
    meanings = glossary.meanings()
    assert len(set(meanings.values())) >= 50
    assert all(len(meaning) <= 200 for meaning in meanings.values())
