from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt
from handlers.ports import Backlog, Transactions
from tests.clock import START, FakeClock
from tests.storage.builders import add_person, add_private, add_room, card

ONE, TWO, SLACK = "telegram:r:-1", "telegram:r:-2", "slack:r:C1"
LATER = START + timedelta(seconds=30)


@pytest.fixture(autouse=True)
def rooms(store: Transactions) -> None:
    def fill(uow):
        add_person(uow, "ayse")
        for address in (ONE, TWO, SLACK):
            add_room(uow, address)

    store.write(fill)


def put(store: Transactions, text: str, *actions: str, to: str = ONE, slot: str | None = None, **more: object) -> None:
    store.write(lambda uow: uow.messages.put(card(text, *actions, conversation=to, slot=slot, **more)))


def lease(
    store: Transactions, now: datetime = START, *, owner: str = "r", limit: int = 64, channel: str = "telegram", **more
) -> Sequence[Delivery]:
    return store.write(lambda uow: uow.outbox.lease(owner, now, limit, 30, channel=channel, **more))


def texts(deliveries: Sequence[Delivery]) -> list[str]:
    return [delivery.text for delivery in deliveries]


def settle(store: Transactions, delivery: Delivery, outcome: Outcome, now: datetime = START) -> None:
    store.write(lambda uow: uow.outbox.record_outcome(delivery.id, outcome, now))


def resend(store: Transactions, delivery: Delivery) -> None:
    store.write(lambda uow: uow.outbox.resend(delivery.id, START))


def test_web_and_terminal_need_no_sending(store: Transactions) -> None:
    store.write(lambda uow: uow.messages.put(card("web", conversation="web:p:ayse")))
    assert store.read(lambda uow: uow.outbox.backlog(START)).waiting == 0


def test_a_delivery_carries_all_that_is_sent(store: Transactions) -> None:
    put(store, "kart", "claim:1", slot="card:1", kind="card", rings=False, minimal="2026-1")
    (delivery,) = lease(store)
    assert (delivery.conversation, delivery.channel, delivery.text, delivery.kind) == (ONE, "telegram", "kart", "card")
    assert (delivery.attempt, delivery.edit_ref, delivery.rings, delivery.minimal) == (1, None, False, "2026-1")
    assert [button.label for button in delivery.buttons] == ["Claim:1"]
    assert delivery.created_at == START


def test_a_delivery_tells_whether_it_is_confidential(store: Transactions) -> None:
    put(store, "merhaba", confidential=False)
    put(store, "kart", to=TWO, slot="card:1")
    assert {delivery.text: delivery.confidential for delivery in lease(store)} == {"merhaba": False, "kart": True}


def test_an_edit_in_place_changes_whether_it_is_confidential(store: Transactions) -> None:
    put(store, "ne oldu?", slot="draft", confidential=False)
    put(store, "adımlar", slot="draft")
    (delivery,) = lease(store)
    assert (delivery.text, delivery.confidential) == ("adımlar", True)


def test_one_after_the_other_in_a_destination(store: Transactions) -> None:
    for number in range(3):
        put(store, f"bir {number}")
    put(store, "iki", to=TWO)
    put(store, "slack", to=SLACK)
    first = lease(store)
    assert texts(first) == ["bir 0", "iki"]
    assert lease(store) == []
    settle(store, first[0], Delivered("10"))
    assert texts(lease(store)) == ["bir 1"]
    assert texts(lease(store, channel="slack")) == ["slack"]


def test_limit_and_resting_destinations(store: Transactions) -> None:
    put(store, "bir")
    put(store, "iki", to=TWO)
    assert texts(lease(store, resting=[ONE])) == ["iki"]
    assert texts(lease(store, limit=1)) == ["bir"]


def test_a_lease_runs_out(store: Transactions) -> None:
    put(store, "bir")
    lease(store, owner="dead")
    assert lease(store, LATER - timedelta(seconds=1)) == []
    (again,) = lease(store, LATER)
    assert again.attempt == 2


def test_leases_of_the_dead_are_given_back(store: Transactions) -> None:
    put(store, "bir")
    put(store, "iki", to=TWO)
    lease(store, owner="dead", resting=[TWO])
    lease(store, owner="alive")
    assert store.write(lambda uow: uow.outbox.free("dead")) == 1
    assert texts(lease(store)) == ["bir"]
    assert store.write(lambda uow: uow.outbox.free()) == 2


def test_a_first_attempt_and_one_after_a_plain_refusal_cannot_have_arrived(store: Transactions) -> None:
    put(store, "bir")
    (first,) = lease(store)
    settle(store, first, RetryAt(20, "429"))
    (again,) = lease(store, LATER)
    assert (first.may_have_arrived, again.may_have_arrived) == (False, False)


