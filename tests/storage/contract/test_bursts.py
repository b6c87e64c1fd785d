from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from handlers.domain.states import Priority
from handlers.messages import Delivered, Delivery, Outgoing, RetryAt
from handlers.ports import Transactions, WaitingPost
from tests.clock import START, FakeClock
from tests.storage.builders import add_person, add_room, card, open_ticket

ROOM, OTHER = "telegram:r:-1", "telegram:r:-2"
LATER = START + timedelta(hours=1)
URGENT = 4


@pytest.fixture(autouse=True)
def tickets(store: Transactions) -> None:
    """2026-000001 to 6, the fourth of them urgent."""

    def fill(uow):
        ayse = add_person(uow)
        add_room(uow, ROOM)
        add_room(uow, OTHER)
        for number in range(1, 7):
            open_ticket(uow, ayse, priority=Priority.URGENT if number == URGENT else Priority.NORMAL)

    store.write(fill)


def post(store: Transactions, ticket: int, text: str = "", *actions: str, to: str = ROOM, **more: object) -> None:
    def work(uow):
        own = uow.tickets.by_number(f"2026-{ticket:06}").id
        about = {"conversation": to, "slot": f"card:{own}", "kind": "card", "ticket": own, "minimal": f"{ticket}"}
        uow.messages.put(card(text or f"kart {ticket}", *actions, **about, **more))

    store.write(work)


def waiting(store: Transactions, limit: int = 100) -> Sequence[WaitingPost]:
    return store.write(lambda uow: uow.bursts.waiting("telegram", ROOM, limit))


def lease(store: Transactions, owner: str = "r") -> Sequence[Delivery]:
    return store.write(lambda uow: uow.outbox.lease(owner, LATER, 64, 30, channel="telegram"))


def sent(store: Transactions) -> list[str]:
    """All that goes out from here on, in order."""
    texts = []
    while deliveries := lease(store):
        for delivery in deliveries:
            texts.append(delivery.text)
            store.write(lambda uow, of=delivery: uow.outbox.record_outcome(of.id, Delivered(f"ref{of.id}"), START))
    return texts


def join(store: Transactions, *lists: tuple[str, Sequence[int]], urgent: Sequence[int] = ()) -> None:
    def work(uow):
        posts = {post.text: post for post in uow.bursts.waiting("telegram", ROOM, 100)}
        uow.bursts.join(
            [posts[f"kart {number}"] for number in urgent],
            [
                (Outgoing(conversation=ROOM, text=text), [posts[f"kart {number}"] for number in of])
                for text, of in lists
            ],
        )

    store.write(work)


def test_a_room_is_crowded_by_what_waits_for_it(store: Transactions) -> None:
    for number in (1, 2, 3):
        post(store, number)
    post(store, 1, to=OTHER)
    found = store.write(lambda uow: uow.bursts.crowded("telegram", [ROOM, OTHER], 2))
    assert list(found) == [ROOM]
    assert list(store.write(lambda uow: uow.bursts.crowded("telegram", [ROOM], 3))) == []
    assert list(store.write(lambda uow: uow.bursts.crowded("slack", [ROOM], 0))) == []


def test_what_waits_is_told_with_its_ticket(store: Transactions) -> None:
    post(store, 1, "kart 1", "claim:1", rings=True)
    post(store, 4)
    store.write(lambda uow: uow.messages.put(Outgoing(conversation=ROOM, text="haber", kind="news", rings=False)))
    first, urgent, news = waiting(store)
    assert (first.text, first.kind, first.priority, first.state) == ("kart 1", "card", "normal", "open")
    assert (first.plain, first.rings, first.minimal) == (False, True, "1")
    assert (urgent.priority, urgent.plain) == ("acil", True)
    assert (news.text, news.kind, news.priority, news.state, news.rings) == ("haber", "news", "", "", False)
    assert [post.row for post in waiting(store)] == sorted(post.row for post in waiting(store))


def test_with_more_than_are_asked_for_the_urgent_come_first(store: Transactions) -> None:
    for number in range(1, 7):
        post(store, number)
    assert [post.text for post in waiting(store, limit=2)] == ["kart 1", "kart 4"]


def test_what_stands_there_was_tried_or_is_in_hand_is_left_alone(store: Transactions) -> None:
    post(store, 1)
    assert sent(store) == ["kart 1"]
    post(store, 1, "kart 1, değişti")
    assert list(waiting(store)) == []
    assert sent(store) == ["kart 1, değişti"]
    post(store, 2)
    (tried,) = lease(store)
    post(store, 3)
    assert [post.text for post in waiting(store)] == ["kart 3"]
    store.write(lambda uow: uow.outbox.record_outcome(tried.id, RetryAt(0, "429"), START))
    assert [post.text for post in waiting(store)] == ["kart 3"]


def test_a_list_stands_in_the_place_of_its_posts(store: Transactions, clock: FakeClock) -> None:
    store.write(lambda uow: uow.messages.put(Outgoing(conversation=ROOM, text="önce")))
    for number in (1, 2, 3):
        post(store, number)
        clock.advance(minutes=1)
    store.write(lambda uow: uow.messages.put(Outgoing(conversation=ROOM, text="sonra")))
    join(store, ("liste", [1, 2, 3]))
    backlog = store.read(lambda uow: uow.outbox.backlog(clock.now()))
    assert (backlog.waiting, backlog.oldest) == (3, START)
    assert sent(store) == ["önce", "liste", "sonra"]


def test_urgent_cards_go_before_the_lists(store: Transactions) -> None:
    for number in (1, 2, 3, 4, 5, 6):
        post(store, number)
    join(store, ("bir", [1, 2, 3]), ("iki", [5, 6]), urgent=[4])
    assert sent(store) == ["kart 4", "bir", "iki"]


def test_the_card_of_a_listed_ticket_is_posted_when_it_changes_and_edited_from_then_on(store: Transactions) -> None:
    post(store, 1)
    post(store, 2)
    join(store, ("liste", [1, 2]))
    assert sent(store) == ["liste"]
    post(store, 1, "kart 1, üstlenildi")
    (delivery,) = lease(store)
    assert (delivery.text, delivery.edit_ref) == ("kart 1, üstlenildi", None)
    store.write(lambda uow: uow.outbox.record_outcome(delivery.id, Delivered("77"), START))
    post(store, 1, "kart 1, tamam")
    (delivery,) = lease(store)
    assert delivery.edit_ref == "77"


def test_a_change_between_listing_and_sending_is_posted_after_the_list(store: Transactions) -> None:
    post(store, 1)
    post(store, 2)
    join(store, ("liste", [1, 2]))
    post(store, 2, "kart 2, üstlenildi")
    assert sent(store) == ["liste", "kart 2, üstlenildi"]
