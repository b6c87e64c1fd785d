from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.ports import JoinCode, PeopleWanted, Session, Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person, add_private, add_room, add_technician


def test_a_person_is_found_by_each_of_their_marks(store: Transactions) -> None:
    own = store.write(
        lambda uow: add_person(uow, "ayse", staff_no="4711", phone="0 (532) 111 22 33", email="Ayse@Belediye.tr")
    )

    def found(uow):
        people = uow.people
        return [
            people.by_handle("ayse"),
            people.by_account(Account("web", "ayse")),
            people.by_staff_no("4711"),
            people.by_phone("+90 532 111 2233"),
            people.by_email("ayse@belediye.tr"),
            people.get(own),
        ]

    assert [person.id for person in store.read(found)] == [own] * 6


@pytest.mark.parametrize("missing", ["", "  "])
def test_an_empty_mark_is_nobodys(store: Transactions, missing: str) -> None:
    store.write(lambda uow: add_person(uow, "ayse"))
    assert store.read(lambda uow: uow.people.by_staff_no(missing)) is None
    assert store.read(lambda uow: uow.people.by_phone(missing)) is None
    assert store.read(lambda uow: uow.people.by_email(missing)) is None


def test_everything_about_a_person_comes_back(store: Transactions) -> None:
    person = Person(
        handle="fatma",
        name="Fatma Şahin",
        role=Role.LEAD,
        unit="donanim",
        department="Bilgi İşlem",
        room="4. kat",
        phone="1453",
        email="f@b.tr",
        staff_no="7",
        verified=True,
        notice_version=2,
        notice_shown_at=START,
        left_at=START + timedelta(days=1),
        became=PersonId(1),
        former_role=Role.DIRECTOR,
        former_unit="yazilim",
        left_by_list=True,
    )
    own = store.write(lambda uow: uow.people.add(person)).id
    assert store.read(lambda uow: uow.people.get(own)) == person


def test_nobody_by_an_unknown_id(store: Transactions) -> None:
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.people.get(PersonId(99)))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.people.save(Person(handle="x", id=PersonId(99))))


def test_several_are_asked_for_at_once(store: Transactions) -> None:
    ayse, hasan = (store.write(lambda uow, handle=handle: add_person(uow, handle)) for handle in ("ayse", "hasan"))

    def look(uow: UnitOfWork) -> None:
        known = uow.people.get(hasan)
        found = uow.people.of_ids({ayse, hasan, PersonId(999)})
        assert {one: person.handle for one, person in found.items()} == {ayse: "ayse", hasan: "hasan"}
        assert found[hasan] is known, "one object a person within a work"
        assert uow.people.get(ayse) is found[ayse]

    store.read(look)


def test_a_taken_handle_gets_a_number(store: Transactions) -> None:
    def add(uow):
        return [uow.people.add(Person(handle="ayse")).handle for _ in range(3)]

    assert store.write(add) == ["ayse", "ayse2", "ayse3"]


def test_of_many_of_one_name_each_gets_the_next_number(store: Transactions) -> None:
    names = [store.write(lambda uow: uow.people.add(Person(handle="ayse")).handle) for _ in range(20)]
    assert names == ["ayse", *(f"ayse{number}" for number in range(2, 21))]


@pytest.mark.parametrize("typed", ["ayşe yılmaz", "YILMAZ AYŞE", "ayse", "yilm", "AYSE"])
def test_a_name_is_found_however_it_is_typed(store: Transactions, typed: str) -> None:
    store.write(lambda uow: add_person(uow, "ay", name="Ayşe Yılmaz"))
    store.write(lambda uow: add_person(uow, "hasan", name="Hasan Demir"))
    assert [person.handle for person in store.read(lambda uow: uow.people.named(typed))] == ["ay"]


def test_people_of_one_name_are_told_apart_by_where_they_work(store: Transactions) -> None:
    def add(uow):
        for department in ("Zabıta", "İtfaiye", "Su İşleri"):
            uow.people.add(Person(handle="ali.er", name="Ali Er", department=department, room="1. kat"))
        uow.people.add(Person(handle="ece.su", name="Ece Su", department="Zabıta"))

    store.write(add)

    def found(words: str) -> list[str]:
        return [f"{p.name} {p.department}" for p in store.read(lambda uow: uow.people.named(words))]

    assert len(found("er ali")) == 3
    assert found("ali er · itfaiye") == ["Ali Er İtfaiye"]
    assert found("su") == ["Ece Su Zabıta"], "a müdürlük alone names nobody"
    assert found("zabıta") == []


