"""An account turns out to be somebody else's: what changes hands, and what does not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.context import Acting
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.people import accounts
from handlers.ports import Conversation, Session, UnitOfWork
from tests.clock import START
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk

JUST_NOW = START + timedelta(minutes=1)


def _come_in(uow: UnitOfWork, person: Person, *browsers: str) -> PersonId:
    own = uow.people.add(person).id
    for browser in browsers:
        uow.people.link(Account("web", browser), own, f"web:p:{browser}")
        uow.conversations.ensure(Conversation(address=f"web:p:{browser}", channel="web", person=own))
    return own


def _acting(uow: UnitOfWork, who: PersonId) -> Acting:
    return Acting(
        desk=shared_desk(), uow=uow, now=JUST_NOW, person=uow.people.get(who), channel="web", event_key="web:1"
    )


def _hands_over(uow: UnitOfWork, who: PersonId, to: PersonId, *, vouched: bool = False) -> None:
    """The message `web:1` came from the first browser."""
    accounts.hand_over(_acting(uow, who), uow.people.get(to), "web:p:b-1", vouched=vouched)


def test_of_somebody_listed_only_the_browser_changes_hands_that_the_code_was_typed_in() -> None:
    store = FakeStore()

    def fill(uow: UnitOfWork) -> tuple[PersonId, PersonId]:
        listed = Person(handle="ayse", name="Ayşe Yılmaz", staff_no="1", role=Role.ADMIN)
        ayse, hasan = _come_in(uow, listed, "b-1", "b-2"), _come_in(uow, Person(handle="hasan", staff_no="2"))
        old = Session(token_hash="old", person=ayse, created_at=START, seen_at=START)
        uow.sessions.add(old)
        old.ended_at, old.renewed_with = JUST_NOW, "web:1"
        uow.sessions.save(old)
        uow.sessions.add(Session(token_hash="new", person=ayse, created_at=JUST_NOW, seen_at=JUST_NOW))
        uow.sessions.add(Session(token_hash="home", person=ayse, created_at=START, seen_at=START))
        return ayse, hasan

    ayse, hasan = store.write(fill)
    store.write(lambda uow: _hands_over(uow, ayse, hasan))

    def look(uow: UnitOfWork) -> dict[str, object]:
        sessions = {key: uow.sessions.get(key) for key in ("new", "home")}
        people = {name: uow.people.by_account(Account("web", name)) for name in ("b-1", "b-2")}
        return {key: found and found.person for key, found in sessions.items()} | {
            name: person and person.id for name, person in people.items()
        }

    assert store.read(look) == {"new": hasan, "home": ayse, "b-1": hasan, "b-2": ayse}
    assert store.read(lambda uow: uow.people.get(hasan).role) is Role.REQUESTER
    assert store.read(lambda uow: uow.people.get(ayse).role) is Role.ADMIN


def test_no_role_travels_by_a_code() -> None:
    for role in Role:
        store = FakeStore()

        def fill(uow: UnitOfWork, role: Role = role) -> tuple[PersonId, PersonId]:
            unit = "donanim" if role.needs_unit else None
            guest = _come_in(uow, Person(handle="misafir", role=role, unit=unit), "b-1")
            uow.people.add(Person(handle="admin", role=Role.ADMIN))
            return guest, _come_in(uow, Person(handle="hasan", staff_no="2"))

        guest, hasan = store.write(fill)
        store.write(lambda uow, guest=guest, hasan=hasan: _hands_over(uow, guest, hasan))  # type: ignore[misc] # a loop's
        assert store.read(lambda uow, hasan=hasan: uow.people.get(hasan).role) is Role.REQUESTER  # type: ignore[misc] # a loop's


@pytest.mark.parametrize(
    ("own", "until", "vouched", "refused"),
    [
        (Role.REQUESTER, None, True, False),
        (Role.REQUESTER, None, False, True),
        (Role.AUDITOR, None, True, True),
        (Role.ADMIN, JUST_NOW + timedelta(days=1), True, True),
        (Role.ADMIN, None, True, False),
    ],
)
def test_the_last_admin_stays_one_whoever_they_turn_out_to_be(
    own: Role, until: datetime | None, *, vouched: bool, refused: bool
) -> None:
    """By whoever vouches for them; also said by somebody who manages people."""
    for by_hand in (False, True)[: 1 + vouched]:
        store = FakeStore()

        def work(uow: UnitOfWork, *, by_hand: bool = by_hand) -> None:
            guest = _come_in(uow, Person(handle="misafir", role=Role.ADMIN), "b-1")
            hasan = _come_in(uow, Person(handle="hasan", staff_no="2", role=own, role_until=until))
            if by_hand:
                accounts.make_one(_acting(uow, guest), uow.people.get(guest), uow.people.get(hasan))
            else:
                _hands_over(uow, guest, hasan, vouched=vouched)
            assert [one.handle for one in uow.people.in_role(Role.ADMIN)] == ["hasan"]

        if refused:
            with pytest.raises(Invalid, match="last_admin"):
                store.write(work)
        else:
            store.write(work)
