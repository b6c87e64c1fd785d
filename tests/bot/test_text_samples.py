"""The values with which an edited text is shown: nearly every text can be said with them."""

from __future__ import annotations

from handlers.messages import plain
from handlers.ports.services import Unsayable
from tests.scenarios.stage import shared_desk


def test_texts_can_be_shown_before_they_are_saved() -> None:
    """One that was added lately may lack a value: its page says so, and it can be edited once it has one."""
    desk, unsayable = shared_desk(), []
    for name in desk.texts.names():
        try:
            assert plain(desk.texts.preview(name, desk.texts.body(name), desk))
        except Unsayable:
            unsayable.append(name)
    assert len(unsayable) * 20 < len(desk.texts.names()), unsayable


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