@pytest.mark.parametrize("typed", ["%", "_", "a%e", "\\", ""])
def test_signs_of_a_search_are_letters(store: Transactions, typed: str) -> None:
    store.write(lambda uow: add_person(uow, "ayse"))
    assert list(store.read(lambda uow: uow.people.named(typed))) == []


def test_who_is_admin_for_good(store: Transactions) -> None:
    def add(uow: UnitOfWork) -> PersonId:
        own = add_person(uow, "admin", role=Role.ADMIN)
        add_person(uow, "mudur", role=Role.DIRECTOR)
        for handle, ends, gone in (("gecici", START, None), ("eski", None, START)):
            person = uow.people.get(add_person(uow, handle, role=Role.ADMIN))
            person.role_until, person.left_at = ends, gone
            uow.people.save(person)
        return own

    own = store.write(add)
    assert store.read(lambda uow: uow.people.lasting_admins()) == {own}


def test_who_left_is_not_named_nor_in_a_role(store: Transactions) -> None:
    own = store.write(lambda uow: add_technician(uow, "mehmet"))
    store.write(lambda uow: add_technician(uow, "ali", unit="yazilim"))
    assert [one.handle for one in store.read(lambda uow: uow.people.in_role(Role.TECHNICIAN))] == ["ali", "mehmet"]

    def leave(uow):
        person = uow.people.get(own)
        person.left_at = START
        uow.people.save(person)

    store.write(leave)
    assert list(store.read(lambda uow: uow.people.in_role(Role.TECHNICIAN, "donanim"))) == []
    assert list(store.read(lambda uow: uow.people.named("mehmet"))) == []
    assert [one.handle for one in store.read(lambda uow: uow.people.everybody())] == ["ali", "mehmet"]


@pytest.mark.parametrize(
    ("typed", "handles"),
    [
        ("ayse yilmz", ["ay", "yildiz"]),
        ("aişe yılmaz", ["ay"]),
        ("YILMAZ AYŞE", ["ay", "yildiz"]),
        ("veli can", []),
        ("", []),
    ],
)
def test_a_name_with_mistakes_finds_who_is_near_and_present(
    store: Transactions, typed: str, handles: list[str]
) -> None:
    def people(uow: UnitOfWork) -> None:
        uow.people.add(Person(handle="ay", name="Ayşe Yılmaz"))
        uow.people.add(Person(handle="yildiz", name="Ayşe Yıldız"))
        uow.people.add(Person(handle="left", name="Ayşe Yılmaz", left_at=START))
        uow.people.add(Person(handle="guest"))

    store.write(people)
    assert [person.handle for person in store.read(lambda uow: uow.people.like(typed))] == handles


def test_a_link_replaces_the_older_one(store: Transactions) -> None:
    first = store.write(lambda uow: add_person(uow, "ayse"))
    second = store.write(lambda uow: add_person(uow, "hasan"))
    store.write(lambda uow: uow.people.link(Account("web", "ayse"), second, "web:p:ayse"))
    assert store.read(lambda uow: uow.people.by_account(Account("web", "ayse"))).id == second
    assert list(store.read(lambda uow: uow.people.accounts(first))) == []
    assert [str(one) for one in store.read(lambda uow: uow.people.accounts(second))] == ["web:ayse", "web:hasan"]


def test_a_person_is_one_object_in_a_unit_of_work_and_unsaved_changes_are_lost(store: Transactions) -> None:
    own = store.write(lambda uow: add_person(uow, "ayse"))

    def change_without_saving(uow):
        person = uow.people.get(own)
        person.name = "Başka"
        return uow.people.by_handle("ayse") is person

    assert store.write(change_without_saving)
    assert store.read(lambda uow: uow.people.get(own)).name == "Ayse"


def test_what_no_database_takes_is_replaced(store: Transactions) -> None:
    own = store.write(lambda uow: add_person(uow, "ayse", name="A\0y\ud800şe"))
    assert store.read(lambda uow: uow.people.get(own)).name == "A\ufffdy\ufffdşe"


