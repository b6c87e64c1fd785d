"""The values with which an edited text is shown: every text can be said with them."""

from __future__ import annotations

from collections import Counter

from bot.samples import ROOMS
from bot.samples.typed import EXAMPLE
from handlers.messages import plain
from handlers.ports.services import Unsayable
from tests.scenarios.stage import shared_desk


def test_every_text_can_be_shown_before_it_is_saved() -> None:
    desk, unsayable = shared_desk(), []
    for name in desk.texts.names():
        try:
            assert plain(desk.texts.preview(name, desk.texts.body(name), desk))
        except Unsayable:
            unsayable.append(name)
    assert unsayable == []


def test_each_value_stands_in_one_room() -> None:
    given = Counter(name for room in ROOMS for name in room(EXAMPLE))
    assert [name for name, times in given.items() if times > 1] == []


def test_every_shipped_text_may_do_what_it_does() -> None:
    desk = shared_desk()
    assert [name for name in desk.texts.names() if desk.texts.problem(name, desk.texts.body(name))] == []


def test_of_a_text_that_is_a_part_of_others_the_edit_stands_in_all() -> None:
    desk = shared_desk()
    edited = desk.texts.edited({"known_outage": "Bilinen bir kesinti var."})
    data = {"parts": 1, "category": desk.category("ebys-giris"), "article": None, "second": "", "outage": None}
    said = edited.render("suggestion", desk=desk, waiting_citizens=False, due_today=False, **data)
    assert "Bilinen bir kesinti var." in said
    assert desk.texts.edited({}) is edited.edited({})
