from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from handlers.domain.ticket import TicketId
from handlers.ports import Attachment, Transactions
from tests.clock import START
from tests.storage.builders import add_person, open_ticket


def test_a_mark_is_said_first_by_one(store: Transactions) -> None:
    with ThreadPoolExecutor(4) as threads:
        first = list(threads.map(lambda _: store.write(lambda uow: uow.once.first("digest:donanim", START)), range(4)))
    assert sorted(first) == [False, False, False, True]


def test_the_latest_mark_of_a_kind(store: Transactions) -> None:
    def fill(uow):
        for number, mark in enumerate(["digest:a:2", "digest:a:1", "digest:b:9", "digest_a:3", "digest%"]):
            uow.once.first(mark, START + timedelta(hours=number))

    store.write(fill)
    assert store.read(lambda uow: uow.once.latest("digest:a:")) == ("digest:a:1", START + timedelta(hours=1))
    assert store.read(lambda uow: uow.once.latest("digest_")) == ("digest_a:3", START + timedelta(hours=3))
    assert store.read(lambda uow: uow.once.latest("reminder:")) is None


def test_the_audit_newest_first(store: Transactions) -> None:
    own = store.write(add_person)
    store.write(lambda uow: uow.audit.log(START, None, "backup", "masa.db", "terminal"))
    store.write(lambda uow: uow.audit.log(START, own, "read", "2026-000001", "web"))
    assert list(store.read(lambda uow: uow.audit.recent())) == [
        (START, own, "read", "2026-000001", "web"),
        (START, None, "backup", "masa.db", "terminal"),
    ]
    assert len(store.read(lambda uow: uow.audit.recent(limit=1))) == 1


def test_feedback_oldest_first(store: Transactions) -> None:
    store.write(lambda uow: uow.feedback.add(START + timedelta(days=1), "b", "yazici", "opened"))
    store.write(lambda uow: uow.feedback.add(START, "a", "yazici", "worked"))
    assert list(store.read(lambda uow: uow.feedback.since(None))) == [
        ("a", "yazici", "worked"),
        ("b", "yazici", "opened"),
    ]
    assert list(store.read(lambda uow: uow.feedback.since(START + timedelta(hours=1)))) == [("b", "yazici", "opened")]


def test_a_file_follows_its_ticket(store: Transactions) -> None:
    def fill(uow) -> TicketId:
        ticket = open_ticket(uow, add_person(uow)).id
        uow.attachments.add(
            Attachment(
                id="f",
                name="a.png",
                media_type="image/png",
                size=1,
                sha256="0",
                uploader=None,
                conversation="web:p:ayse",
                at=START,
            )
        )
        uow.attachments.for_ticket("f", ticket)
        return ticket

    ticket = store.write(fill)
    assert store.read(lambda uow: uow.attachments.get("f")).ticket == ticket