def test_conversations_by_unit_and_by_person(store: Transactions) -> None:
    def fill(uow):
        own = add_person(uow, "ayse")
        add_private(uow, own, "telegram:p:7")
        add_room(uow, "web:r:donanim")
        add_room(uow, "telegram:r:-1", unit=None)
        add_room(uow, "web:r:yazilim", unit="yazilim")
        place = uow.conversations.get("telegram:p:7")
        place.active_at = START
        uow.conversations.save(place)
        return own

    own = store.write(fill)
    addresses = store.read(
        lambda uow: [
            [room.address for room in uow.conversations.rooms()],
            [room.address for room in uow.conversations.rooms("donanim")],
            [place.address for place in uow.conversations.private_of(own)],
        ]
    )
    assert addresses == [["web:r:donanim", "web:r:yazilim"], ["web:r:donanim"], ["telegram:p:7", "web:p:ayse"]]
    assert store.read(lambda uow: uow.conversations.get("web:p:nobody")) is None


def test_ensure_keeps_what_is_there(store: Transactions) -> None:
    def bind(uow):
        add_room(uow, "telegram:r:-1", unit=None)
        place = uow.conversations.get("telegram:r:-1")
        place.unit, place.blocked, place.title = "donanim", True, "Donanım"
        uow.conversations.save(place)

    store.write(bind)
    store.write(lambda uow: add_room(uow, "telegram:r:-1", unit=None))
    place = store.read(lambda uow: uow.conversations.get("telegram:r:-1"))
    assert (place.unit, place.blocked, place.title) == ("donanim", True, "Donanım")


def test_a_code_is_used_once(store: Transactions) -> None:
    own = store.write(lambda uow: add_person(uow, "ayse"))
    code = JoinCode(code_hash="h", role=Role.LEAD, unit="donanim", name="F", person=own, expires_at=START)
    store.write(lambda uow: uow.codes.add(code))
    assert store.read(lambda uow: uow.codes.get("h")) == code
    store.write(lambda uow: uow.codes.use("h", own, START))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.codes.use("h", own, START))
    assert store.read(lambda uow: uow.codes.get("h")).used_by == own
    assert store.read(lambda uow: uow.codes.get("other")) is None


def test_sessions_end_one_by_one_or_all(store: Transactions) -> None:
    def fill(uow):
        own = add_person(uow, "ayse")
        for token in "abc":
            uow.sessions.add(Session(token_hash=token, person=own, created_at=START, seen_at=START))
        return own

    own = store.write(fill)
    later = START + timedelta(hours=1)
    store.write(lambda uow: uow.sessions.seen("a", later))
    assert store.read(lambda uow: uow.sessions.get("a")).seen_at == later
    assert store.write(lambda uow: uow.sessions.end(own, later, "b")) == 1
    assert store.write(lambda uow: uow.sessions.end(own, later)) == 2
    assert all(session.ended_at == later for session in store.read(lambda uow: uow.sessions.of(own)))


def test_a_renewed_session_keeps_what_it_was_renewed_with(store: Transactions) -> None:
    def work(uow):
        own = add_person(uow, "ayse")
        session = Session(token_hash="a", person=own, created_at=START, seen_at=START, rights="requester")
        uow.sessions.add(session)
        session.ended_at, session.seen_at = START + timedelta(hours=1), START + timedelta(minutes=1)
        session.rights, session.renewed_with = "lead:donanim", "web:1"
        uow.sessions.save(session)
        return session

    assert store.write(work) == store.read(lambda uow: uow.sessions.get("a"))


def test_a_guests_sessions_move_to_the_person(store: Transactions) -> None:
    def fill(uow):
        guest, own = add_person(uow, "misafir"), add_person(uow, "ayse")
        uow.sessions.add(Session(token_hash="a", person=guest, created_at=START, seen_at=START))
        uow.sessions.add(Session(token_hash="b", person=guest, created_at=START, seen_at=START))
        uow.sessions.move(guest, own, "b")
        return guest, own

    guest, own = store.write(fill)
    persons = [store.read(lambda uow, key=key: uow.sessions.get(key)).person for key in "ab"]
    assert persons == [guest, own]
    store.write(lambda uow: uow.sessions.move(guest, own))
    assert store.read(lambda uow: uow.sessions.get("a")).person == own