def test_what_may_have_arrived_once_may_have_arrived_whatever_comes_after_it(store: Transactions) -> None:
    put(store, "bir")
    seen = []
    outcomes = [RetryAt(0, "no answer", unsure=True), RetryAt(0, "429"), GaveUp("403"), RetryAt(0, "429")]
    for outcome in outcomes:
        (attempt,) = lease(store)
        seen.append(attempt.may_have_arrived)
        settle(store, attempt, outcome)
        if isinstance(outcome, GaveUp):
            (given_up,) = store.read(lambda uow: uow.outbox.given_up())
            seen.append(given_up.may_have_arrived)
            resend(store, given_up)
    assert seen == [False, True, True, True, True]


def test_what_somebody_died_over_may_have_arrived(store: Transactions) -> None:
    put(store, "bir")
    lease(store, owner="dead")
    (after_its_lease,) = lease(store, LATER)
    settle(store, after_its_lease, RetryAt(0, "429"))
    (later,) = lease(store, LATER)
    assert (after_its_lease.may_have_arrived, later.may_have_arrived) == (True, True)


def test_what_was_given_back_without_an_outcome_may_have_arrived_and_what_nobody_held_cannot(
    store: Transactions,
) -> None:
    put(store, "bir")
    put(store, "iki", to=TWO)
    lease(store, owner="dead", resting=[TWO])
    store.write(lambda uow: uow.outbox.free("dead"))
    store.write(lambda uow: uow.outbox.free())
    assert [(one.text, one.may_have_arrived) for one in lease(store)] == [("bir", True), ("iki", False)]


def test_a_wait_holds_its_own_destination_only(store: Transactions) -> None:
    put(store, "bir 0")
    put(store, "bir 1")
    put(store, "iki", to=TWO)
    waiting, other = lease(store)
    settle(store, waiting, RetryAt(20, "429"))
    settle(store, other, Delivered("1"))
    put(store, "iki 2", to=TWO)
    assert texts(lease(store, START + timedelta(seconds=19))) == ["iki 2"]
    (again,) = lease(store, START + timedelta(seconds=20))
    assert (again.text, again.attempt, again.error) == ("bir 0", 2, "429")


def test_what_is_given_up_blocks_nobody_is_seen_and_sent_again(store: Transactions) -> None:
    put(store, "bir 0")
    put(store, "bir 1")
    (lost,) = lease(store)
    settle(store, lost, GaveUp("403"))
    (next_one,) = lease(store)
    settle(store, next_one, Delivered("2"))
    (seen,) = store.read(lambda uow: uow.outbox.given_up())
    assert (seen.id, seen.text, seen.error) == (lost.id, "bir 0", "403")
    assert store.write(lambda uow: uow.outbox.resend(lost.id, START))
    assert not store.write(lambda uow: uow.outbox.resend(lost.id, START))
    (again,) = lease(store)
    assert (again.text, again.attempt) == ("bir 0", 1)
    settle(store, again, GaveUp("403"))
    assert store.write(lambda uow: uow.outbox.drop(lost.id, START))
    assert not store.write(lambda uow: uow.outbox.drop(lost.id, START))
    assert store.read(lambda uow: uow.outbox.backlog(START)).given_up == 0


def test_what_is_due_cannot_be_dropped(store: Transactions) -> None:
    put(store, "bir")
    (delivery,) = lease(store)
    assert not store.write(lambda uow: uow.outbox.drop(delivery.id, START))


def test_an_edit_before_sending_is_sent_as_one(store: Transactions) -> None:
    put(store, "açık", "claim:1", slot="card:1")
    put(store, "üstlenildi", "resolve:1", slot="card:1")
    (delivery,) = lease(store)
    assert (delivery.text, delivery.edit_ref) == ("üstlenildi", None)
    settle(store, delivery, Delivered("10"))
    put(store, "bekliyor", slot="card:1")
    put(store, "çözüldü", slot="card:1")
    (delivery,) = lease(store)
    assert (delivery.text, delivery.edit_ref) == ("çözüldü", "10")
    settle(store, delivery, Delivered("10"))
    assert lease(store) == []


def test_an_edit_while_it_is_being_sent_is_sent_after_it(store: Transactions) -> None:
    put(store, "açık", slot="card:1")
    (under_way,) = lease(store)
    put(store, "üstlenildi", slot="card:1")
    put(store, "çözüldü", slot="card:1")
    assert under_way.text == "açık"
    assert lease(store) == []
    settle(store, under_way, Delivered("10"))
    (edit,) = lease(store)
    assert (edit.text, edit.edit_ref) == ("çözüldü", "10")
    settle(store, edit, Delivered("10"))
    assert lease(store) == []


def test_what_had_to_be_posted_again_is_edited_where_it_stands_now(store: Transactions) -> None:
    for text, edited, ref in (("açık", None, "10"), ("üstlenildi", "10", "20"), ("çözüldü", "20", "20")):
        put(store, text, slot="card:1")
        (delivery,) = lease(store)
        assert delivery.edit_ref == edited
        settle(store, delivery, Delivered(ref))


