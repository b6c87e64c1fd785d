"""A ticket or a report that is solved before anybody saw to it: it is closed as solved, and never as cancelled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handlers.domain.states import Change, SolvedBy, State
from handlers.domain.ticket import Ticket
from handlers.messages import plain
from tests.handlers.chat.played import Play, undone
from tests.handlers.tickets.table import Table

FAULT = "yazıcıdan çıktı gelmiyor"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    opened = Table(tmp_path_factory.mktemp("solved") / "desk")
    try:
        opened.says("ayse", FAULT)
        opened.press("ayse", "open:…")
        while opened.presses("ayse", "skip_fact:…"):
            pass
        yield opened
        assert opened.wrong() == []
    finally:
        opened.close()


def after(table: Table, *lines: str, press: str = "") -> tuple[Ticket, set[str]]:
    """The ticket, and what the desk said to the last line, or to the press after it."""

    def played(play: Play) -> tuple[Ticket, set[str]]:
        said = set[str]()
        for line in lines:
            said = {message.kind for message in play.says(line)}
        if press:
            assert play.presses(press)
        return play.uow.tickets.by_number("2026-000001"), said

    return undone(table, played)


SOLVED = [
    "evet çözüldü",
    "Evet, çözüldü.",
    "evet oldu",
    "düzeldi sağ olun",
    "kendiliğinden düzeldi",
    "hallettik teşekkürler",
    "iptal edin düzeldi",
    "gerek kalmadı, çözüldü",
    "SORUN ÇÖZÜLDÜ",
]


@pytest.mark.parametrize("line", SOLVED)
def test_it_is_asked_and_closed_as_solved(table: Table, line: str) -> None:
    ticket, said = after(table, line)
    assert ("solved_by_itself" in said, ticket.state) == (True, State.OPEN)
    closed, _ = after(table, line, press="solved_mine:…")
    assert closed.state is State.CLOSED
    assert closed.resolved_by is None


@pytest.mark.parametrize("answer", ["evet", "Evet, çözüldü", "evet oldu", "düzeldi", "👍", "aynen çözüldü"])
def test_what_is_typed_to_the_question_closes_it(table: Table, answer: str) -> None:
    ticket, said = after(table, "düzeldi", answer)
    assert (ticket.state, said & {"solved_mine", "cancelled_mine"}) == (State.CLOSED, {"solved_mine"})


@pytest.mark.parametrize(
    "answer", ["hayır", "yok", "hayır sürüyor", "olmadı yine aynı", "yine bozuldu", "çözülmedi", "oldu mu bilmiyorum"]
)
def test_who_does_not_say_so_keeps_it_open(table: Table, answer: str) -> None:
    ticket, _ = after(table, "düzeldi", answer)
    assert ticket.state is State.OPEN


def test_a_guess_closes_nothing(table: Table) -> None:
    for line in ("galiba şimdi çıktı aldım gibi", "dün çalışıyordu", "diğerleri çalışıyor", "teşekkürler", "tamam"):
        assert after(table, "düzeldi", line)[0].state is State.OPEN, line


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("kendi kendine düzeldi", SolvedBy.ITSELF),
        ("kendiliğinden geldi, çözüldü", SolvedBy.ITSELF),
        ("kendisi düzeldi", SolvedBy.ITSELF),
        ("dediğinizi yapınca düzeldi", SolvedBy.STEPS),
        ("adımları yaptım çözüldü", SolvedBy.STEPS),
        ("çözüldü", SolvedBy.UNTOLD),
    ],
)
def test_how_stands_in_history_and_on_the_card(table: Table, line: str, how: SolvedBy) -> None:
    def played(play: Play) -> tuple[str | None, str]:
        play.says(line)
        play.says("evet çözüldü")
        ticket = play.uow.tickets.by_number("2026-000001")
        solved = [event for event in play.uow.tickets.history(ticket.id) if event.what is Change.SOLVED]
        place = table.place("mehmet", "donanim")
        card = [m for m in play.uow.timeline.page(place, limit=50) if m.kind == "card"][-1]
        return solved[0].reason, plain(card.text)

    told, card = undone(table, played)
    words = {
        SolvedBy.ITSELF: "Kendiliğinden düzeldi",
        SolvedBy.STEPS: "Adımlarla çözüldü",
        SolvedBy.UNTOLD: "Personel çözüldü dedi",
    }
    assert told == how
    assert f"Kapandı: {words[how]}" in card
    assert "İptal" not in card


def test_it_can_be_opened_again(table: Table) -> None:
    def played(play: Play) -> State:
        play.says("düzeldi")
        play.says("evet")
        assert play.presses("still_broken:…")
        return play.uow.tickets.by_number("2026-000001").state

    assert undone(table, played) is State.OPEN


def test_where_a_colleague_has_it_too_one_of_them_does_not_end_it(table: Table) -> None:
    def played(play: Play) -> tuple[State, set[str]]:
        ticket = play.uow.tickets.by_number("2026-000001")
        ticket.outage = True
        play.uow.tickets.save(ticket)
        said = {message.kind for message in play.says("düzeldi")}
        return play.uow.tickets.by_number("2026-000001").state, said

    assert undone(table, played) == (State.OPEN, {"reply_kept"})


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("evet oldu", "işe yaradı"),
        ("evet, çözüldü", "işe yaradı"),
        ("dediğinizi yapınca düzeldi", "işe yaradı"),
        ("kendiliğinden düzeldi", "kendiliğinden düzeldi"),
        ("kendi kendine düzeldi gerek kalmadı", "kendiliğinden düzeldi"),
        ("iptal, düzeldi", "işe yaradı"),
    ],
)
def test_a_report_with_steps_says_how_it_ended(table: Table, line: str, closed: str) -> None:
    def played(play: Play) -> list[str]:
        play.says("klavyem yazmıyor")
        return [plain(message.text) for message in play.says(line) if message.kind == "draft_closed"]

    assert [closed in text for text in undone(table, played, who="hasan")] == [True]
