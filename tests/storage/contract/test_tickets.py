from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.states import Change, Priority, State
from handlers.domain.store_events import NO_HASH
from handlers.domain.ticket import Entry, EntryKind, Follower, TicketId
from handlers.messages import Recorded
from handlers.ports import Transactions
from storage.repositories.hash_chain import event_hash
from tests.clock import START
from tests.storage.builders import add_person, add_technician, open_ticket

DAY = timedelta(days=1)


def test_everything_about_a_ticket_comes_back(store: Transactions) -> None:
    own = store.write(add_person)
    about = {
        "facts": {"oda": "312", "cihaz": "HP"},
        "tried": 3,
        "tried_article": "yazici-cevrimdisi",
        "reasons": ("yazıcı", "çıktı"),
        "files": ("f1", "f2"),
        "draft": "d1",
        "followers": (Follower(person=PersonId(1), conversation="web:p:hasan", waits=False),),
        "priority": Priority.HIGH,
        "restricted": True,
        "untold": True,
        "outage": True,
    }
    opened = store.write(lambda uow: open_ticket(uow, own, **about))
    found = store.read(lambda uow: uow.tickets.by_number("2026-000001"))
    assert found == opened
    assert {name: getattr(found, name) for name in about} == about
    assert store.read(lambda uow: uow.tickets.of_draft("d1")).id == opened.id
    assert store.read(lambda uow: uow.tickets.of_draft("")) is None


def test_no_ticket_by_an_unknown_mark(store: Transactions) -> None:
    for ask in (
        lambda uow: uow.tickets.get(9),
        lambda uow: uow.tickets.by_number("2026-000009"),
        lambda uow: uow.tickets.entry(9),
        lambda uow: uow.tickets.rewrite_entry(9, ""),
    ):
        with pytest.raises(NotFound):
            store.write(ask)


def test_numbers_have_no_gap_although_works_fail(store: Transactions) -> None:
    own = store.write(add_person)

    def open_or_fail(number: int) -> str | None:
        def work(uow):
            ticket = open_ticket(uow, own)
            if number % 3 == 0:
                raise KeyError("undo it")
            return ticket.number

        try:
            return store.write(work)
        except KeyError:
            return None

    with ThreadPoolExecutor(8) as threads:
        numbers = [number for number in threads.map(open_or_fail, range(30)) if number]
    assert sorted(numbers) == [f"2026-{number:06d}" for number in range(1, 21)]
    assert store.read(lambda uow: uow.summaries.last_number(2026)) == 20
    assert store.read(lambda uow: uow.summaries.last_number(2025)) == 0


def test_each_year_counts_for_itself(store: Transactions) -> None:
    own = store.write(add_person)
    store.write(lambda uow: open_ticket(uow, own))
    assert store.write(lambda uow: open_ticket(uow, own, START + 60 * DAY)).number == "2027-000001"


def test_one_of_two_wins(store: Transactions) -> None:
    own = store.write(add_person)
    first, second = (store.write(lambda uow, name=name: add_technician(uow, name)) for name in ("mehmet", "zeynep"))
    ticket = store.write(lambda uow: open_ticket(uow, own)).id
    seen_by_both = [store.read(lambda uow: uow.tickets.get(ticket)) for _ in range(2)]

    def claim(mine, by):
        mine.claim(by=by, at=START, channel="web")
        return store.submit(lambda uow: uow.tickets.save(mine)).exception()

    outcomes = [claim(seen_by_both[0], first), claim(seen_by_both[1], second)]
    assert outcomes[0] is None
    assert isinstance(outcomes[1], Stale)
    assert store.read(lambda uow: uow.tickets.get(ticket)).holder == first
    assert [event.what for event in store.read(lambda uow: uow.tickets.history(ticket))] == [
        Change.OPENED,
        Change.CLAIMED,
    ]


