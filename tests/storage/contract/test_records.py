from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from handlers.domain.idempotency import note_forwarded
from handlers.domain.job_run import JobName, JobRun
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.ports import Attachment, Transactions
from storage.errors import StatementRefused
from tests.clock import START
from tests.storage.builders import add_person, add_room, card, open_ticket

KEY = note_forwarded(4)
HOUR = timedelta(hours=1)
TODAY, YESTERDAY = START.date(), START.date() - timedelta(days=1)


def test_a_key_is_brought_first_by_one(store: Transactions) -> None:
    with ThreadPoolExecutor(4) as threads:
        first = list(threads.map(lambda _: store.write(lambda uow: uow.once.first(KEY, START)), range(4)))
    assert sorted(first) == [False, False, False, True]
    assert store.read(lambda uow: uow.once.brought([note_forwarded(5), KEY])) == {KEY}
    assert store.read(lambda uow: uow.once.brought([])) == frozenset()


# --- jobs -----------------------------------------------------------------------------------------
def run(day: date, until: datetime = START, job: JobName = JobName.DIGEST, scope: str = "donanim") -> JobRun:
    return JobRun(job, scope, day, until)


def test_a_job_of_a_day_is_run_by_one(store: Transactions) -> None:
    with ThreadPoolExecutor(4) as threads:
        first = list(threads.map(lambda _: store.write(lambda uow: uow.job_runs.add(run(TODAY))), range(4)))
    assert sorted(first) == [False, False, False, True]


def test_the_newest_day_of_a_job_counts(store: Transactions) -> None:
    known = [run(TODAY), run(YESTERDAY, START + HOUR), run(TODAY, scope="yazilim"), run(TODAY, job=JobName.MORNING)]
    store.write(lambda uow: [uow.job_runs.add(one) for one in known])

    def answers(uow):
        runs = uow.job_runs
        return [
            runs.latest(JobName.DIGEST, "donanim"),
            runs.latest(JobName.DIGEST, "donanim", before=TODAY),
            runs.latest(JobName.DIGEST, "donanim", before=YESTERDAY),
            runs.latest(JobName.BACKUP, ""),
            runs.until(JobName.DIGEST, "donanim", YESTERDAY),
            runs.until(JobName.DIGEST, "yazilim", YESTERDAY),
        ]

    assert store.read(answers) == [run(TODAY), run(YESTERDAY, START + HOUR), None, None, START + HOUR, None]


def test_a_job_that_runs_often_is_extended_and_never_goes_back(store: Transactions) -> None:
    for hours in (0, 3, 1):
        store.write(lambda uow, hours=hours: uow.job_runs.extend(run(TODAY, START + hours * HOUR)))
    assert store.read(lambda uow: uow.job_runs.until(JobName.DIGEST, "donanim", TODAY)) == START + 3 * HOUR
    assert not store.write(lambda uow: uow.job_runs.add(run(TODAY)))


# --- groups ---------------------------------------------------------------------------------------
def test_a_group_that_came_under_a_new_id(store: Transactions) -> None:
    store.write(lambda uow: uow.group_chats.migrated(-5001, -1001234567890, START))
    store.write(lambda uow: uow.group_chats.migrated(-5001, -1001234567890, START + HOUR))
    assert store.read(lambda uow: uow.group_chats.migrated_to(-5001)) == -1001234567890
    assert store.read(lambda uow: uow.group_chats.migrated_from(-1001234567890)) == -5001
    assert store.read(lambda uow: uow.group_chats.migrated_to(-1001234567890)) is None
    assert store.read(lambda uow: uow.group_chats.migrated_from(-5001)) is None


def test_the_newest_migration_counts(store: Transactions) -> None:
    def fill(uow):
        uow.group_chats.migrated(-1, -11, START + HOUR)
        uow.group_chats.migrated(-1, -12, START)
        uow.group_chats.migrated(-2, -11, START)

    store.write(fill)
    assert store.read(lambda uow: (uow.group_chats.migrated_to(-1), uow.group_chats.migrated_from(-11))) == (-11, -1)