def test_a_fresh_card_takes_the_buttons_off_the_old_one(store: Transactions) -> None:
    put(store, "kart", "claim:1", slot="card:1")
    (first,) = lease(store)
    settle(store, first, Delivered("10"))
    put(store, "kart", "claim:1", slot="card:1", fresh=True)
    (old,) = lease(store)
    assert (old.edit_ref, old.buttons) == ("10", ())
    settle(store, old, Delivered("10"))
    (new,) = lease(store)
    assert (new.edit_ref, len(new.buttons)) == (None, 1)


def test_after_a_restore_nothing_is_sent(store: Transactions) -> None:
    put(store, "bir")
    assert not store.read(lambda uow: uow.outbox.held())
    assert store.write(lambda uow: uow.outbox.hold(True)) == 1
    assert store.read(lambda uow: uow.outbox.held())
    assert lease(store) == []
    store.write(lambda uow: uow.outbox.hold(False))
    assert texts(lease(store)) == ["bir"]


def test_deliveries_are_remembered_for_the_pace(store: Transactions, clock: FakeClock) -> None:
    put(store, "bir")
    put(store, "iki", to=TWO)
    first, second = lease(store)
    settle(store, first, Delivered("1"), START)
    settle(store, second, Delivered("2"), LATER)
    assert list(store.read(lambda uow: uow.outbox.delivered_since(START))) == [(ONE, START), (TWO, LATER)]
    assert store.write(lambda uow: uow.outbox.forget_delivered(LATER)) == 1
    assert list(store.read(lambda uow: uow.outbox.delivered_since(START))) == [(TWO, LATER)]
    assert store.read(lambda uow: uow.outbox.backlog(START)).waiting == 0


def test_an_outcome_that_comes_twice(store: Transactions) -> None:
    put(store, "bir")
    (delivery,) = lease(store)
    settle(store, delivery, Delivered("10"))
    settle(store, delivery, RetryAt(1, "late"))
    settle(store, delivery, GaveUp("late"))
    assert lease(store, LATER) == []
    assert list(store.read(lambda uow: uow.outbox.given_up())) == []
    settle(store, Delivery(id=999, conversation=ONE, channel="telegram", message_id=1, attempt=1, text=""), GaveUp("?"))


def test_the_backlog(store: Transactions, clock: FakeClock) -> None:
    put(store, "bir")
    clock.advance(minutes=5)
    put(store, "iki", to=TWO)
    backlog = store.read(lambda uow: uow.outbox.backlog(clock.now()))
    assert (backlog.waiting, backlog.oldest, backlog.given_up) == (2, START, 0)


def test_the_backlog_of_each_channel(store: Transactions, clock: FakeClock) -> None:
    put(store, "bir")
    (failing,) = lease(store)
    settle(store, failing, GaveUp("403"))
    clock.advance(minutes=5)
    put(store, "iki", to=TWO)
    put(store, "üç", to=TWO)
    put(store, "dört", to=SLACK)
    found = store.read(lambda uow: uow.outbox.backlogs())
    assert found == {
        "slack": Backlog(waiting=1, oldest=clock.now(), given_up=0),
        "telegram": Backlog(waiting=2, oldest=clock.now(), given_up=1),
    }


def test_who_has_left_is_sent_nothing_but_the_answer_to_what_they_write(store: Transactions) -> None:
    hasan = store.write(lambda uow: add_person(uow, "hasan"))
    store.write(lambda uow: add_private(uow, hasan, "telegram:p:7"))
    put(store, "bekleyen", to="telegram:p:7")

    def leave(uow):
        person = uow.people.get(hasan)
        person.leave(START)
        uow.people.save(person)
        return uow.outbox.drop_all_to(["telegram:p:7"])

    assert store.write(leave) == 1
    put(store, "parolanız Deneme-12", to="telegram:p:7")
    put(store, "hesap kapalı", to="telegram:p:7", kind="errors/gone")
    assert texts(lease(store)) == ["hesap kapalı"]
    kept = store.read(lambda uow: [message.text for message in uow.timeline.page("telegram:p:7")])
    assert kept == ["bekleyen", "parolanız Deneme-12", "hesap kapalı"]


def test_what_waits_for_somebody_and_what_was_given_up_is_dropped(store: Transactions) -> None:
    for text in ("bir", "iki", "üç"):
        put(store, text)
    put(store, "başka", to=TWO)
    first = next(delivery for delivery in lease(store) if delivery.text == "bir")
    settle(store, first, GaveUp("blocked"))
    (in_hand,) = lease(store)
    assert store.write(lambda uow: uow.outbox.drop_all_to([ONE])) == 3
    settle(store, in_hand, RetryAt(1, "no answer"))
    assert store.read(lambda uow: uow.outbox.given_up()) == []
    assert texts(lease(store, LATER)) == ["başka"]
    assert store.write(lambda uow: uow.outbox.drop_all_to([])) == 0
