"""Who has the page of a ticket open."""

from __future__ import annotations

from pathlib import Path

from bot.filestore.shared_files import SharedFiles
from bot.web.panel.lookers import Lookers
from bot.web.panel.stream import looked_at_by
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from tests.clock import FakeClock

ONE, OTHER = TicketId(1), TicketId(2)
ME, FATMA = PersonId(1), PersonId(2)


def test_they_are_there_as_long_as_a_page_of_theirs_is_open() -> None:
    lookers = Lookers()
    with lookers.looking([ONE], ME) as bell:
        assert lookers.others([ONE], ME) == []
        bell.clear()
        with lookers.looking([ONE], FATMA), lookers.looking([ONE, OTHER], FATMA):
            assert bell.is_set()
            assert lookers.others([ONE], ME) == [FATMA]
            assert lookers.others([OTHER], FATMA) == []
        bell.clear()
        assert lookers.others([ONE], ME) == []
    assert not bell.is_set()
    assert lookers == Lookers(), "nothing is left of it"


def test_it_is_said_as_one_says_it() -> None:
    assert looked_at_by([]) == ""
    assert looked_at_by(["Fatma Şahin"]) == "Fatma Şahin de bu kayda bakıyor."
    assert looked_at_by(["Fatma Şahin", "Ali Kaya"]) == "Fatma Şahin ve Ali Kaya da bu kayda bakıyor."


async def test_those_of_another_process_are_named_too(tmp_path: Path) -> None:
    """Each hears of the others when it looks; of one that died nobody is named for long."""
    clock, shared = FakeClock(), SharedFiles(tmp_path / "lookers")
    one, two = (Lookers(shared, clock.now, every=None) for _ in range(2))
    with one.looking([ONE], ME) as bell:
        await one.exchange()
        with two.looking([ONE, OTHER], FATMA):
            await two.exchange()
            assert two.others([ONE], FATMA) == [ME]
            bell.clear()
            await one.exchange()
            assert bell.is_set()
            assert one.others([ONE], ME) == [FATMA]
            bell.clear()
            await one.exchange()
            assert not bell.is_set(), "nothing new"
        await two.exchange()
        await one.exchange()
        assert bell.is_set()
        assert one.others([ONE], ME) == []
        with two.looking([ONE], FATMA):
            await two.exchange()
        clock.advance(seconds=61)
        await one.exchange()
        assert one.others([ONE], ME) == [], "that process is silent"
        shared.put("0", {"of": "another version"})
        await one.exchange()