def test_a_topic_belongs_to_its_ticket(store: Transactions) -> None:
    def fill(uow):
        add_room(uow, "telegram:r:-1")
        first, second = (open_ticket(uow, add_person(uow, name)).id for name in ("ayse", "hasan"))
        for slot in ("a", "b"):
            uow.messages.put(card("kart", conversation="telegram:r:-1", slot=slot))
        return first, second

    def open_topics(uow):
        ids = [message.id for message in uow.timeline.page("telegram:r:-1")]
        uow.group_chats.topic_opened(-1, 41, ticket=first, card=ids[0], at=START)
        uow.group_chats.topic_opened(-1, 48, ticket=second, card=ids[1], at=START)
        uow.group_chats.topic_opened(-1, 55, ticket=first, card=ids[0], at=START + HOUR)
        uow.group_chats.topic_opened(-2, 41, ticket=second, card=ids[1], at=START)
        return ids

    first, second = store.write(fill)
    ids = store.write(open_topics)

    def answers(uow):
        chats = uow.group_chats
        topics = [chats.topic_of(-1, first), chats.topic_of(-1, second), chats.topic_of(-2, first)]
        return topics, [chats.card_of(-1, 41), chats.card_of(-2, 41), chats.card_of(-1, 42)]

    assert store.read(answers) == ([55, 48, None], [ids[0], ids[1], None])


def test_a_topic_of_nothing_is_refused(store: Transactions) -> None:
    ticket = store.write(lambda uow: open_ticket(uow, add_person(uow)).id)
    with pytest.raises(StatementRefused):
        store.write(lambda uow: uow.group_chats.topic_opened(-1, 41, ticket=ticket, card=77, at=START))
    assert store.read(lambda uow: uow.group_chats.topic_of(-1, ticket)) is None


# --- small records --------------------------------------------------------------------------------


def test_the_audit_newest_first(store: Transactions) -> None:
    own = store.write(add_person)
    store.write(lambda uow: uow.audit.log(START, None, "backup", "masa.db", "terminal"))
    store.write(lambda uow: uow.audit.log(START, own, "read", "2026-000001", "web"))
    assert list(store.read(lambda uow: uow.audit.recent())) == [
        (START, own, "read", "2026-000001", "web"),
        (START, None, "backup", "masa.db", "terminal"),
    ]
    assert len(store.read(lambda uow: uow.audit.recent(limit=1))) == 1


def test_the_audit_page_by_page(store: Transactions) -> None:
    ayse, mehmet = store.write(lambda uow: (add_person(uow, "ayse"), add_person(uow, "mehmet")))
    for hour, who in enumerate([ayse, mehmet, None, ayse]):
        at = START + timedelta(hours=hour)
        store.write(lambda uow, at=at, who=who, hour=hour: uow.audit.log(at, who, "read", str(hour), "web"))

    def about(**how: object) -> list[str]:
        return [line.about for line in store.read(lambda uow: uow.audit.page(**how))]

    assert about() == ["3", "2", "1", "0"]
    assert about(who=ayse) == ["3", "0"]
    assert about(since=START + timedelta(hours=1), until=START + timedelta(hours=3)) == ["2", "1"]
    first = store.read(lambda uow: uow.audit.page(limit=2))
    assert [line.about for line in first] == ["3", "2"]
    assert about(before=first[-1].id) == ["1", "0"]
    assert (first[1].who, first[1].at, first[1].what, first[1].channel) == (
        None,
        START + timedelta(hours=2),
        "read",
        "web",
    )
    assert store.read(lambda uow: uow.audit.broken_chains(10)) == []


def test_an_example_is_forgotten_by_its_words(store: Transactions) -> None:
    for text, category in (("a", "yazici"), ("a", "monitor"), ("ab", "yazici")):
        store.write(lambda uow, text=text, category=category: uow.feedback.add(START, text, category, "opened"))
    store.write(lambda uow: uow.feedback.forget("a"))
    assert list(store.read(lambda uow: uow.feedback.since(None))) == [("ab", "yazici", "opened")]


