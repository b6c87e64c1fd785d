"""Who said a name that the staff list has is shown with the one of the list, and made one with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from handlers.context import Acting
from handlers.domain.absences import Absence, AbsenceKind
from handlers.domain.dialog import Draft
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.people import Account, Person, PersonId, Role, UnitId
from handlers.domain.people_joins import Stands, standing_of
from handlers.domain.ticket import Entry, EntryKind
from handlers.messages import Outgoing, Recorded
from handlers.people import joined_people, personal_data, same_person
from handlers.ports import Conversation, DirectoryEntry, PeopleWanted, Session, UnitOfWork
from handlers.queries import people
from tests.clock import START
from tests.fakes.people import FakePeople
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket

LISTED = {"ayse": ("AYŞE YILMAZ", "Mali Hizmetler"), "can": ("Can Su", "Zabıta"), "can2": ("Can Su", "Fen İşleri")}


@pytest.fixture
def store() -> FakeStore:
    found = FakeStore()

    def fill(uow: UnitOfWork) -> None:
        for number, (handle, (name, department)) in enumerate(LISTED.items()):
            add_person(uow, handle, name=name, department=department, room="305", staff_no=str(number))
        add_person(uow, "admin", role=Role.ADMIN, staff_no="", department="")

    found.write(fill)
    return found


def _acting(uow: UnitOfWork, handle: str = "admin") -> Acting:
    return Acting(desk=shared_desk(), uow=uow, now=START, person=_one(uow, handle), channel="web", event_key="web:1")


def _one(uow: UnitOfWork, handle: str) -> Person:
    found = uow.people.by_handle(handle)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "department", "twin"),
    [
        ("ayşe yilmaz", "mali hizmetlr", "ayse"),
        ("Ayşe Yılmaz", "", "ayse"),
        ("Ayşe Yılmz", "Mali Hizmetler Müd.", "ayse"),
        ("Ayşe Yılmz", "Zabıta", None),
        ("Can Su", "fen işleri", "can2"),
        ("Can Su", "", None),
        ("Veli Ak", "Zabıta", None),
    ],
)
def test_who_is_like_somebody_of_the_list(store: FakeStore, name: str, department: str, twin: str | None) -> None:
    def look(uow: UnitOfWork) -> list[str]:
        uow.people.add(Person(handle="misafir", name=name, department=department))
        uow.people.add(Person(handle="web-12fd2a"))
        return [uow.people.get(one).handle for one in same_person.twins(uow).values()]

    assert store.write(look) == ([twin] if twin else [])


def test_the_page_of_either_shows_the_other(store: FakeStore) -> None:
    def look(uow: UnitOfWork) -> None:
        for handle, name, department in (
            ("a", "ayşe yilmaz", ""),
            ("b", "Ayşe Yılmz", "mali hizmetlr"),
            ("c", "C", ""),
        ):
            uow.people.add(Person(handle=handle, name=name, department=department))
        assert [one.handle for one in people.look_at(_acting(uow), "ayse").guests] == ["a", "b"]
        twins = {handle: people.look_at(_acting(uow), handle).twin for handle in ("a", "b", "c", "ayse")}
        assert {handle: twin and twin.handle for handle, twin in twins.items()} == {
            "a": "ayse", "b": "ayse", "c": None, "ayse": None,
        }  # fmt: skip
        other = uow.people.add(Person(handle="d", name="Ayşe Yılmaz", role=Role.ADMIN))
        assert people.look_at(_acting(uow), "d").twin is not None
        assert people.look_at(_acting(uow, "d"), "d").twin is None, "nobody vouches for themselves"
        assert other.id not in [one.id for one in people.look_at(_acting(uow, "d"), "ayse").guests]
        other.role = Role.DIRECTOR
        uow.people.save(other)
        assert not people.look_at(_acting(uow, "d"), "ayse").guests

    store.write(look)


def test_no_page_reads_the_whole_directory(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are no guests nobody listed is looked at, and for a guest only who may be them."""
    asked: list[dict[str, object]] = []
    present = FakePeople.present

    def watched(own: FakePeople, **wanted: Any) -> Sequence[DirectoryEntry]:
        asked.append(wanted)
        return present(own, **wanted)

    def refused(own: FakePeople) -> Sequence[DirectoryEntry]:
        raise AssertionError(own)

    monkeypatch.setattr(FakePeople, "present", watched)
    monkeypatch.setattr(FakePeople, "directory", refused)

    def look(uow: UnitOfWork) -> None:
        admin = _one(uow, "admin")
        admin.staff_no = "99"
        uow.people.save(admin)
        people.look(_acting(uow), PeopleWanted(), "", "")
        assert asked == [{"numbered": False}]
        uow.people.add(Person(handle="misafir", name="Ayşe Yılmz", department="Mali Hizmetler"))
        asked.clear()
        people.look(_acting(uow), PeopleWanted(), "", "")
        people.look_at(_acting(uow), "misafir")
        people.look_at(_acting(uow), "ayse")
        of_listed = [one for one in asked if one["numbered"]]
        assert all(one.keys() - {"numbered"} for one in of_listed)
        assert all(one == {"numbered": False} or one.keys() - {"numbered"} for one in asked)
        assert sum(one == {"numbered": False} for one in asked) == 1, "of the list; a page asks about its person"

    store.write(look)


