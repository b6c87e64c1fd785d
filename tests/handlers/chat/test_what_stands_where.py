"""Every command and button, by everybody, in every kind of place: nothing of a security matter stands where somebody
reads along who may not know it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from handlers.chat.commands import COMMANDS
from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, Role
from handlers.messages import plain
from handlers.people.access import private_address
from handlers.ports import Conversation, UnitOfWork
from handlers.tickets import closing
from storage.tables import button, message
from tests.faults.table_desk import CHANNEL
from tests.handlers.tickets.table import Table

SECRET = "zorkun"
"""Stands in everything that is written on the ticket."""
LEAK = f"bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu {SECRET}"
SUBJECT = "Bilgi güvenliği"
PEOPLE = ("ayse", "hasan", "ali", "fatma", "leyla", "kemal", "denetci", "admin", "yabanci")
ENTITLED = {"ayse", "leyla", "kemal", "denetci"}
"""Its reporter, the lead of its unit, director and auditor; in private. Beside them who was given it by name."""
ROOMS = ("yazilim", "donanim", "kimsenin")
"""Of its unit, of the other one, and a group that is nobody's."""


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    opened = Table(tmp_path / "desk")
    opened.store.write(_a_lead_of_software)
    try:
        yield opened
        assert opened.wrong() == []
    finally:
        opened.close()


def _a_lead_of_software(uow: UnitOfWork) -> None:
    ayse = uow.people.by_handle("ayse")
    assert ayse is not None
    leyla = uow.people.add(
        Person(
            handle="leyla",
            name="Leyla Öz",
            department="Bilgi İşlem",
            room="101",
            role=Role.LEAD,
            unit="yazilim",
            verified=True,
            notice_version=ayse.notice_version,
        )
    )
    own = Account(CHANNEL, "leyla")
    uow.people.link(own, leyla.id, private_address(own))
    uow.conversations.ensure(Conversation(address=private_address(own), channel=CHANNEL, person=leyla.id))


# --- how it can stand -------------------------------------------------------------------------------
def opened(table: Table) -> None:
    table.says("ayse", LEAK)
    assert table.tickets()[0].restricted


def given_by_name(table: Table) -> None:
    opened(table)
    table.says("leyla", "/durum 1")
    table.press("leyla", "menu:1:more", "menu:1:assign", f"assign_to:1:{table.person('ali')}")
    assert table.holder(1) == "ali"


def waiting(table: Table) -> None:
    opened(table)
    table.says("leyla", "/durum 1")
    table.press("leyla", "claim:1", "menu:1:wait", "wait_for:1:waiting_vendor")
    table.says("leyla", f"{SECRET} firması")
    table.says("leyla", f"/not 1 {SECRET} notu")
    table.says("ayse", f"1: {SECRET} eki")


def asked(table: Table) -> None:
    opened(table)
    table.says("leyla", "/durum 1")
    table.press("leyla", "claim:1", "ask:1")
    table.says("leyla", f"{SECRET} kime gitti?")


def resolved(table: Table) -> None:
    waiting(table)
    table.press("leyla", "resume:1", "done:1")
    table.says("leyla", f"{SECRET} geri alındı")


def cancelled(table: Table) -> None:
    waiting(table)
    table.press("leyla", "resume:1", "menu:1:more", "cancel:1")
    table.says("leyla", f"{SECRET} değilmiş")


def turned_out_to_be_one(table: Table) -> None:
    """Worked on in a room before somebody saw what it is."""
    table.says("ayse", f"yazıcı çıktı vermiyor {SECRET}")
    table.press("ayse", "open:…")
    table.press("mehmet", "claim:1", "ask:1", room="donanim")
    table.says("mehmet", f"{SECRET} nedir?", room="donanim")
    table.says("ayse", f"{SECRET} bir liste")
    table.says("mehmet", "/durum 1", room="donanim")
    table.says("mehmet", f"/not 1 {SECRET} notu", room="donanim")
    table.press("mehmet", "menu:1:more", "release:1", "menu:1:more", "menu:1:topic", "menu:1:topic:0", room="donanim")
    while not table.presses("mehmet", "topic_to:1:bilgi-guvenligi", room="donanim"):
        table.press("mehmet", "menu:1:topic:…", room="donanim")
    assert table.tickets()[0].restricted