def test_the_history_grows_with_each_save(store: Transactions) -> None:
    own = store.write(add_technician)
    ticket = store.write(lambda uow: open_ticket(uow, own)).id

    def work_on_it(uow):
        mine = uow.tickets.get(ticket)
        mine.claim(by=own, at=START, channel="web")
        uow.tickets.save(mine)
        mine.wait(State.WAITING_PARTS, "toner", by=own, at=START + DAY, channel="telegram")
        mine.prioritise(Priority.URGENT, by=None, at=START + DAY, channel="desk")
        uow.tickets.save(mine)

    before = store.read(lambda uow: uow.tickets.mark(ticket))
    store.write(work_on_it)
    history = store.read(lambda uow: uow.tickets.history(ticket))
    mark = NO_HASH
    for line, event in enumerate(history, start=1):
        mark = event_hash("2026-000001", line, event, mark)
    assert store.read(lambda uow: uow.tickets.mark(ticket)) == mark != before
    assert [(event.what, event.before, event.after, event.who, event.reason) for event in history] == [
        (Change.OPENED, None, "open", own, None),
        (Change.CLAIMED, "open", "claimed", own, None),
        (Change.WAITING, "claimed", "waiting_parts", own, "parts"),
        (Change.PRIORITISED, "normal", "acil", None, None),
    ]
    found = store.read(lambda uow: uow.tickets.get(ticket))
    assert (found.state, found.waiting_for, found.changed_at) == (State.WAITING_PARTS, "toner", START + DAY)


def test_a_ticket_is_one_object_in_a_unit_of_work(store: Transactions) -> None:
    own = store.write(add_person)

    def work(uow):
        ticket = open_ticket(uow, own)
        return (
            uow.tickets.get(ticket.id)
            is ticket
            is uow.tickets.by_number(ticket.number)
            is uow.tickets.queue("donanim")[0]
        )

    assert store.write(work)


def test_what_is_changed_and_not_saved_is_lost(store: Transactions) -> None:
    own = store.write(add_person)
    ticket = store.write(lambda uow: open_ticket(uow, own)).id

    def forget_to_save(uow):
        uow.tickets.get(ticket).claim(by=own, at=START, channel="web")

    store.write(forget_to_save)
    assert store.read(lambda uow: uow.tickets.get(ticket)).holder is None


def test_the_histories_of_several_are_asked_for_at_once(store: Transactions) -> None:
    def work(uow) -> list[int]:
        person = add_person(uow, "ayse")
        made = [open_ticket(uow, person) for _ in range(2)]
        made[0].claim(by=person, at=START, channel="web")
        uow.tickets.save(made[0])
        return [one.id for one in made]

    first, second = store.write(work)
    found = store.read(lambda uow: uow.tickets.histories([second, first, 999]))
    assert {key: [event.what for event in history] for key, history in found.items()} == {
        first: [Change.OPENED, Change.CLAIMED],
        second: [Change.OPENED],
        999: [],
    }
    assert found[first] == store.read(lambda uow: uow.tickets.history(first))


def test_several_and_what_is_written_on_them_are_asked_for_at_once(store: Transactions) -> None:
    def work(uow) -> list[TicketId]:
        person = add_person(uow, "ayse")
        made = [open_ticket(uow, person).id for _ in range(2)]
        for one, text in ((made[1], "ilk"), (made[0], "orta"), (made[1], "son")):
            uow.tickets.add_entry(one, Entry(kind=EntryKind.NOTE, at=START, author=person, text=text))
        return made

    first, second = store.write(work)

    def look(uow) -> None:
        known = uow.tickets.get(second)
        found = uow.tickets.some([second, first, TicketId(999)])
        assert list(found) == [second, first]
        assert found[second] is known, "one object a ticket within a work"
        assert uow.tickets.get(first) is found[first]
        written = uow.tickets.entries_of([first, second, TicketId(999)])
        assert {one: [entry.text for entry in entries] for one, entries in written.items()} == {
            first: ["orta"], second: ["ilk", "son"], 999: [],
        }  # fmt: skip
        assert written[second] == uow.tickets.entries(second)

    store.read(look)


