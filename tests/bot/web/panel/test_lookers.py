"""Who has the page of a ticket open."""

from __future__ import annotations

from bot.web.panel.lookers import Lookers
from bot.web.panel.stream import looked_at_by
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId

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
