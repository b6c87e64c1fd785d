"""Who may give which yes: role × kind × deputy × stale, on the use cases alone; and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import pytest

from handlers.context import Acting, UseCaseContext
from handlers.domain.absences import Absence, AbsenceKind
from handlers.domain.approvals import RULES, Approval, ApprovalKind, Decision, usual_kind
from handlers.domain.deputies import Deputy
from handlers.domain.errors import Invalid, NotAllowed, NotHolder
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.states import Change, State
from handlers.messages import plain
from handlers.ports import UnitOfWork
from handlers.tickets import approvals, work
from tests.fakes.store import FakeStore
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, add_technician, open_ticket

T = TypeVar("T")
TUESDAY = at("2026-12-01T10:00").astimezone(UTC)
PEOPLE = (
    "ayse", "mehmet", "zeynep", "fatma", "kemal", "ali", "selma", "mudur", "hasan", "emre", "misafir",
)  # fmt: skip


class House:
    """ayse reported, mehmet holds it; zeynep a colleague, fatma the lead, kemal the director, ali and selma technician
    and lead of the other unit, mudur ayse's manager, hasan of another müdürlük, emre the admin."""

    def __init__(self, **about: Any) -> None:
        self.store, self.desk, self.now = FakeStore(), shared_desk(), TUESDAY
        self.store.write(self._people)
        reporter = about.pop("reporter", "ayse")
        self.store.write(lambda uow: open_ticket(uow, self._id(uow, reporter), self.now, **about))
        self.acts("mehmet", lambda acting: work.claim(acting, acting.uow.tickets.get(self.ticket)))

    def _people(self, uow: UnitOfWork) -> None:
        add_person(uow, "ayse")
        for handle, unit in (("mehmet", "donanim"), ("zeynep", "donanim"), ("ali", "yazilim")):
            add_technician(uow, handle, unit)
        add_person(uow, "fatma", role=Role.LEAD, unit="donanim")
        add_person(uow, "selma", role=Role.LEAD, unit="yazilim")
        add_person(uow, "kemal", role=Role.DIRECTOR, department="Bilgi İşlem")
        add_person(uow, "mudur", verified=True)
        add_person(uow, "hasan", department="Zabıta", verified=True)
        add_person(uow, "emre", role=Role.ADMIN)
        add_person(uow, "misafir")

    @property
    def ticket(self) -> int:
        return self.store.read(lambda uow: uow.tickets.by_number("2026-000001").id)

    def _id(self, uow: UnitOfWork, handle: str) -> PersonId:
        person = uow.people.by_handle(handle)
        assert person is not None
        return person.id

    def acts(self, handle: str, do: Callable[[Acting], T]) -> T:
        def run(uow: UnitOfWork) -> T:
            person = uow.people.by_handle(handle)
            assert person is not None
            acting = Acting(desk=self.desk, uow=uow, now=self.now, person=person, channel="api", event_key="api:1")
            return do(acting)

        return self.store.write(run)

    def asks(
        self, kind: ApprovalKind, by: str = "mehmet", manager: str | None = "mudur", why: str = "yandı"
    ) -> Approval:
        def ask(acting: Acting) -> Approval:
            named = None if manager is None else self._id(acting.uow, manager)
            return approvals.ask(acting, acting.uow.tickets.get(self.ticket), kind, why=why, manager=named)

        return self.acts(by, ask)

    def decides(
        self, handle: str, approval: Approval | None = None, decision: Decision = Decision.APPROVED
    ) -> Approval:
        def decide(acting: Acting) -> Approval:
            asked = approval or acting.uow.approvals.pending()[-1]
            return approvals.decide(
                acting, acting.uow.approvals.get(asked.id), decision, "uygun değil" * (decision is Decision.REFUSED)
            )

        return self.acts(handle, decide)

    def lends(self, of: str, to: str, *, restricted: bool = False) -> None:
        def lend(uow: UnitOfWork) -> None:
            whose: Person | None = uow.people.by_handle(of)
            assert whose is not None
            deputy = Deputy(
                person=whose.id,
                deputy=self._id(uow, to),
                role=whose.role,
                unit=whose.unit,
                starts=self.now,
                ends=self.now + timedelta(days=3),
                document="2026/1",
                restricted=restricted,
                entered_at=self.now,
            )
            uow.deputies.add(deputy)

        self.store.write(lend)

    def goes_on_leave(self, handle: str) -> None:
        def leave(uow: UnitOfWork) -> None:
            who = self._id(uow, handle)
            ends = self.now + timedelta(days=3)
            uow.absences.add(
                Absence(
                    person=who, starts=self.now, ends=ends, kind=AbsenceKind.ANNUAL, entered_by=who, entered_at=self.now
                )
            )

        self.store.write(leave)

    def state(self) -> State:
        return self.store.read(lambda uow: uow.tickets.get(self.ticket).state)

    def history(self) -> list[Any]:
        return list(self.store.read(lambda uow: uow.tickets.history(uow.tickets.get(self.ticket).id)))

    def heard(self, handle: str, kind: str) -> list[str]:
        page = self.store.read(lambda uow: uow.timeline.page(f"web:p:{handle}", limit=200))
        return [plain(message.text) for message in page if message.kind == kind]

    def tick(self, local: str) -> None:
        self.now = at(local).astimezone(UTC)
        self.store.write(lambda uow: approvals.remind(UseCaseContext(desk=self.desk, uow=uow, now=self.now)))