def test_where_somebody_spoke_last_comes_first(store: Transactions) -> None:
    ayse = store.write(lambda uow: add_person(uow, "ayse"))
    for channel in ("telegram", "web"):
        store.write(lambda uow, channel=channel: add_private(uow, ayse, f"{channel}:p:ayse"))

    def places() -> list[tuple[str, datetime | None]]:
        found = store.read(lambda uow: uow.conversations.private_of(ayse))
        return [(place.channel, place.active_at) for place in found]

    def speaks(channel: str, minutes: int) -> None:
        def write(uow: UnitOfWork) -> None:
            address, at = f"{channel}:p:ayse", START + timedelta(minutes=minutes)
            place = uow.conversations.get(address)
            assert place is not None
            place.title = f"{minutes}"
            uow.conversations.save(place)
            uow.conversations.spoke(address, at)
            found = uow.conversations.get(address)
            assert found is not None
            assert found.active_at is not None
            assert found.active_at >= at

        store.write(write)

    speaks("web", 3)
    assert places() == [("web", START + timedelta(minutes=3)), ("telegram", None)]
    speaks("telegram", 5)
    speaks("web", 4)
    assert places() == [("telegram", START + timedelta(minutes=5)), ("web", START + timedelta(minutes=4))]
    speaks("web", 9)
    speaks("web", 1)
    assert places() == [("web", START + timedelta(minutes=9)), ("telegram", START + timedelta(minutes=5))]


def test_a_guest_who_was_recognised_is_found_as_who_they_are(store: Transactions) -> None:
    def recognise(uow):
        guest, elif_ = uow.people.get(add_person(uow, "elif")), uow.people.get(add_person(uow, "elif.cinar"))
        guest.turn_out_to_be(elif_, START)
        uow.people.save(guest)
        return elif_.id

    own = store.write(recognise)
    assert store.read(lambda uow: uow.people.by_handle("elif").id) == own
    assert [person.id for person in store.read(lambda uow: uow.people.everybody())] == [own]
    assert [person.id for person in store.read(lambda uow: uow.people.named("elif"))] == [own]


def test_a_list_of_people_goes_on_behind_the_last(store: Transactions) -> None:
    names = ("Can Su", "Ayşe Ak", "Işıl Öz", "Can Su")
    ids = [store.write(lambda uow, n=n, name=name: add_person(uow, f"k{n}", name=name, phone="0326 214 1453"))
           for n, name in enumerate(names)]  # fmt: skip
    gone = store.write(lambda uow: add_person(uow, "eski", left_at=START))
    bare = store.write(
        lambda uow: (
            uow.people.add(Person(handle="tek", name="Tek Er", role=Role.LEAD, unit="donanim", staff_no="41")).id
        )
    )
    store.write(lambda uow: _read_the_notice(uow, {ids[0]: 7, ids[1]: 8, gone: 7}))
    found: list[PersonId] = []
    last: PersonId | None = None
    while page := store.read(lambda uow, last=last: uow.people.listed(PeopleWanted(), last, 2)):
        found += [one.id for one in page]
        last = found[-1]
    assert found == [ids[1], ids[0], ids[3], ids[2], bare]
    for wanted, those in (
        (PeopleWanted(words="IŞIL"), [ids[2]]),
        (PeopleWanted(words="1453 öz"), [ids[2]]),
        (PeopleWanted(words="%"), found),
        (PeopleWanted(gone=True), [gone]),
        (PeopleWanted(unlinked=True), [bare]),
        (PeopleWanted(numbered=True), [bare]),
        (PeopleWanted(shown_other_than=8), [ids[0]]),
        (PeopleWanted(shown_other_than=9), [ids[1], ids[0]]),
        (PeopleWanted(role=Role.LEAD, unit="donanim"), [bare]),
        (PeopleWanted(departments=frozenset({"Mali Hizmetler"}), words="can"), [ids[0], ids[3]]),
    ):
        assert [one.id for one in store.read(lambda uow, w=wanted: uow.people.listed(w, None, 9))] == those
        assert store.read(lambda uow, w=wanted: uow.people.count(w)) == len(those)


def _read_the_notice(uow: UnitOfWork, versions: dict[PersonId, int]) -> None:
    for one in (uow.people.get(person) for person in versions):
        one.notice_version = versions[one.id]
        uow.people.save(one)