def test_entries_lie_beside_the_history(store: Transactions) -> None:
    own = store.write(add_person)

    def work(uow):
        ticket = open_ticket(uow, own)
        entry = Entry(kind=EntryKind.REPORT, at=START, author=own, text="bozuk", files=("f",), message_key="web:1")
        uow.tickets.add_entry(ticket.id, entry)
        uow.tickets.add_entry(ticket.id, Entry(kind=EntryKind.NOTE, at=START, author=own, text="not"))
        return ticket.id, entry

    ticket, entry = store.write(work)
    assert [one.text for one in store.read(lambda uow: uow.tickets.entries(ticket))] == ["bozuk", "not"]
    assert store.read(lambda uow: uow.tickets.entry(entry.id)) == (ticket, entry)
    assert store.read(lambda uow: uow.tickets.entry_of_event("web:1")) == (ticket, entry)
    assert store.read(lambda uow: uow.tickets.entry_of_event("web:2")) is None
    store.write(lambda uow: uow.tickets.rewrite_entry(entry.id, "çok bozuk"))
    assert store.read(lambda uow: uow.tickets.entry(entry.id))[1].text == "çok bozuk"


def test_erasing_leaves_open_tickets_and_the_history_alone(store: Transactions) -> None:
    own = store.write(add_person)

    def work(uow):
        ended, going_on = open_ticket(uow, own), open_ticket(uow, own)
        for ticket in (ended, going_on):
            uow.tickets.add_entry(ticket.id, Entry(kind=EntryKind.REPORT, at=START, author=own, text="bozuk"))
        ended.cancel("reporter", by=own, at=START, channel="web")
        uow.tickets.save(ended)
        return ended.id, going_on.id

    ended, going_on = store.write(work)
    erased = store.write(lambda uow: uow.tickets.erase_written_by(own))
    assert [(ticket, entry.text) for ticket, entry in erased.entries] == [(ended, "bozuk")]
    assert ([one.id for one in erased.reported], erased.joined) == ([ended], [])
    assert store.read(lambda uow: [uow.tickets.get(one).text for one in (ended, going_on)]) == [
        "",
        "yazıcı çıktı vermiyor",
    ]
    assert store.read(lambda uow: uow.tickets.entries(ended))[0].text == ""
    assert store.read(lambda uow: uow.tickets.entries(going_on))[0].text == "bozuk"
    assert len(store.read(lambda uow: uow.tickets.history(ended))) == 2
    found = store.read(lambda uow: uow.search.tickets("vermiyor", units=None, reporter=None)).tickets
    assert [ticket.id for ticket in found] == [going_on]


def test_erasing_takes_what_was_told_and_the_files_and_of_others_only_ones_own(store: Transactions) -> None:
    own, worker = store.write(add_person), store.write(add_technician)
    about = {"facts": {"oda": "312"}, "reasons": ("yazıcı",), "files": ("f1", "f2"), "waiting_for": "Ayşe'yi"}

    def work(uow):
        ticket = open_ticket(uow, own, **about)
        for kind, author, text in (
            (EntryKind.REPORT, worker, "telefonda söyledi"),
            (EntryKind.FACT, own, "kyocera"),
            (EntryKind.NOTE, worker, "toner istendi"),
        ):
            entry = Entry(kind=kind, at=START, author=author, text=text, files=("f1", "f2"))
            uow.tickets.add_entry(ticket.id, entry)
        ticket.cancel("other", by=worker, at=START, channel="web")
        uow.tickets.save(ticket)
        return ticket.id

    ticket = store.write(work)
    erased = store.write(lambda uow: uow.tickets.erase_written_by(own, {"f1"}))
    assert [entry.text for _, entry in erased.entries] == ["telefonda söyledi", "kyocera"]
    found = store.read(lambda uow: uow.tickets.get(ticket))
    assert (found.text, found.facts, found.reasons, found.waiting_for, found.files) == ("", {}, (), "", ("f2",))
    left = [(entry.text, entry.files) for entry in store.read(lambda uow: uow.tickets.entries(ticket))]
    assert left == [("", ("f2",)), ("", ("f2",)), ("toner istendi", ("f1", "f2"))]
    erased = store.write(lambda uow: uow.tickets.erase_written_by(worker))
    assert ([one.id for one in erased.joined], erased.reported) == ([ticket], [])
    assert [entry.text for entry in store.read(lambda uow: uow.tickets.entries(ticket))] == ["", "", ""]


