from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.domain.dialog import Dialog, Draft, Expect, Expectation, Phase
from handlers.domain.errors import Stale
from handlers.domain.people import PersonId
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person

HERE = "web:p:ayse"


def a_draft(**about: object) -> Draft:
    return Draft(id="d1", started_at=START, changed_at=START, **about)


def save(store: Transactions, own: PersonId, **about: object) -> None:
    def work(uow):
        dialog = uow.dialogs.get(HERE, own)
        for name, value in about.items():
            setattr(dialog, name, value)
        uow.dialogs.save(dialog)

    store.write(work)


def test_there_is_always_a_dialog(store: Transactions) -> None:
    own = store.write(add_person)
    assert store.read(lambda uow: uow.dialogs.get(HERE, own)) == Dialog(conversation=HERE, person=own)


def test_everything_in_a_dialog_comes_back(store: Transactions) -> None:
    own = store.write(add_person)
    draft = a_draft(
        texts=["yazıcı \ud83d bozuk\0"],
        keys=["web:1"],
        files=["f"],
        phase=Phase.ASKED,
        category="a",
        article="b",
        candidates=["a", "c"],
        dismissed=["x"],
        tried_article="b",
        tried=3,
        reasons=["yazıcı"],
        facts={"oda": "312"},
        urgent=True,
        waiting_citizens=True,
        for_person=own,
        untold=True,
    )
    expects = Expectation(kind=Expect.FACT, ticket=3, detail="oda", rest=["cihaz"], asked="ask:3")
    asked = [Expectation(kind=Expect.WORD, ticket=2, asked="entry:7"), Expectation(kind=Expect.ANSWER, ticket=3)]
    save(store, own, draft=draft, expects=expects, asked_by_workers=asked, last_ticket=3, changed_at=START)
    found = store.read(lambda uow: uow.dialogs.get(HERE, own))
    assert found == Dialog(
        conversation=HERE,
        person=own,
        draft=draft,
        expects=expects,
        asked_by_workers=asked,
        last_ticket=3,
        changed_at=START,
        version=1,
    )


def test_what_changes_after_a_save_is_not_written(store: Transactions) -> None:
    own = store.write(add_person)

    def work(uow):
        dialog = uow.dialogs.get(HERE, own)
        dialog.draft = a_draft(texts=["bir"])
        uow.dialogs.save(dialog)
        dialog.draft.texts.append("iki")

    store.write(work)
    assert store.read(lambda uow: uow.dialogs.get(HERE, own)).draft.texts == ["bir"]


def test_two_saves_in_one_work(store: Transactions) -> None:
    own = store.write(add_person)

    def work(uow):
        dialog = uow.dialogs.get(HERE, own)
        uow.dialogs.save(dialog)
        dialog.last_ticket = 5
        uow.dialogs.save(uow.dialogs.get(HERE, own))

    store.write(work)
    found = store.read(lambda uow: uow.dialogs.get(HERE, own))
    assert (found.last_ticket, found.version) == (5, 2)


@pytest.mark.parametrize("known_before", [True, False])
def test_an_old_dialog_is_stale(store: Transactions, known_before: bool) -> None:
    own = store.write(add_person)
    if known_before:
        save(store, own, last_ticket=1)
    old = store.read(lambda uow: uow.dialogs.get(HERE, own))
    save(store, own, last_ticket=2)
    with pytest.raises(Stale):
        store.write(lambda uow: uow.dialogs.save(old))
    assert store.read(lambda uow: uow.dialogs.get(HERE, own)).last_ticket == 2


def test_idle_drafts_are_those_not_reminded_yet(store: Transactions) -> None:
    own = store.write(add_person)
    save(store, own, draft=a_draft())

    def idle(after: timedelta) -> list[PersonId]:
        return [dialog.person for dialog in store.read(lambda uow: uow.dialogs.idle_drafts(START + after))]

    assert idle(timedelta()) == []
    assert idle(timedelta(minutes=10)) == [own]
    save(store, own, draft=a_draft(reminded=True))
    assert idle(timedelta(minutes=10)) == []
    save(store, own, draft=None)
    assert idle(timedelta(minutes=10)) == []


def test_where_words_of_somebody_wait(store: Transactions) -> None:
    own, worker = store.write(add_person), store.write(lambda uow: add_person(uow, "mehmet"))

    def work(uow):
        for place, person, draft in (
            (HERE, own, None),
            ("web:p:mehmet", worker, a_draft(for_person=own)),
            (HERE, worker, a_draft(for_person=worker)),
        ):
            dialog = uow.dialogs.get(place, person)
            dialog.draft = draft
            uow.dialogs.save(dialog)

    store.write(work)
    found = store.read(lambda uow: [(one.conversation, one.person) for one in uow.dialogs.with_words_of(own)])
    assert found == [(HERE, own), ("web:p:mehmet", worker)]