def merged(table: Table) -> None:
    """What was reported elsewhere lives on in one; it does not go on where others read."""
    for what in (f"ebys şifremi kabul etmiyor giremiyorum {SECRET}", "otomasyon programı açılmıyor hata veriyor"):
        table.says("ayse", what)
        table.press("ayse", "open:…")
        while table.presses("ayse", "skip_fact:…"):
            pass
    table.says("ali", "/durum 1", room="yazilim")
    table.says("ayse", LEAK)

    def merge(acting: Acting, ticket: int, into: int) -> None:
        closing.merge(acting, acting.uow.tickets.get(ticket), acting.uow.tickets.get(into), f"{SECRET} ile aynı")

    with pytest.raises(Invalid, match="cannot_merge_secret"):
        table.acts("leyla", lambda acting: merge(acting, 3, 2))
    table.acts("leyla", lambda acting: merge(acting, 1, 3))
    assert [one.restricted for one in table.tickets()] == [True, False, True]


STANDS: dict[str, tuple[Callable[[Table], None], set[str]]] = {
    "open": (opened, set()),
    "given to a technician by name": (given_by_name, {"ali"}),
    "waiting": (waiting, set()),
    "waiting for an answer": (asked, set()),
    "resolved": (resolved, set()),
    "cancelled": (cancelled, set()),
    "turned out to be one": (turned_out_to_be_one, set()),
    "merged": (merged, set()),
}


OF_A_TICKET = (
    "/durum 1", "/durum", "/islerim", "/sira", "/ozet", "/makale 1", "/iptal 1", "/not 1 bakılıyor", "/ara zorkun", "1",
)  # fmt: skip
EVERYTHING = (*OF_A_TICKET, *(f"/{name}{behind}" for name in COMMANDS for behind in ("", " 1")), "2026-000001 ne oldu")
CHANGES_WHO_THEY_ARE = ("/ayrildi", "/katil", "/davet", "/isim")


@pytest.mark.parametrize("how", STANDS)
def test_nothing_of_a_security_matter_stands_before_who_may_not_know_it(table: Table, how: str) -> None:
    begin, also = STANDS[how]
    begin(table)
    everybody_types(table, EVERYTHING if how == "open" else OF_A_TICKET)
    assert leaks(table, ENTITLED | also) == []
    everybody_presses(table)
    everybody_replies(table)
    assert leaks(table, ENTITLED | {"ali"}) == []  # a lead may have pressed Görevlendir meanwhile


def everybody_types(table: Table, commands: Sequence[str]) -> None:
    for who in PEOPLE:
        for room in (*ROOMS, ""):
            for words in commands:
                if not words.startswith(CHANGES_WHO_THEY_ARE):
                    table.says(who, words, room=room)


def everybody_presses(table: Table) -> None:
    """Every button that ever stood in a room, live or not, by everybody; in private by whose it is."""
    for place, token in _tokens(table):
        _, kind, name = place.split(":")
        for who in PEOPLE if kind == "r" else (name,):
            table.press_token(who, token, room=name if kind == "r" else "")


def everybody_replies(table: Table) -> None:
    for room in ROOMS:
        for shown in table.shown(table.place("", room)):
            if shown.author is None and shown.ticket is not None:
                for who in ("leyla", "ali", "kemal", "hasan"):
                    table.says(who, "tamam bakıyorum", room=room, reply_to=shown.id)


def leaks(table: Table, entitled: set[str]) -> list[tuple[str, str, str]]:
    """Place, kind and text of what the desk said where it may not stand, labels of buttons too."""
    return [
        (place, shown.kind, plain(shown.text))
        for place in _places(table)
        if place.split(":")[1] == "r" or place.split(":")[2] not in entitled
        for shown in table.shown(place)
        if shown.author is None and _tells(" ".join([plain(shown.text), *(button.label for button in shown.buttons)]))
    ]


def _tells(text: str) -> bool:
    """A search repeats what was typed to whoever typed it."""
    return (SECRET in text or SUBJECT in text) and not text.startswith(f"“{SECRET}” için bir şey bulamadım")


def _places(table: Table) -> list[str]:
    return table.store.read(
        lambda uow: sorted(uow.transaction.execute(select(message.c.conversation).distinct()).scalars())  # type: ignore[attr-defined] # storage's
    )


def _tokens(table: Table) -> list[tuple[str, str]]:
    query = (
        select(message.c.conversation, button.c.token)
        .join(message, message.c.id == button.c.message)
        .order_by(button.c.token)
    )
    return [tuple(row) for row in table.store.read(lambda uow: uow.transaction.execute(query).all())]  # type: ignore[attr-defined] # the same