# --- role × kind ----------------------------------------------------------------------------------
MAY: dict[ApprovalKind, tuple[set[str], ...]] = {
    ApprovalKind.STOCK: ({"kemal"},),
    ApprovalKind.SOFTWARE: ({"fatma"}, {"kemal"}),
    ApprovalKind.ACCESS: ({"mudur"},),
    ApprovalKind.SITE: ({"mudur"}, {"fatma"}),
    ApprovalKind.CAMERA: ({"kemal"},),
    ApprovalKind.SCRAP: ({"zeynep", "fatma"}, {"kemal"}),
    ApprovalKind.MAINTENANCE: ({"kemal"},),
}
"""Of each step, in order: who of the house, with mehmet asking for what ayse reported."""


def test_every_kind_is_in_the_table_with_all_its_steps() -> None:
    assert {kind: len(steps) for kind, steps in MAY.items()} == {kind: len(rule.steps) for kind, rule in RULES.items()}


@pytest.mark.parametrize("kind", ApprovalKind)
def test_only_who_is_asked_may_decide_and_step_follows_step(kind: ApprovalKind) -> None:
    house = House()
    house.asks(kind)
    for able in MAY[kind]:
        for handle in PEOPLE:
            if handle in able:
                continue
            with pytest.raises(Invalid) as refused:
                house.decides(handle)
            own = handle in ("mehmet", "ayse")
            assert refused.value.reason == ("approval_oneself" if own else "approval_of_another"), handle
        house.decides(min(able))
    last = house.store.read(lambda uow: uow.approvals.of_ticket(uow.tickets.get(house.ticket).id))[-1]
    assert last.lacks_document is RULES[kind].needs_document
    assert house.state() is (State.WAITING_APPROVAL if last.lacks_document else State.CLAIMED)


@pytest.mark.parametrize(("kind", "handle"), [(k, h) for k, steps in MAY.items() for h in sorted(steps[0])])
def test_nobody_approves_what_they_reported_themselves(kind: ApprovalKind, handle: str) -> None:
    if handle == "mudur":
        house = House(reporter="mudur")
        with pytest.raises(Invalid) as refused:
            house.asks(kind)
        assert refused.value.reason == "approval_own"
        return
    house = House(reporter=handle)
    house.asks(kind, manager=None)
    with pytest.raises(Invalid) as refused:
        house.decides(handle)
    assert refused.value.reason == "approval_oneself"