class TestLists:
    """Tickets 1 to 8 of one desk; what each list holds, in its order."""

    @pytest.fixture
    def ids(self, store: Transactions) -> list[TicketId]:
        def fill(uow):
            ayse, hasan = add_person(uow, "ayse"), add_person(uow, "hasan")
            mehmet = add_technician(uow, "mehmet")
            tickets = [open_ticket(uow, ayse if n % 2 else hasan, START + n * timedelta(hours=1)) for n in range(8)]
            _, urgent, held, waiting, resolved, closed, other, outage = tickets
            urgent.prioritise(Priority.URGENT, by=None, at=START, channel="desk")
            for ticket in (held, waiting, resolved, closed):
                ticket.claim(by=mehmet, at=START + DAY, channel="web")
            waiting.wait(State.WAITING_REPORTER, "", by=mehmet, at=START + DAY, channel="web")
            waiting.prioritise(Priority.HIGH, by=None, at=START, channel="desk")
            for ticket in (resolved, closed):
                ticket.resolve("toner", by=mehmet, at=START + 2 * DAY, channel="web")
            closed.confirm(by=ayse, at=START + 3 * DAY, channel="web")
            other.transfer("yazilim", by=mehmet, at=START + DAY, channel="web")
            outage.outage = True
            for ticket in tickets:
                uow.tickets.save(ticket)
            return [ticket.id for ticket in tickets]

        return store.write(fill)

    @pytest.mark.parametrize(
        ("ask", "expected"),
        [
            (lambda uow: uow.tickets.queue("donanim"), [1, 0, 7]),
            (lambda uow: uow.tickets.queue("donanim", limit=2), [1, 0]),
            (lambda uow: uow.tickets.queue("donanim", after=uow.tickets.queue("donanim")[0]), [0, 7]),
            (lambda uow: uow.tickets.queue("donanim", after=uow.tickets.queue("donanim")[1], limit=1), [7]),
            (lambda uow: uow.tickets.queue("yazilim"), [6]),
            (lambda uow: uow.tickets.held_by(uow.people.by_handle("mehmet").id), [3, 2]),
            (lambda uow: uow.tickets.active_in("donanim"), [7, 3, 2, 1, 0]),
            (lambda uow: uow.tickets.active_in("donanim", "yazici-yazdirmiyor", limit=2), [7, 3]),
            (lambda uow: uow.tickets.active_in("donanim", "baska"), []),
            (lambda uow: uow.tickets.outages(), [7]),
            (lambda uow: uow.tickets.open_of_reporter(uow.people.by_handle("ayse").id), [7, 3, 1]),
            (lambda uow: uow.tickets.of_reporter(uow.people.by_handle("ayse").id), [7, 3, 1, 5]),
            (lambda uow: uow.tickets.of_reporter(uow.people.by_handle("ayse").id, limit=2), [7, 3]),
            (lambda uow: uow.tickets.resolved_before(START + 3 * DAY), [4]),
            (lambda uow: uow.tickets.resolved_before(START + 2 * DAY), []),
            (lambda uow: uow.tickets.of_reporter(uow.people.by_handle("ayse").id, limit=2, skip=2), [1, 5]),
            (lambda uow: uow.tickets.of_reporter(uow.people.by_handle("ayse").id, skip=4), []),
            (lambda uow: uow.tickets.unclaimed_since(dict.fromkeys(Priority, START + timedelta(hours=1))), [1, 0]),
            (
                lambda uow: uow.tickets.unclaimed_since(dict.fromkeys(Priority, START + timedelta(hours=1)), limit=1),
                [1],
            ),
            (lambda uow: uow.tickets.unclaimed_since({Priority.NORMAL: START + timedelta(hours=1)}), [0]),
            (lambda uow: uow.tickets.waiting_reporter_between(START, START + DAY), [3]),
            (lambda uow: uow.tickets.waiting_reporter_between(START, START + DAY - timedelta(seconds=1)), []),
            (lambda uow: uow.tickets.waiting_reporter_between(START + DAY, START + 2 * DAY), []),
            (lambda uow: uow.summaries.list(), [7, 6, 5, 4, 3, 2, 1, 0]),
            (lambda uow: uow.summaries.list(unit="yazilim"), [6]),
            (lambda uow: uow.summaries.list(unit="donanim", state="open", limit=2), [7, 1]),
            (lambda uow: uow.summaries.list(state="resolved"), [4]),
            (
                lambda uow: uow.search.tickets("yazıcı 2026", units=None, reporter=None, limit=3).tickets,
                [7, 6, 5],
            ),
            (lambda uow: uow.search.tickets("000002", units=["donanim"], reporter=None).tickets, [1]),
            (lambda uow: uow.search.tickets("CIKTI", units=["yazilim"], reporter=None).tickets, [6]),
            (lambda uow: uow.search.tickets("çıktı", units=[], reporter=None).tickets, []),
            (lambda uow: uow.search.tickets("y%c_", units=None, reporter=None).tickets, []),
        ],
    )
    def test_list(self, store: Transactions, ids: list[TicketId], ask, expected: list[int]) -> None:
        assert [ids.index(ticket.id) for ticket in store.read(ask)] == expected

    def test_the_next_page(self, store: Transactions, ids: list[TicketId]) -> None:
        page = store.read(lambda uow: uow.summaries.list(before=ids[3], limit=2))
        assert [ids.index(ticket.id) for ticket in page] == [2, 1]

    def test_a_search_has_pages(self, store: Transactions, ids: list[TicketId]) -> None:
        def look(words: str, before: TicketId | None = None, **whose: Any) -> tuple[list[int], int | None]:
            asked = {"units": None, "reporter": None, "limit": 3, **whose}
            found = store.read(lambda uow: uow.search.tickets(words, before=before, **asked))
            return [ids.index(ticket.id) for ticket in found.tickets], found.older and ids.index(found.older)

        assert look("yazıcı") == ([7, 6, 5], 5)
        assert look("yazıcı", before=ids[5]) == ([4, 3, 2], 2)
        assert look("yazıcı", before=ids[2]) == ([1, 0], None)
        ayse = store.read(lambda uow: uow.people.by_handle("ayse").id)
        assert look("yazıcı", units=[], reporter=ayse) == ([7, 5, 3], 3)
        assert look("yazıcı", units=["yazilim"], reporter=ayse, limit=9) == ([7, 6, 5, 3, 1], None)

    def test_a_search_knows_all_that_was_written_and_who_may_see_it(
        self, store: Transactions, ids: list[TicketId]
    ) -> None:
        def write(uow):
            ticket, ayse = uow.tickets.get(ids[1]), uow.people.by_handle("ayse")
            ticket.facts = {"oda": "2. kat 214"}
            ticket.waiting_for = "Çınar Bilişim"
            uow.tickets.save(ticket)
            ayse.name, ayse.department = "Ayşe Öztürk", "Fen İşleri"
            uow.people.save(ayse)
            for kind, text in ((EntryKind.REPLY, "kod 13.B2 çıktı"), (EntryKind.NOTE, "%40 indirimli bobin")):
                uow.tickets.add_entry(ids[1], Entry(kind=kind, at=START, author=ayse.id, text=text))
            return ayse.id

        ayse = store.write(write)

        def found(words: str, units: list[str] | None = None, reporter: Any = None) -> bool:
            asked = store.read(lambda uow: uow.search.tickets(words, units=units, reporter=reporter))
            return ids[1] in [ticket.id for ticket in asked.tickets]

        for words in ("öztürk", "fen işleri yazıcı", "214", "13.b2", "“13.B2”", "bobin", "%40", "YAZICI çınar"):
            assert found(words), words
            assert found(words, units=["donanim"]), words
            assert not found(words, units=["yazilim"]), words
        assert [found(words, [], ayse) for words in ("öztürk", "13.b2", "bobin", "çınar")] == [True, True, False, False]
        assert [found(words) for words in ("%41", "1_.b2", "", "ztürk", "13 b3")] == [False] * 5

        def rewrite(uow):
            for entry in uow.tickets.entries(ids[1]):
                uow.tickets.rewrite_entry(entry.id, "silindi")
            ayse = uow.people.by_handle("ayse")
            ayse.name = "Ayşe Kara"
            uow.people.save(ayse)

        store.write(rewrite)
        assert [found(words) for words in ("öztürk", "13.b2", "bobin", "silindi", "kara")] == [False] * 3 + [True] * 2

    def test_counts_are_of_the_whole_list(self, store: Transactions, ids: list[TicketId]) -> None:
        def restrict(uow):
            ticket = uow.tickets.get(ids[1])
            ticket.restricted = True
            uow.tickets.save(ticket)

        store.write(restrict)
        assert store.read(lambda uow: uow.tickets.count_queue("donanim")) == 3
        assert store.read(lambda uow: uow.tickets.count_queue("donanim", restricted=False)) == 2
        shown = store.read(lambda uow: uow.tickets.queue("donanim", restricted=False, limit=2))
        assert [ids.index(ticket.id) for ticket in shown] == [0, 7], "cut after the rights, not before"
        assert store.read(lambda uow: uow.tickets.count_of_reporter(uow.people.by_handle("ayse").id)) == 4

    def test_so_many_stand_before_each_in_its_queue(self, store: Transactions, ids: list[TicketId]) -> None:
        def read(uow):
            queue = uow.tickets.queue("donanim")
            return len(queue), [uow.tickets.count_ahead(ticket) for ticket in queue]

        number, ahead = store.read(read)
        assert ahead == list(range(number))

    def test_a_reminder_starts_the_count_again(self, store: Transactions, ids: list[TicketId]) -> None:
        def remind(uow):
            ticket = uow.tickets.get(ids[0])
            ticket.reminded_at = START + DAY
            uow.tickets.save(ticket)

        store.write(remind)
        since = dict.fromkeys(Priority, START + timedelta(hours=2))
        late = store.read(lambda uow: uow.tickets.unclaimed_since(since))
        assert [ids.index(ticket.id) for ticket in late] == [1]

    def test_security_tickets_are_not_searched(self, store: Transactions, ids: list[TicketId]) -> None:
        def restrict(uow):
            ticket = uow.tickets.get(ids[1])
            ticket.restricted = True
            uow.tickets.save(ticket)

        store.write(restrict)
        found = store.read(lambda uow: uow.search.tickets("000002", units=None, reporter=None))
        assert list(found.tickets) == []


