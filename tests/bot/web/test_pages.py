"""What a browser gets when it comes: the chat, the demo's picker, the pieces of a page."""

from __future__ import annotations

from tests.bot.web.house import House
from tests.bot.web.visiting import Visit


async def test_an_unknown_browser_may_write_at_once_and_leaves_nothing_before(house: House, guest: Visit) -> None:
    assert house.store.read(lambda uow: len(uow.people.everybody())) == 0
    sent = await guest.send("yazıcı çıktı vermiyor")
    assert sent.status_code == 202
    page = await guest.open()
    assert "yazıcı çıktı vermiyor" in page.text
    assert "Duydum: yazıcı çıktı vermiyor" in page.text
    (person,) = house.store.read(lambda uow: uow.people.everybody())
    assert not person.verified