# --- deputies -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "of", "to", "away", "may"),
    [
        (ApprovalKind.STOCK, "kemal", "fatma", True, True),
        (ApprovalKind.STOCK, "kemal", "fatma", False, True),
        (ApprovalKind.STOCK, "kemal", "zeynep", True, True),
        (ApprovalKind.STOCK, "kemal", "mehmet", True, False),
        (ApprovalKind.STOCK, "fatma", "zeynep", True, False),
        (ApprovalKind.SOFTWARE, "fatma", "zeynep", True, True),
        (ApprovalKind.SOFTWARE, "fatma", "mehmet", True, False),
        (ApprovalKind.SOFTWARE, "selma", "ali", True, False),
        (ApprovalKind.ACCESS, "kemal", "fatma", True, False),
    ],
)
def test_a_deputy_decides_in_their_own_name_for_the_other(
    kind: ApprovalKind, of: str, to: str, away: bool, may: bool
) -> None:
    house = House()
    house.lends(of, to)
    if away:
        house.goes_on_leave(of)
    house.asks(kind)
    if not may:
        with pytest.raises(Invalid):
            house.decides(to)
        return
    decided = house.decides(to)
    deputised = house.store.read(lambda uow: uow.people.get(decided.acting_for[0]).handle)
    event = next(event for event in house.history() if event.what is Change.APPROVED)
    assert (deputised, event.acting_for, event.who) == (of, decided.acting_for, decided.decided_by)
    assert bool(house.heard(to, "approval_over")) is away, "who is there themselves is asked, else who deputises"


def test_a_vekalet_that_ended_gives_no_yes() -> None:
    house = House()
    house.lends("kemal", "fatma")
    approval = house.asks(ApprovalKind.STOCK)
    house.now += timedelta(days=4)
    with pytest.raises(Invalid) as refused:
        house.decides("fatma", approval)
    assert refused.value.reason == "approval_of_another"


@pytest.mark.parametrize("restricted", [False, True])
def test_of_a_security_matter_only_a_deputy_who_was_given_it(restricted: bool) -> None:
    house = House()
    house.store.write(lambda uow: uow.tickets.save(_sealed(uow, house.ticket)))
    house.lends("kemal", "fatma", restricted=restricted)
    house.goes_on_leave("kemal")
    house.asks(ApprovalKind.STOCK)
    if restricted:
        house.decides("fatma")
        return
    with pytest.raises(Invalid):
        house.decides("fatma")


def _sealed(uow: UnitOfWork, ticket: int) -> Any:
    sealed = uow.tickets.get(ticket)
    sealed.restricted = True
    return sealed


# --- stale ----------------------------------------------------------------------------------------
STALE: dict[str, tuple[Callable[[House, Approval], object], str]] = {
    "given already": (lambda house, one: house.decides("kemal", one), "approval_given"),
    "refused already": (lambda house, one: house.decides("kemal", one, Decision.REFUSED), "approval_given"),
    "the work went on": (
        lambda house, _: house.acts("mehmet", lambda a: work.resume(a, a.uow.tickets.get(house.ticket))),
        "approval_over",
    ),
    "asked for again": (lambda house, _: house.asks(ApprovalKind.CAMERA), "approval_over"),
    "nobody holds it": (
        lambda house, _: house.acts("mehmet", lambda a: work.release(a, a.uow.tickets.get(house.ticket))),
        "approval_over",
    ),
}


@pytest.mark.parametrize("handle", ["kemal", "fatma"])
@pytest.mark.parametrize("how", STALE)
def test_a_yes_that_comes_late_changes_nothing(how: str, handle: str) -> None:
    house = House()
    house.lends("kemal", "fatma")
    approval = house.asks(ApprovalKind.STOCK)
    happens, reason = STALE[how]
    happens(house, approval)
    before = house.history()
    for decision in Decision:
        with pytest.raises(Invalid) as refused:
            house.decides(handle, approval, decision)
        assert refused.value.reason == reason
    assert house.history() == before