def test_all_that_a_guest_had_is_the_listed_persons(store: FakeStore) -> None:
    def fill(uow: UnitOfWork) -> PersonId:
        guest = uow.people.add(Person(handle="ayse.yilmaz", name="ayşe yilmaz")).id
        for channel in ("web", "telegram"):
            uow.people.link(Account(channel, "b"), guest, f"{channel}:p:b")
            uow.conversations.ensure(Conversation(address=f"{channel}:p:b", channel=channel, person=guest))
        uow.sessions.add(Session(token_hash="s", person=guest, created_at=START, seen_at=START))
        open_ticket(uow, guest, START)
        dialog = uow.dialogs.get("web:p:b", guest)
        dialog.draft = Draft(id="d", started_at=START, changed_at=START + timedelta(1), texts=["yazıcı"])
        uow.dialogs.save(dialog)
        return guest

    guest = store.write(fill)
    store.write(lambda uow: same_person.join(_acting(uow), uow.people.get(guest), _one(uow, "ayse")))

    def look(uow: UnitOfWork) -> None:
        ayse = _one(uow, "ayse")
        assert _one(uow, "ayse.yilmaz").id == ayse.id
        assert {str(one) for one in uow.people.accounts(ayse.id)} >= {"web:b", "telegram:b"}
        assert {one.address for one in uow.conversations.private_of(ayse.id)} >= {"web:p:b", "telegram:p:b"}
        assert [one.token_hash for one in uow.sessions.of(ayse.id)] == ["s"]
        assert len(uow.tickets.of_reporter(ayse.id, limit=9)) == 1
        draft = uow.dialogs.get("web:p:b", ayse.id).draft
        assert draft is not None
        assert draft.texts == ["yazıcı"]
        assert not same_person.twins(uow)

    store.read(look)


@pytest.mark.parametrize(("guest", "person"), [("can", "ayse"), ("ayse", "ayse"), ("misafir", "misafir")])
def test_only_who_is_not_listed_is_joined_and_to_who_is(store: FakeStore, guest: str, person: str) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.people.add(Person(handle="misafir", name="Can Su"))
        same_person.join(_acting(uow), _one(uow, guest), _one(uow, person))

    with pytest.raises(Invalid, match="not_joined"):
        store.write(work)


def test_nobody_joins_themselves_nor_without_the_right(store: FakeStore) -> None:
    with pytest.raises(Invalid, match="not_yourself"):
        store.write(lambda uow: same_person.join(_acting(uow), _one(uow, "admin"), _one(uow, "ayse")))
    with pytest.raises(NotAllowed):
        store.write(lambda uow: same_person.join(_acting(uow, "can"), _one(uow, "admin"), _one(uow, "ayse")))


# --- taken back -----------------------------------------------------------------------------------------
def _a_guest(uow: UnitOfWork, role: Role = Role.REQUESTER) -> PersonId:
    """And somebody of the list who is called so, and never wrote."""
    uow.people.add(Person(handle="hatice", name="Hatice AK", department="Zabıta", staff_no="77", verified=True))
    guest = uow.people.add(Person(handle="hatice.ak", name="hatice ak", role=role, room="999", notice_version=3)).id
    for channel in ("web", "telegram"):
        uow.people.link(Account(channel, "b"), guest, f"{channel}:p:b")
        uow.conversations.ensure(Conversation(address=f"{channel}:p:b", channel=channel, person=guest))
    uow.sessions.add(Session(token_hash="s", person=guest, created_at=START, seen_at=START))
    ticket = open_ticket(uow, guest, START)
    uow.tickets.add_entry(ticket.id, Entry(kind=EntryKind.REPLY, at=START, author=guest, text="hâlâ yok"))
    dialog = uow.dialogs.get("web:p:b", guest)
    dialog.draft = Draft(id="d", started_at=START, changed_at=START + timedelta(1), texts=["yazıcı"])
    uow.dialogs.save(dialog)
    return guest


def _all_of(uow: UnitOfWork, who: PersonId) -> dict[str, object]:
    draft = uow.dialogs.get("web:p:b", who).draft
    person, reported = uow.people.get(who), uow.tickets.of_reporter(who, limit=9)
    return {
        "person": {**standing_of(person), "became": person.became},
        "accounts": sorted(str(one) for one in uow.people.accounts(who)),
        "places": sorted(place.address for place in uow.conversations.private_of(who)),
        "sessions": [one.token_hash for one in uow.sessions.of(who)],
        "tickets": [ticket.number for ticket in reported],
        "entries": [one.author == who for ticket in reported for one in uow.tickets.entries(ticket.id)],
        "draft": draft.texts if draft is not None else None,
    }


def _join(store: FakeStore, guest: PersonId) -> None:
    store.write(lambda uow: same_person.join(_acting(uow), uow.people.get(guest), _one(uow, "hatice")))