def test_who_comes_along_is_found(store: Transactions) -> None:
    def fill(uow):
        ayse, hasan = add_person(uow, "ayse"), add_person(uow, "hasan")
        one, two, three = (open_ticket(uow, ayse) for _ in range(3))
        one.merge_into(three, by=ayse, at=START, channel="web")
        two.follow(by=hasan, conversation="web:p:hasan", at=START, channel="web")
        three.follow(by=hasan, conversation="web:p:hasan", at=START, channel="web")
        one.follow(by=hasan, conversation="web:p:hasan", at=START, channel="web")
        three.followers_told()
        for ticket in (one, two, three):
            uow.tickets.save(ticket)
        return one, two, three, hasan

    one, two, three, hasan = store.write(fill)
    assert store.read(lambda uow: [ticket.id for ticket in uow.tickets.merged_into(three.number)]) == [one.id]
    assert store.read(lambda uow: [ticket.id for ticket in uow.tickets.followed_by(hasan)]) == [two.id, one.id]
    assert store.read(lambda uow: uow.tickets.merged_into(one.number)) == []


def test_what_a_guest_wrote_becomes_somebodys(store: Transactions) -> None:
    def fill(uow):
        guest, person = add_person(uow, "ayse"), add_person(uow, "hasan")
        ticket = open_ticket(uow, guest)
        entry = Entry(kind=EntryKind.REPLY, at=START, author=guest, text="toner bitti")
        uow.tickets.add_entry(ticket.id, entry)
        uow.messages.record(Recorded(conversation="web:p:ayse", person=guest, text="toner bitti"))
        uow.tickets.move_entries(guest, person)
        uow.messages.move_written(guest, person)
        return ticket.id, person

    ticket, person = store.write(fill)
    assert store.read(lambda uow: [entry.author for entry in uow.tickets.entries(ticket)]) == [person]
    assert store.read(lambda uow: [message.author for message in uow.timeline.page("web:p:ayse")]) == [person]