# --- what becomes of it ---------------------------------------------------------------------------
def test_a_no_needs_a_line_and_brings_the_ticket_back() -> None:
    house = House()
    approval = house.asks(ApprovalKind.STOCK)
    with pytest.raises(Invalid) as refused:
        house.acts("kemal", lambda a: approvals.decide(a, a.uow.approvals.get(approval.id), Decision.REFUSED, " "))
    assert refused.value.reason == "approval_reason"
    house.decides("kemal", approval, Decision.REFUSED)
    assert house.state() is State.CLAIMED
    assert "onaylanmadı" in house.heard("mehmet", "approval_decided")[0]
    assert "uygun değil" in house.heard("mehmet", "approval_decided")[0]


@pytest.mark.parametrize(
    ("number", "day", "by", "reason"),
    [
        ("E-12345678-000-1412", date(2026, 12, 1), "kemal", None),
        ("1412", date(2026, 11, 2), "mehmet", None),
        ("yok", date(2026, 12, 1), "kemal", "approval_document"),
        ("1" * 41, date(2026, 12, 1), "kemal", "approval_document"),
        ("1412", date(2026, 12, 2), "kemal", "approval_document_day"),
    ],
)
def test_a_yes_that_needs_a_written_order_holds_once_its_number_is_there(
    number: str, day: date, by: str, reason: str | None
) -> None:
    house = House()
    approval = house.decides("kemal", house.asks(ApprovalKind.STOCK))
    assert house.state() is State.WAITING_APPROVAL

    def give(acting: Acting) -> object:
        return approvals.give_document(acting, acting.uow.approvals.get(approval.id), number, day)

    if reason is not None:
        with pytest.raises(Invalid) as refused:
            house.acts(by, give)
        assert refused.value.reason == reason
        assert house.state() is State.WAITING_APPROVAL
        return
    house.acts(by, give)
    assert house.state() is State.CLAIMED
    assert [(e.before, e.after) for e in house.history() if e.what is Change.DOCUMENTED] == [("stock", number)]


def test_somebody_else_gives_no_number() -> None:
    house = House()
    approval = house.decides("kemal", house.asks(ApprovalKind.STOCK))
    for handle, refusal in (("zeynep", NotHolder), ("emre", NotAllowed)):
        with pytest.raises(refusal):
            house.acts(
                handle, lambda a: approvals.give_document(a, a.uow.approvals.get(approval.id), "1", TUESDAY.date())
            )


def test_what_was_shown_is_in_the_history_by_its_hash() -> None:
    """With every step and every decision; other words have another hash."""
    house, other = House(), House()
    house.asks(ApprovalKind.SOFTWARE, why="rapor ekranı")
    other.asks(ApprovalKind.SOFTWARE, why="başka")
    for handle in ("fatma", "kemal"):
        house.decides(handle)
    logged = [(e.what, e.after) for e in house.history() if e.before == "software"]
    assert [what for what, _ in logged] == [Change.APPROVAL_ASKED, Change.APPROVED] * 2
    assert logged[0][1] == logged[1][1] != next(e.after for e in other.history() if e.before == "software")
    assert all(len(shown or "") == 32 for _, shown in logged)