def test_examples_of_somebody_go_also_from_before_they_were_known(store: Transactions) -> None:
    own, guest, other = (
        store.write(lambda uow, name=name: add_person(uow, name)) for name in ("ayse", "misafir", "veli")
    )

    def work(uow):
        person = uow.people.get(guest)
        person.became = own
        uow.people.save(person)
        for place, who in enumerate((own, guest, other, None, None)):
            uow.feedback.add(START + place * HOUR, f"metin {place}", "yazici", "opened", who)

    store.write(work)
    assert store.write(lambda uow: uow.feedback.erase_of(own, {"metin 3"})) == 3
    assert [text for text, _, _ in store.read(lambda uow: list(uow.feedback.since(None)))] == ["metin 2", "metin 4"]


def test_files_of_somebody_are_found_also_from_before_they_were_known(store: Transactions) -> None:
    own, guest = (store.write(lambda uow, name=name: add_person(uow, name)) for name in ("ayse", "misafir"))

    def work(uow):
        person = uow.people.get(guest)
        person.became = own
        uow.people.save(person)
        for place, who in enumerate((own, guest, None)):
            uow.attachments.add(
                Attachment(
                    id=f"f{place}",
                    name="x",
                    media_type="text/plain",
                    size=1,
                    sha256="0",
                    uploader=who,
                    conversation="",
                    at=START + place * HOUR,
                )
            )

    store.write(work)
    assert [one.id for one in store.read(lambda uow: uow.attachments.uploaded_by(own))] == ["f0", "f1"]
    store.write(lambda uow: uow.attachments.remove({"f0", "f9"}))
    assert [one.id for one in store.read(lambda uow: uow.attachments.uploaded_by(own))] == ["f1"]


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


def test_what_came_in_files_within_a_day_is_counted(store: Transactions) -> None:
    def fill(uow) -> PersonId:
        ayse, guest = add_person(uow, "ayse", verified=True), add_person(uow, "misafir")
        for name, uploader, conversation, hours, size in (
            ("a", ayse, "web:p:ayse", 0, 1),
            ("b", ayse, "web:r:donanim", 2, 10),
            ("c", guest, "web:p:misafir", 2, 100),
            ("d", None, "telegram:p:1", 2, 1000),
        ):
            at = START + timedelta(hours=hours)
            uow.attachments.add(_file(name, uploader=uploader, conversation=conversation, at=at, size=size))
        return ayse

    ayse = store.write(fill)
    since = START + timedelta(hours=1)
    assert store.read(lambda uow: uow.attachments.taken(START - timedelta(hours=1), uploader=ayse)) == 11
    assert store.read(lambda uow: uow.attachments.taken(since, uploader=ayse)) == 10
    assert store.read(lambda uow: uow.attachments.taken(since, conversation="web:p:ayse")) == 0
    assert store.read(lambda uow: uow.attachments.taken(since, conversation="telegram:p:1")) == 1000
    assert store.read(lambda uow: uow.attachments.taken_by_guests(since)) == 1100


def _file(name: str, *, uploader: PersonId | None, conversation: str, at: datetime, size: int) -> Attachment:
    return Attachment(
        id=name,
        name="a.png",
        media_type="image/png",
        size=size,
        sha256="0",
        uploader=uploader,
        conversation=conversation,
        at=at,
    )


def test_codes_that_were_refused_are_counted_by_person(store: Transactions) -> None:
    own = store.write(add_person)
    for minutes, who, what in (
        (0, own, "code_refused"),
        (5, own, "code_refused"),
        (6, None, "code_refused"),
        (7, own, "read"),
    ):
        at = START + timedelta(minutes=minutes)
        store.write(lambda uow, at=at, who=who, what=what: uow.audit.log(at, who, what, "ayse", "web"))
    five, six = START + timedelta(minutes=5), START + timedelta(minutes=6)
    assert list(store.read(lambda uow: uow.audit.times("code_refused", START))) == [five, six]
    assert list(store.read(lambda uow: uow.audit.times("code_refused", START, own))) == [five]
