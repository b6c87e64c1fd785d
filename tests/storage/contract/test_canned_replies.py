"""Hazır yanıtlar, on the fake and both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.domain.canned_replies import CannedReply
from handlers.domain.errors import NotFound
from handlers.ports import Transactions
from tests.clock import START


def _reply(name: str, unit: str = "donanim") -> CannedReply:
    return CannedReply(unit=unit, name=name, text="{ad}, geliyorum.", written_at=START)


def test_what_stands_in_a_unit_is_found_by_name_and_what_was_withdrawn_is_not(store: Transactions) -> None:
    def fill(uow):
        kept = [uow.canned_replies.add(_reply(name)) for name in ("yolda", "firma", "bitti")]
        uow.canned_replies.add(_reply("yolda", "yazilim"))
        uow.canned_replies.save(replace(kept[1], withdrawn_at=START))
        uow.canned_replies.save(replace(kept[2], text="Bitti."))
        return kept

    _yolda, firma, bitti = store.write(fill)
    found = store.read(lambda uow: uow.canned_replies.of_unit("donanim"))
    assert [one.name for one in found] == ["bitti", "yolda"]
    assert store.read(lambda uow: uow.canned_replies.get(bitti.id)) == replace(bitti, text="Bitti.")
    assert store.read(lambda uow: uow.canned_replies.get(firma.id)).withdrawn_at == START
    again = store.write(lambda uow: uow.canned_replies.add(_reply("firma")))
    assert again.id != firma.id
    for missing in (lambda uow: uow.canned_replies.get(999), lambda uow: uow.canned_replies.save(_reply("x"))):
        with pytest.raises(NotFound):
            store.write(missing)


def test_uses_are_counted_by_subject(store: Transactions) -> None:
    def fill(uow):
        one, other, gone = (uow.canned_replies.add(_reply(name)) for name in ("yolda", "firma", "bitti"))
        for category in ("toner", "toner", None, "ag"):
            uow.canned_replies.used(one.id, category)
        uow.canned_replies.used(other.id, "toner")
        uow.canned_replies.used(gone.id, "toner")
        uow.canned_replies.save(replace(gone, withdrawn_at=START))
        return one.id, other.id

    one, other = store.write(fill)
    uses = store.read(lambda uow: [uow.canned_replies.uses("donanim", what) for what in ("toner", None, "ebys")])
    assert uses == [{one: 2, other: 1}, {one: 1}, {}]
    assert store.read(lambda uow: uow.canned_replies.uses("yazilim", "toner")) == {}