@pytest.mark.parametrize(
    ("manager", "reason"),
    [
        (None, "approval_manager"),
        ("hasan", "approval_elsewhere"),
        ("misafir", "approval_elsewhere"),
        ("ayse", "approval_own"),
    ],
)
def test_a_manager_is_one_of_the_reporters_own_mudurluk(manager: str | None, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        House().asks(ApprovalKind.ACCESS, manager=manager)
    assert refused.value.reason == reason


@pytest.mark.parametrize("handle", ["zeynep", "kemal", "emre"])
def test_only_who_works_on_it_asks(handle: str) -> None:
    with pytest.raises(NotAllowed):
        House().asks(ApprovalKind.STOCK, by=handle)


# --- waited for -----------------------------------------------------------------------------------
def test_reminders_come_on_the_next_working_day_twice_and_then_whoever_asked_hears() -> None:
    house = House()
    house.now = at("2026-12-04T16:30").astimezone(UTC)  # a Friday
    house.asks(ApprovalKind.STOCK)
    counts = []
    for moment in (
        "12-04T16:59",
        "12-06T12:00",
        "12-07T08:59",
        "12-07T09:00",
        "12-07T13:01",
        "12-08T08:59",
        "12-08T09:00",
        "12-09T10:00",
    ):
        house.tick(f"2026-{moment}")
        shown = len(house.heard("kemal", "approval_below")) + len(house.heard("kemal", "approval_request"))
        counts.append((shown, len(house.heard("mehmet", "approval_waits"))))
    assert counts == [(1, 0), (1, 0), (1, 0), (2, 0), (3, 0), (3, 0), (3, 1), (3, 1)]
    assert "Beklenen: Kemal" in house.heard("mehmet", "approval_waits")[0]


def test_who_deputises_by_then_is_shown_all_of_it() -> None:
    house = House()
    house.asks(ApprovalKind.STOCK)
    house.now = at("2026-12-02T08:00").astimezone(UTC)
    house.goes_on_leave("kemal")
    house.lends("kemal", "fatma")
    house.tick("2026-12-02T09:00")
    assert "depodan çıkış" in house.heard("fatma", "approval_request")[0]


def test_where_nobody_can_give_it_who_asked_and_the_lead_hear_so() -> None:
    house = House()
    house.goes_on_leave("kemal")
    house.asks(ApprovalKind.STOCK)
    for handle in ("mehmet", "fatma"):
        assert "şu anda verebilecek kimse yok" in house.heard(handle, "approval_nobody")[0]


def test_what_nobody_waits_for_any_more_is_taken_down_with_its_words() -> None:
    house = House()
    house.asks(ApprovalKind.STOCK)
    house.acts("mehmet", lambda a: work.resume(a, a.uow.tickets.get(house.ticket)))
    house.tick("2026-12-01T10:01")
    assert house.heard("kemal", "approval_request") == []
    assert "artık beklenmiyor" in house.heard("kemal", "approval_over")[0]


def test_a_question_goes_to_who_asked_and_its_answer_back_with_the_request() -> None:
    house = House()
    approval = house.asks(ApprovalKind.STOCK)
    house.acts("kemal", lambda a: approvals.question(a, a.uow.approvals.get(approval.id), "kaç tane var?"))
    assert "kaç tane var?" in house.heard("mehmet", "approval_question")[0]
    kemal = house.acts("kemal", lambda a: a.person.id)
    house.acts("mehmet", lambda a: approvals.answer(a, a.uow.approvals.get(approval.id), kemal, "dört"))
    assert "Sorunuza yanıt: “dört”" in house.heard("kemal", "approval_request")[0]
    assert len(house.heard("kemal", "approval_request")) == 1
    answered = house.store.read(lambda uow: uow.approvals.get(approval.id))
    assert answered.shown != approval.shown, "another text was shown"
    with pytest.raises(NotHolder):
        house.acts("zeynep", lambda a: approvals.answer(a, a.uow.approvals.get(approval.id), kemal, "x"))


def test_what_is_usual_for_a_subject() -> None:
    assert usual_kind("hurda") is ApprovalKind.SCRAP
    assert usual_kind("yazici-yazdirmiyor") is None
    assert usual_kind(None) is None
    known = set(shared_desk().catalogue.categories)
    assert {one for rule in RULES.values() for one in rule.categories} <= known


def test_a_rule_is_found_by_its_step() -> None:
    approval = Approval(
        ticket=1, kind=ApprovalKind.SITE, step=1, asked_by=PersonId(1), asked_at=datetime(2026, 1, 1, tzinfo=UTC)
    )  # type: ignore[arg-type] # a number is one
    assert approval.is_last
    assert not replace(approval, step=0).is_last