def test_who_is_present_by_number_name_and_department(store: Transactions) -> None:
    def fill(uow: UnitOfWork) -> dict[str, PersonId]:
        about = {
            "listed": {"name": "AYŞE YILMAZ", "staff_no": "1"},
            "more": {"name": "Ayşe Yılmaz Ak", "staff_no": "2", "department": "Zabıta"},
            "guest": {"name": "ayşe yilmaz"},
            "long": {"name": "Weiß %_" + "x" * 300, "staff_no": "3", "department": ""},
            "nameless": {"name": "", "staff_no": "4"},
            "left": {"name": "Ayşe Yılmaz", "staff_no": "5", "left_at": START},
            "was": {"name": "Ayşe Yılmaz", "became": PersonId(1), "left_at": START},
        }
        return {handle: add_person(uow, handle, **values) for handle, values in about.items()}

    ids = store.write(fill)
    long = "weiss %_" + "x" * 300
    for wanted, those in (
        ({"numbered": True}, ["listed", "more", "long"]),
        ({"numbered": False}, ["guest"]),
        ({"numbered": True, "names": {"ayse yilmaz", "ayse", "%"}}, ["listed"]),
        ({"numbered": True, "names": {"ayse yilmaz ak", "ayse yilmaz", long}}, ["listed", "more", "long"]),
        ({"numbered": True, "names": set()}, []),
        ({"numbered": False, "names": {"ayse yilmaz"}}, ["guest"]),
        ({"numbered": True, "departments": {"Zabıta", ""}}, ["more", "long"]),
        ({"numbered": True, "departments": {"Mali Hizmetler"}, "names": {"ayse yilmaz ak"}}, []),
        ({"numbered": True, "departments": set()}, []),
    ):
        found = store.read(lambda uow, w=wanted: uow.people.present(**w))
        assert [one.id for one in found] == [ids[handle] for handle in those], wanted
        assert all(one.name and not one.gone and bool(one.staff_no) is wanted["numbered"] for one in found)


def test_an_account_is_let_go_and_a_role_ends(store: Transactions) -> None:
    ayse, veli = store.write(lambda uow: (add_person(uow, "ayse"), add_person(uow, "veli")))
    account = Account("web", "ayse")
    unlinked = [store.write(lambda uow, p=p: uow.people.unlink(account, p)) for p in (veli, ayse, ayse)]
    assert unlinked == [False, True, False]
    assert store.read(lambda uow: uow.people.by_account(account)) is None

    def lead_until(uow: UnitOfWork) -> None:
        person = uow.people.get(veli)
        person.be(Role.TECHNICIAN, "donanim")
        person.be(Role.LEAD, "donanim", START)
        uow.people.save(person)

    store.write(lead_until)
    assert store.read(lambda uow: list(uow.people.roles_ending(START - timedelta(seconds=1)))) == []
    (ending,) = store.read(lambda uow: uow.people.roles_ending(START))
    assert (ending.role_until, ending.then_role, ending.then_unit) == (START, Role.TECHNICIAN, "donanim")


def test_a_code_is_revoked_once_and_listed_by_when_it_was_made(store: Transactions) -> None:
    ayse = store.write(lambda uow: add_person(uow, "ayse"))
    end = START + timedelta(days=7)
    for n in range(3):
        code = JoinCode(code_hash=f"h{n}", role=Role.REQUESTER, unit=None, name="", person=ayse if n else None,
                        expires_at=end, made_by=ayse, made_at=START + timedelta(minutes=n))  # fmt: skip
        store.write(lambda uow, code=code: uow.codes.add(code))
    assert [one.code_hash for one in store.read(lambda uow: uow.codes.made(None, 2))] == ["h2", "h1"]
    later = (START + timedelta(minutes=1), "h1")
    assert [one.code_hash for one in store.read(lambda uow: uow.codes.made(later, 9))] == ["h0"]
    same = JoinCode(code_hash="h5", role=Role.REQUESTER, unit=None, name="", person=None, expires_at=end,
                    made_by=ayse, made_at=later[0])  # fmt: skip
    store.write(lambda uow: uow.codes.add(same))
    assert [one.code_hash for one in store.read(lambda uow: uow.codes.made(later, 9))] == ["h5", "h0"]
    assert [one.code_hash for one in store.read(lambda uow: uow.codes.made((later[0], "h5"), 9))] == ["h0"]
    assert [one.code_hash for one in store.read(lambda uow: uow.codes.of(ayse))] == ["h2", "h1"]
    assert [store.write(lambda uow: uow.codes.revoke("h1", START)) for _ in range(2)] == [True, False]
    with pytest.raises(Stale):
        store.write(lambda uow: uow.codes.use("h1", ayse, START))
    assert store.write(lambda uow: uow.codes.revoke("yok", START)) is False
