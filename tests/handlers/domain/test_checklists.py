"""Lines, ticks, and what the desk ships with."""

from __future__ import annotations

import pytest

from handlers.domain.checklists import SHIPPED, Item, TicketChecklist, excused, key, read_items, ticks
from handlers.domain.errors import Invalid
from handlers.domain.states import Change, TicketEvent
from handlers.domain.ticket import TicketId
from tests.handlers.domain.builders import MEHMET, NOW, ZEYNEP
from tests.scenarios.stage import shared_desk

LIST = TicketChecklist(ticket=TicketId(1), name="oda", version=1, title="Oda", items=(Item("a"), Item("b", True)), id=7)


def _event(what: Change, before: str | None = None, after: str | None = None, who: int = MEHMET) -> TicketEvent:
    return TicketEvent(NOW, who, "web", what, before, after)  # type: ignore[arg-type] # a number is one


def test_how_far_it_is_comes_from_the_history_alone() -> None:
    history = [
        _event(Change.TICKED, after=key(7, 0)),
        _event(Change.TICKED, after=key(7, 1), who=ZEYNEP),
        _event(Change.UNTICKED, before=key(7, 0)),
        _event(Change.TICKED, after=key(8, 0)),
        _event(Change.TICKED, after=key(7, 2)),
    ]
    assert {place: tick.who for place, tick in ticks(history, LIST).items()} == {1: ZEYNEP}


@pytest.mark.parametrize(
    ("happened", "is_excused"),
    [
        ([], False),
        ([Change.LISTED], False),
        ([Change.LISTED, Change.EXCUSED], True),
        ([Change.EXCUSED, Change.LISTED], False),
    ],
)
def test_another_list_asks_anew(happened: list[Change], is_excused: bool) -> None:
    assert excused([_event(what) for what in happened]) is is_excused


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (["a", " !b ", "! c", "", "!"], (Item("a"), Item("b", True), Item("c", True))),
        ([], None),
        (["!", " "], None),
        (["x" * 81], None),
        (["x"] * 25, None),
    ],
)
def test_what_may_be_written(lines: list[str], items: tuple[Item, ...] | None) -> None:
    if items is not None:
        assert read_items(lines) == items
        return
    with pytest.raises(Invalid):
        read_items(lines)


def test_what_the_desk_ships_with_fits_its_catalogue() -> None:
    catalogue = shared_desk().catalogue
    assert len({(one.unit, one.name) for one in SHIPPED}) == len(SHIPPED)
    for one in SHIPPED:
        assert one.unit in catalogue.units
        assert any(item.required for item in one.items)
        assert one.category is None or catalogue.categories[one.category].unit == one.unit
