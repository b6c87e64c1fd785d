"""Many tickets at once: the room is told of every one of them, in lists where single cards would come too late."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.runtime.outbox_relay import LEASE_SECONDS, Relay
from handlers.channel_port import RateLimit
from handlers.context import UseCaseContext
from handlers.domain.people import PersonId
from handlers.domain.states import Priority
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt, plain
from handlers.ports import UnitOfWork
from handlers.tickets import bursts, cards
from tests.clock import FakeClock
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, add_room, add_technician, open_ticket

ROOM = "telegram:r:-1"
PACE = RateLimit(per_second=30, gap_seconds=1.0, group_per_minute=4)
NUMBER = re.compile(r"2026-\d{6}")


@dataclass
class BurstRig:
    """A room, its relay, and a platform that keeps what it is given."""

    answers: list[Outcome] = field(default_factory=list)
    """The next ones; after them everything is taken."""
    standing: dict[str, str] = field(default_factory=dict)
    """Ref → text, in the order in which they were posted."""
    refused: list[str] = field(default_factory=list)
    rate_limit: RateLimit = PACE
    clock: FakeClock = field(default_factory=FakeClock)
    store: FakeStore = field(init=False)
    relay: Relay = field(init=False)

    def __post_init__(self) -> None:
        self.store = FakeStore(self.clock)
        self.people = self.store.write(lambda uow: (add_person(uow), add_technician(uow)))
        self.store.write(lambda uow: add_room(uow, ROOM))
        self.start()

    def start(self) -> None:
        self.relay = Relay(
            self.store,
            {"telegram": self},
            self.clock,
            "relay",
            alone=True,
            jitter=lambda: 0.0,
            join_bursts=lambda uow, channel, rooms, most: bursts.join_bursts(self.work(uow), channel, rooms, most),
        )

    def work(self, uow: UnitOfWork) -> UseCaseContext:
        return UseCaseContext(desk=shared_desk(), uow=uow, now=self.clock.now())

    async def send(self, delivery: Delivery) -> Outcome:
        outcome = self.answers.pop(0) if self.answers else Delivered(delivery.edit_ref or f"ref{delivery.id}")
        if isinstance(outcome, GaveUp):
            self.refused.append(plain(delivery.text))
        elif isinstance(outcome, Delivered):
            outcome = Delivered(delivery.edit_ref or f"{len(self.standing)}")
            self.standing[outcome.ref] = plain(delivery.text)
        return outcome

    # --- what happens ---
    def reports(self, priority: Priority = Priority.NORMAL, *, restricted: bool = False) -> str:
        return self.many_report(1, priority=priority, restricted=restricted)[0]

    def many_report(self, count: int, **about: object) -> list[str]:
        def report(uow: UnitOfWork) -> str:
            ticket = open_ticket(uow, self.people[0], self.clock.now(), **about)
            cards.post_new(self.work(uow), ticket)
            return ticket.number

        return self.store.write(lambda uow: [report(uow) for _ in range(count)])

    def claims(self, number: str) -> None:
        def work(uow: UnitOfWork) -> None:
            ticket = uow.tickets.by_number(number)
            ticket.claim(by=PersonId(self.people[1]), at=self.clock.now(), channel="telegram")
            uow.tickets.save(ticket)
            cards.refresh(self.work(uow), ticket)

        self.store.write(work)

    async def goes_on(self, seconds: float) -> None:
        for _ in range(int(seconds * 2)):
            await self.relay.tick()
            await self.relay.wait_idle()
            self.clock.advance(seconds=0.5)

    async def until_quiet(self) -> None:
        while self.store.read(lambda uow: uow.outbox.backlog(self.clock.now())).waiting:
            await self.goes_on(10)

    # --- what is read ---
    @property
    def shown(self) -> list[str]:
        return list(self.standing.values())

    def lists(self) -> list[str]:
        return [text for text in self.shown if text.startswith("🗂")]


def numbers(texts: Sequence[str]) -> list[str]:
    return [number for text in texts for number in NUMBER.findall(text)]


async def test_what_the_room_can_take_in_a_minute_comes_as_cards() -> None:
    rig = BurstRig()
    told = [rig.reports() for _ in range(4)]
    await rig.until_quiet()
    assert rig.lists() == []
    assert numbers(rig.shown) == told


async def test_three_hundred_at_once_are_known_within_a_minute() -> None:
    rig = BurstRig(rate_limit=replace(PACE, group_per_minute=19))
    told = rig.many_report(300)
    await rig.goes_on(60)
    assert numbers(rig.shown) == told
    assert len(rig.shown) <= 19
    assert "30 yeni kayıt" in rig.lists()[0]
    assert max(len(text) for text in rig.lists()) < 3000


async def test_a_platform_that_counts_no_minutes_lists_what_takes_more_than_one() -> None:
    rig = BurstRig(rate_limit=RateLimit(per_second=30, gap_seconds=1.0))
    told = rig.many_report(100)
    await rig.goes_on(10)
    assert numbers(rig.shown) == told
    assert len(rig.lists()) == 4


async def test_who_reads_the_list_knows_what_it_is_and_what_to_do() -> None:
    rig = BurstRig()
    for _ in range(6):
        rig.reports(Priority.HIGH)
    rig.reports(restricted=True)
    await rig.until_quiet()
    card, listed = rig.shown
    assert "Yüksek" in card
    head, hint, *lines = listed.splitlines()
    assert "6 yeni kayıt" in head
    assert "/sira" in hint
    assert lines[0] == "🖨 2026-000002 · Yazıcı yazdırmıyor · Yüksek"
    assert lines[-1] == "🛡 2026-000007 · Gizli güvenlik kaydı"


async def test_urgent_tickets_keep_their_cards_and_come_first() -> None:
    rig = BurstRig()
    rig.reports()
    await rig.goes_on(1)
    calm = [rig.reports() for _ in range(5)]
    urgent = [rig.reports(Priority.URGENT) for _ in range(2)]
    await rig.until_quiet()
    _, first, second, listed = rig.shown
    assert [numbers([first]), numbers([second]), numbers([listed])] == [urgent[:1], urgent[1:], calm]
    assert "ACİL" in first


async def test_a_listed_ticket_gets_its_card_when_it_changes() -> None:
    rig = BurstRig()
    told = [rig.reports() for _ in range(6)]
    await rig.until_quiet()
    rig.claims(told[3])
    await rig.until_quiet()
    rig.claims(told[3])
    _, listed, card = rig.shown
    assert numbers([listed]) == told[1:], "the list stays as it was"
    assert numbers([card]) == [told[3]]
    assert "Mehmet" in card


async def test_who_was_quicker_than_the_list_stands_in_it() -> None:
    rig = BurstRig()
    told = [rig.reports() for _ in range(6)]
    rig.claims(told[2])
    await rig.until_quiet()
    assert f"{told[2]} · Yazıcı yazdırmıyor · Normal · 🟢 Üstlenildi" in rig.lists()[0]


async def test_short_news_of_tickets_is_listed_too_and_answers_are_not() -> None:
    rig = BurstRig()
    told = [rig.reports() for _ in range(5)]

    def news(uow: UnitOfWork) -> None:
        work = rig.work(uow)
        ticket = uow.tickets.by_number(told[0])
        cards.tell_workers(work, ticket, "work_unclaimed", title="Yazıcı yazdırmıyor", standing=None)
        author = uow.people.get(rig.people[0])
        cards.tell_workers(
            work, ticket, "work_reply", author=author, text="hâlâ aynı", holder=None, count=0, edited=False
        )

    rig.store.write(news)
    await rig.until_quiet()
    (listed,) = rig.lists()
    assert "4 yeni kayıt ve 1 gelişme" in listed
    assert "hâlâ aynı" not in listed
    assert "hâlâ aynı" in rig.shown[-1]


async def test_under_the_minimal_policy_a_list_has_numbers_and_states() -> None:
    rig = BurstRig()
    told = [rig.reports() for _ in range(6)]
    sent: list[Delivery] = []
    take = rig.send

    async def send(delivery: Delivery) -> Outcome:
        sent.append(delivery)
        return await take(delivery)

    rig.send = send  # type: ignore[method-assign]
    await rig.until_quiet()
    assert (sent[-1].minimal or "").splitlines() == [f"{number} · Sırada" for number in told[1:]]


HAPPENINGS = st.lists(
    st.one_of(
        st.tuples(st.just("report"), st.sampled_from(Priority), st.booleans()),
        st.tuples(st.just("report"), st.just(Priority.NORMAL), st.just(False)),
        st.tuples(st.just("claim"), st.integers(0, 30)),
        st.tuples(st.just("time"), st.sampled_from([0.5, 1, 3, 70])),
        st.tuples(st.just("answer"), st.sampled_from([RetryAt(5, "429"), GaveUp("400")])),
        st.just(("restart",)),
        st.just(("death",)),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(HAPPENINGS)
def test_no_ticket_is_ever_missing_from_the_room(happenings: list[tuple[object, ...]]) -> None:
    """Whatever happens, each stands there as a card or in a list, or was visibly given up; cards stay in order."""
    asyncio.run(_play(happenings))


async def _play(happenings: list[tuple[object, ...]]) -> None:
    rig, told, changed, calm = BurstRig(), [], set(), []
    for happening in happenings:
        match happening:
            case ("report", Priority() as priority, bool() as restricted):
                told.append(rig.reports(priority, restricted=restricted))
                if priority is not Priority.URGENT:
                    calm.append(told[-1])
            case ("claim", int() as which) if which < len(told) and told[which] not in changed:
                changed.add(told[which])
                rig.claims(told[which])
            case ("time", int() | float() as seconds):
                await rig.goes_on(seconds)
            case ("answer", RetryAt() | GaveUp() as answer):
                rig.answers.append(answer)
            case ("restart",):
                rig.start()
            case ("death",):  # a message was sent by a process that did not live to record it
                rig.store.write(
                    lambda uow: uow.outbox.lease("dead", rig.clock.now(), 1, LEASE_SECONDS, channel="telegram")
                )
                rig.start()
    await rig.until_quiet()
    seen = set(numbers(rig.shown)) | set(numbers(rig.refused))
    assert seen == set(told)
    unchanged = [number for number in numbers(rig.shown) if number in calm and number not in changed]
    assert unchanged == sorted(unchanged)
    assert len(unchanged) == len(set(unchanged))
    claimed = [text for text in rig.shown if "Üstlenildi: Mehmet" in text]
    assert {*numbers(claimed), *numbers(rig.refused), *numbers(_restricted(rig))} >= changed


def _restricted(rig: BurstRig) -> list[str]:
    return [text for text in rig.shown if "Gizli" in text]