def _part(uow: UnitOfWork, now: datetime = START) -> Person:
    return joined_people.part(replace(_acting(uow), now=now), _one(uow, "hatice"))


def test_joined_and_parted_both_are_as_they_were(store: FakeStore) -> None:
    guest = store.write(_a_guest)
    hatice = store.read(lambda uow: _one(uow, "hatice").id)
    before = [store.read(lambda uow, who=who: _all_of(uow, who)) for who in (guest, hatice)]
    _join(store, guest)
    assert store.read(lambda uow: uow.people.get(hatice).notice_version) == 3
    assert store.write(_part).id == guest
    assert [store.read(lambda uow, who=who: _all_of(uow, who)) for who in (guest, hatice)] == before
    assert store.read(lambda uow: same_person.twins(uow)) == {guest: hatice}
    said = [what for _, _, what, _, _ in store.read(lambda uow: uow.audit.recent(9))]
    assert said[0] == "people_parted"
    with pytest.raises(Invalid, match="not_joined_by_hand"):
        store.write(_part)
    _join(store, guest)
    store.write(_part)


def test_whoever_of_the_list_had_a_role_stays_one(store: FakeStore) -> None:
    """It may have been taken, and their work given back, before they are parted: all that would come again."""
    guest = store.write(_a_guest)

    def lead(uow: UnitOfWork) -> None:
        hatice = _one(uow, "hatice")
        hatice.be(Role.LEAD, UnitId("donanim"))
        uow.people.save(hatice)

    store.write(lead)
    _join(store, guest)
    with pytest.raises(Invalid, match="join_stands") as refused:
        store.write(_part)
    assert refused.value.data["stays_one"] == "role"


@pytest.mark.parametrize("why", list(Stands))
def test_it_is_said_why_they_stay_one(store: FakeStore, why: Stands) -> None:
    def comes(uow: UnitOfWork) -> PersonId:
        guest = _a_guest(uow, Role.AUDITOR if why is Stands.ROLE else Role.REQUESTER)
        if why is Stands.KNOWN:
            uow.people.link(Account("slack", "U7"), _one(uow, "hatice").id, "slack:p:U7")
        return guest

    def happens(uow: UnitOfWork) -> None:
        hatice = _one(uow, "hatice")
        match why:
            case Stands.TALKED:
                uow.messages.put(Outgoing(conversation="web:p:b", text="Merhaba"))
            case Stands.TICKETS:
                open_ticket(uow, hatice.id, START)
            case Stands.CHANGED:
                hatice.room = "410"
                uow.people.save(hatice)

    guest = store.write(comes)
    _join(store, guest)
    store.write(happens)
    now = START + timedelta(days=15 * (why is Stands.OLD))
    with pytest.raises(Invalid, match="join_stands") as refused:
        store.write(lambda uow: _part(uow, now))
    assert refused.value.data["stays_one"] == why
    shown = store.read(lambda uow: people.look_at(replace(_acting(uow), now=now), "hatice").joined)
    assert (shown and shown.why) == (None if why is Stands.OLD else why)


def test_what_was_written_down_of_them_since_is_not_the_guests(store: FakeStore) -> None:
    guest = store.write(_a_guest)
    _join(store, guest)

    def goes_on_leave(uow: UnitOfWork) -> None:
        listed = _one(uow, "hatice")
        days = {"starts": START, "ends": START + timedelta(days=2)}
        uow.absences.add(
            Absence(person=listed.id, kind=AbsenceKind.OTHER, entered_by=listed.id, entered_at=START, **days)
        )

    store.write(goes_on_leave)
    with pytest.raises(Invalid, match="changed"):
        store.write(_part)


def test_who_wrote_from_an_account_that_is_theirs_no_more_is_known(store: FakeStore) -> None:
    def wrote(uow: UnitOfWork) -> PersonId:
        guest, listed = _a_guest(uow), _one(uow, "hatice")
        uow.conversations.ensure(Conversation(address="slack:p:U7", channel="slack"))
        uow.messages.record(Recorded(conversation="slack:p:U7", person=listed.id, text="merhaba", event_key="slack:1"))
        return guest

    _join(store, store.write(wrote))
    with pytest.raises(Invalid, match="uses"):
        store.write(_part)


def test_only_who_manages_people_parts_them(store: FakeStore) -> None:
    guest = store.write(_a_guest)
    _join(store, guest)
    with pytest.raises(NotAllowed):
        store.write(lambda uow: joined_people.part(_acting(uow, "can"), _one(uow, "hatice")))


@pytest.mark.parametrize("erased", [True, False])
def test_what_was_kept_of_a_join_goes_with_time_and_with_an_erasure(store: FakeStore, *, erased: bool) -> None:
    _join(store, store.write(_a_guest))

    def later(uow: UnitOfWork) -> None:
        if erased:
            personal_data.erase_of(_acting(uow), _one(uow, "hatice"))
        else:
            joined_people.forget_old(replace(_acting(uow), now=START + timedelta(days=15)))

    store.write(later)
    assert store.read(lambda uow: uow.people_joins.newest(_one(uow, "hatice").id)) is None
