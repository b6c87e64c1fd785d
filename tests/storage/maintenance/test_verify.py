"""Each invariant is broken in each way, on both databases, and that very breach is found."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from storage import Store
from storage.engine.prepared import DialectName
from storage.engine.transaction import Transaction
from storage.maintenance.copy_to_postgres import move
from storage.maintenance.invariants.queues import LEFT_LYING
from storage.maintenance.reindex import reindex
from storage.maintenance.verify import (
    INVARIANTS,
    MAX_VIOLATIONS,
    Checked,
    Invariant,
    Violation,
    check,
    examine,
    is_worked_on,
    verify,
)
from tests.clock import FakeClock
from tests.scenarios.stage import counting
from tests.storage.lived import ENDED, lived_in


@dataclass
class Lived:
    url: str
    files: Path
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = create_engine(make_url(self.url), poolclass=NullPool)

    def breaches(self, *statements: str, working: bool = True) -> list[Violation]:
        return [breach for checked in self.checked(*statements, working=working) for breach in checked.breaches]

    def checked(self, *statements: str, working: bool = True) -> list[Checked]:
        """After somebody who has the database's password changed it past its constraints; then all is undone."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))  # the times below are written without a zone
            for statement in statements:
                assert connection.execute(text(statement)).rowcount > 0, statement
            return [self._look(connection, invariant, working) for invariant in INVARIANTS]

    def _look(self, connection: Connection, invariant: Invariant, working: bool) -> Checked:
        dialect: DialectName = "postgresql" if connection.dialect.name == "postgresql" else "sqlite"

        def damage() -> list[str]:
            if dialect == "postgresql":
                return []
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check")
            return [f"{row[0]} refers to nothing in {row[2]}" for row in dangling]

        return check(
            Transaction(connection, dialect, lambda: ENDED, str),
            invariant,
            damage=damage,
            now=ENDED,
            working=working,
            files=self.files,
            counting=counting(),
            progress=None,
        )


def test_an_index_that_says_something_else_than_its_rows_is_found_and_made_again(tmp_path: Path) -> None:
    url = lived_in(tmp_path)
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection, connection:
        row = connection.execute("SELECT ticket, reporter, words, notes FROM ticket_search WHERE ticket = 2").fetchone()
        gone = "INSERT INTO ticket_fts(ticket_fts, rowid, reporter, words, notes) VALUES ('delete', ?, ?, ?, ?)"
        connection.execute(gone, row)
        connection.execute("UPDATE ticket SET text = 'eski disk' WHERE id = 3")

    def breaches() -> list[str]:
        with Store.open(url, clock=FakeClock()) as store:
            return [
                str(breach)
                for breach in verify(store, now=ENDED, invariants=INVARIANTS)
                if breach.invariant == "search"
            ]

    assert {breach.partition(":")[0] for breach in breaches()} == {SECOND, THIRD, "ticket 2"}
    told: list[tuple[int, int]] = []
    assert reindex(url, clock=FakeClock(), progress=lambda done, total: told.append((done, total))) == 3
    assert (breaches(), told) == ([], [(3, 3)])


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("lived")
    url = lived_in(folder)
    if request.param == "postgres":
        target = request.getfixturevalue("postgres_server").new_database("lived")
        move(url, target, clock=FakeClock(ENDED), progress=lambda _what, _done, _total: None)
        url = target
    return Lived(url, folder / "files")


def test_a_desk_that_lived_is_sound(lived: Lived) -> None:
    with Store.open(lived.url, clock=FakeClock()) as store:
        assert list(verify(store, now=ENDED, files=lived.files, counting=counting())) == []


FIRST, SECOND, THIRD = "2026-000001", "2026-000002", "2026-000003"
SENT_ONE = "(SELECT min(id) FROM outbox)"
IN_GROUP = "(SELECT min(id) FROM message WHERE conversation = 'telegram:r:-5001')"
CARD = "(SELECT id FROM message WHERE slot = 'card:1' AND conversation = 'web:r:donanim')"
OWN = "(SELECT min(id) FROM message WHERE author IS NOT NULL)"
NEXT_KEY = f"(SELECT min(event_key) FROM message WHERE author IS NOT NULL AND id != {OWN})"
LAST_SEQ = "(SELECT last_seq FROM conversation WHERE address = 'web:p:ayse')"
ANY = "(SELECT min(id) FROM department)"
MERGED = f'{{"into": %d, "at": "{ENDED:%Y-%m-%d}", "people": [], "listed": true}}'
ENDED_LEASE = f"owner = 'dead', leased_until = '{ENDED - LEFT_LYING - timedelta(seconds=1):%Y-%m-%d %H:%M:%S.%f}'"
LIVE_LEASE = f"owner = 'other', leased_until = '{ENDED + timedelta(seconds=30):%Y-%m-%d %H:%M:%S.%f}'"


@pytest.mark.parametrize(
    ("tampering", "invariant", "where", "what"),
    [
        # the database
        (["UPDATE account SET person = 99 WHERE name = 'ayse' AND channel = 'web'"], "database", "", "refers to"),
        # times
        (["UPDATE ticket_timing SET spent_s = spent_s + 60 WHERE ticket = 2"], "times", SECOND, "spent"),
        (["UPDATE ticket_timing SET solve_target_s = 60 WHERE ticket = 3"], "times", THIRD, "solve_target"),
        # numbers
        (["UPDATE counter SET value = 7"], "numbers", "year 2026", "counter stands at 7"),
        (["DELETE FROM counter"], "numbers", "year 2026", "counter stands at 0"),
        (["INSERT INTO counter VALUES ('ticket', 2031, 1)"], "numbers", "year 2031", "there is no ticket"),
        (["INSERT INTO counter VALUES ('XX', 2026, 1)"], "numbers", "counter XX 2026", "nothing has such numbers"),
        # history
        (["UPDATE ticket_event SET after = 'closed' WHERE ticket = 2 AND position = 2"], "history", SECOND, "line 2"),
        (["UPDATE ticket_event SET who = NULL WHERE ticket = 2 AND position = 1"], "history", SECOND, "line 1"),
        (["UPDATE ticket_event SET what = 'dreamt' WHERE ticket = 2 AND position = 3"], "history", SECOND, "dreamt"),
        (["UPDATE ticket_event SET hash = prev_hash WHERE ticket = 2 AND position = 2"], "history", SECOND, "line 2"),
        (["DELETE FROM ticket_event WHERE ticket = 2 AND position = 2"], "history", SECOND, "line 2"),
        (["DELETE FROM ticket_event WHERE ticket = 1"], "history", FIRST, "has no history"),
        (["UPDATE ticket SET event_count = event_count + 1 WHERE id = 2"], "history", SECOND, "lines and not"),
        (["UPDATE ticket SET state = 'cancelled' WHERE id = 2"], "history", SECOND, "ends with state closed"),
        (["UPDATE ticket SET holder = reporter WHERE id = 3"], "history", THIRD, "holder"),
        (["UPDATE ticket SET holder = NULL WHERE id = 3"], "history", THIRD, "holder"),
        (["UPDATE ticket SET priority = 'acil', rank = 0 WHERE id = 3"], "history", THIRD, "priority"),
        (["UPDATE ticket SET rank = 0 WHERE id = 3"], "history", THIRD, "rank 0"),
        (["UPDATE ticket SET rating = 1 WHERE id = 2"], "history", SECOND, "rating"),
        (["UPDATE ticket SET changed_at = opened_at WHERE id = 2"], "history", SECOND, "last move"),
        (["UPDATE ticket SET finished_at = NULL WHERE id = 2"], "history", SECOND, "counted as finished"),
        # histories of stores, and anchors
        (["UPDATE store_event SET after = '{}' WHERE position = 1"], "stores", "place 7", "line 1"),
        (
            ["DELETE FROM store_event WHERE position = 1 AND key = 7"],
            "stores",
            "place 7",
            "line 1 of its history is missing",
        ),
        (["UPDATE store_event SET stream = 'dream' WHERE key = 7"], "stores", "dream 7", "does not know"),
        (
            ["DELETE FROM anchor_head WHERE anchor = 1", "DELETE FROM anchor WHERE number = 1"],
            "anchors",
            "anchor 2 (2026-11-22)",
            "number 1 before it is missing",
        ),
        (["UPDATE anchor SET previous = '' WHERE number = 2"], "anchors", "anchor 2 (2026-11-22)", "does not follow"),
        (["UPDATE anchor_head SET hash = 'x' WHERE stream = 'place'"], "anchors", "anchor 2", "its histories say"),
        (["DELETE FROM anchor_head WHERE anchor = 1 AND key = 1"], "anchors", "anchor 1 (2026-11-21)", "histories say"),
        (["DELETE FROM pending_head"], "anchors", "place 7", "wait for no anchor"),
        (["UPDATE pending_head SET hash = 'x'"], "anchors", "place 7", "line 3 is not"),
        # places
        (["UPDATE place SET room = '7' WHERE id = (SELECT min(id) FROM place)"], "places", "place", "does not have"),
        (["UPDATE place SET merged_into = id, merged_at = '2026-11-23 09:00:00.000000'"], "places", "place", "circle"),
        # devices
        (["UPDATE device SET number = 'D-00009' WHERE id = 1"], "numbers", "D", "the last number is 9"),
        (["UPDATE device SET serial = 'X1' WHERE id = 1"], "devices", "device D-00001", "do not stand on it"),
        (["DELETE FROM device_key WHERE device = 2"], "devices", "device D-00002", "not under those that do"),
        (["UPDATE device SET holder = NULL WHERE id = 1"], "devices", "device D-00001", "in nobody's custody"),
        (["UPDATE device SET custody = 'attic' WHERE id = 2"], "devices", "device D-00002", "which there is not"),
        (["UPDATE device SET living = false WHERE id = 1"], "devices", "device D-00001", "among the living"),
        (["UPDATE device SET merged_into = 2 WHERE id = 2"], "devices", "device 2", "in a circle"),
        (["UPDATE device SET ending = 'withdrawn' WHERE id = 1"], "devices", "label 7K3M9Q2X", "was withdrawn"),
        (["DELETE FROM store_event WHERE stream = 'device' AND key = 2"], "devices", "D-00002", "no history"),
        # officers
        (["UPDATE officer SET ends = '2026-11-01' WHERE in_place_of IS NULL"], "officers", "officer 1", "before it"),
        (["UPDATE officer SET office = 'tasinir_kontrol' WHERE id = 2"], "officers", "officer 2", "acts for somebody"),
        (
            [
                "UPDATE officer SET office = 'tasinir_kontrol', in_place_of = NULL WHERE id = 2",
                "UPDATE officer SET person = (SELECT min(person) FROM officer)",
            ],
            "officers",
            "officer 2",
            "kayıt and kontrol",
        ),
        (["UPDATE officer SET in_place_of = person WHERE id = 2"], "officers", "officer 2", "their own"),
        # approvals
        (
            ["UPDATE approval SET decision = 'approved', decided_by = asked_by, decided_at = asked_at"],
            "approvals",
            FIRST,
            "does not say so",
        ),
        # the search
        (["UPDATE ticket_search SET words = 'yazici' WHERE ticket = 2"], "search", SECOND, "by the words it has now"),
        (["UPDATE ticket_search SET notes = notes || ' gizli' WHERE ticket = 2"], "search", SECOND, "by the notes"),
        (["UPDATE ticket_search SET reporter = '' WHERE ticket = 2"], "search", SECOND, "by the reporter"),
        (["DELETE FROM ticket_search WHERE ticket = 2"], "search", SECOND, "nothing of it can be found"),
        (["UPDATE ticket SET restricted = true WHERE id = 2"], "search", SECOND, "a security matter"),
        (["UPDATE ticket_entry SET text = 'başka' WHERE ticket = 2"], "search", SECOND, "it has now"),
        (["UPDATE person SET search = 'baskasi' WHERE handle = 'ayse'"], "search", "2026", "by the reporter"),
        # one ticket a report
        (["UPDATE ticket SET draft = (SELECT draft FROM ticket WHERE id = 1) WHERE id = 2"], "reports", SECOND, ""),
        # events
        (["UPDATE inbox SET state = 'lost' WHERE key = 'telegram:1'"], "events", "telegram:1", "no state"),
        (["UPDATE inbox SET payload = '{}' WHERE id = 1"], "events", "event", "still keeps its text"),
        (
            [f"UPDATE inbox SET state = 'waiting' WHERE key = (SELECT event_key FROM message WHERE id = {OWN})"],
            "events",
            "event",
            "the event is waiting",
        ),
        (
            [f"DELETE FROM inbox WHERE key = (SELECT event_key FROM message WHERE id = {OWN})"],
            "events",
            "event",
            "the event is unknown",
        ),
        (
            [
                f"UPDATE message SET event_key = {NEXT_KEY} WHERE id = {OWN}",
            ],
            "events",
            "event",
            "recorded twice",
        ),
        # waiting
        ([f"UPDATE inbox SET {ENDED_LEASE} WHERE key = 'telegram:1'"], "waiting", "inbox", "dead"),
        (
            [f"UPDATE outbox SET state = 'due', attempts = 1, {ENDED_LEASE} WHERE state = 'given_up'"],
            "waiting",
            "outbox",
            "dead",
        ),
        # messages
        (
            [
                f"UPDATE message SET seq = {LAST_SEQ} WHERE id = {OWN}",
            ],
            "messages",
            "web:p:ayse",
            "two messages stand at",
        ),
        (["UPDATE conversation SET last_seq = 99 WHERE address = 'web:p:ayse'"], "messages", "web:p:ayse", "counts 99"),
        ([f"UPDATE message SET first_seq = seq + 1 WHERE id = {CARD}"], "messages", "web:r:donanim", "order"),
        ([f"UPDATE message SET reply_to = {OWN} WHERE id = {CARD}"], "messages", "message", "answers one"),
        # buttons
        ([f"UPDATE message SET deleted = true WHERE id = {CARD}"], "buttons", "message", "deleted"),
        (
            ["INSERT INTO button SELECT token || '2', message, action, label, position, live FROM button WHERE live"],
            "buttons",
            "message",
            "same button twice",
        ),
        ([f"UPDATE message SET slot = 'card:77', ticket = 1 WHERE id = {CARD}"], "buttons", "message", "another"),
        # deliveries
        ([f"UPDATE outbox SET state = 'lost' WHERE id = {SENT_ONE}"], "deliveries", "outbox", "lost"),
        ([f"UPDATE outbox SET message = {OWN} WHERE id = {SENT_ONE}"], "deliveries", "outbox", "does not fit"),
        ([f"UPDATE outbox SET channel = 'slack' WHERE id = {SENT_ONE}"], "deliveries", "outbox", "does not fit"),
        (
            [f"UPDATE outbox SET state = 'due', attempts = 0, due_at = created_at WHERE id = {SENT_ONE}"],
            "deliveries",
            "telegram:r:-5001",
            "before an older one",
        ),
        (
            [
                f"UPDATE outbox SET state = 'due', {LIVE_LEASE} WHERE id = {SENT_ONE}",
                f"UPDATE outbox SET state = 'due', {LIVE_LEASE.replace('other', 'another')} WHERE state = 'given_up'",
            ],
            "deliveries",
            "telegram:r:-5001",
            "several processes",
        ),
        # told
        (["UPDATE message SET kind = 'x' WHERE kind = 'opened' AND ticket = 1"], "told", FIRST, "told to nobody"),
        (["UPDATE message SET kind = 'x' WHERE kind = 'opened_by_other'"], "told", THIRD, "caller"),
        (["UPDATE message SET kind = 'x' WHERE kind = 'update_resolved'"], "told", SECOND, "update_resolved"),
        (["UPDATE message SET kind = 'x' WHERE kind = 'update_waiting'"], "told", SECOND, "0 of 1 times"),
        # cards
        (
            ["UPDATE message SET slot = NULL WHERE slot = 'card:3' AND conversation = 'telegram:r:-5001'"],
            "cards",
            THIRD,
            "telegram:r:-5001",
        ),
        # summaries
        (
            ["INSERT INTO job_run SELECT job, scope, '2026-11-22', until FROM job_run WHERE scope = 'donanim'"],
            "summaries",
            "digest:donanim:2026-11-23",
            "ends before",
        ),
        (
            ["UPDATE message SET kind = 'x' WHERE kind IN ('digest', 'digest_units', 'morning')"],
            "summaries",
            "digest:",
            "posted nowhere",
        ),
        # months
        (
            ["UPDATE month_lock SET figures = REPLACE(figures, '12', '13')"],
            "months",
            "month_lock 1",
            "not those that were signed",
        ),
        (["UPDATE month_lock SET unit = 'yazilim'"], "months", "month_lock 1", "not those that were signed"),
        # attachments
        (
            ["UPDATE attachment SET size = size + 1 WHERE name = 'ekran.png'"],
            "attachments",
            "attachment",
            "bytes on disk",
        ),
        ([f"UPDATE attachment SET sha256 = '{'0' * 64}' WHERE name = 'ekran.png'"], "attachments", "", "were changed"),
        (
            ["UPDATE attachment SET id = '../masa.db' WHERE name = 'ekran.png'"],
            "attachments",
            "",
            "no name of a stored",
        ),
        (["UPDATE ticket SET files = '[\"gone\"]' WHERE id = 2"], "attachments", "ticket 2", "not known"),
        # trainings
        (["UPDATE training SET capacity = 0"], "trainings", "EG-2026-00001", "more who come than places"),
        (["UPDATE training SET held_at = NULL"], "trainings", "EG-2026-00001", "it was not held"),
        # announcements
        (["UPDATE announcement SET withdrawn_at = made_at"], "announcements", "DU-2026-00001", "as its history says"),
        (["UPDATE announcement_reader SET read_at = told_at"], "announcements", "DU-2026-00001", "said to have read"),
        # documents to be answered
        (["UPDATE document_track SET answer_no = ''"], "documents", "ET-2026-00001", "is half ended"),
        (["UPDATE document_track SET last_day = came_on"], "documents", "ET-2026-00001", "its last day cannot be"),
        (["UPDATE document_track SET withdrawn_at = made_at"], "documents", "ET-2026-00001", "as its history says"),
        # handovers
        (["UPDATE handover SET text = 'x' WHERE state = 'confirmed'"], "handovers", "TB-2026-00001", "its text is not"),
        (["UPDATE handover SET how = NULL"], "handovers", "TB-2026-00001", "is half confirmed"),
        (["UPDATE handover_line SET waiting = (handover = 1)"], "handovers", "TB-2026-00001", "waits in it"),
        (["UPDATE depot_order SET state = 'refused'"], "handovers", "TB-2026-00001", "was not given for it"),
        (["UPDATE depot_order SET decided_at = NULL"], "handovers", "CE-2026-00001", "decided by nobody"),
        (["UPDATE handover SET due_back = NULL"], "handovers", "TB-2026-00003", "has no day"),
        (["UPDATE handover_code SET used_at = NULL"], "handovers", "TB-2026-00002", "a code that nobody used"),
        (["UPDATE depot_order SET signed_by = NULL"], "handovers", "CE-2026-00003", "is signed by nobody"),
        (["UPDATE standing_order SET document = ''"], "handovers", "standing order 1", "has no document"),
        (["UPDATE official_record SET handover = 4"], "official", "TB-2026-00004", "was not confirmed"),
        # the depot
        (["UPDATE stock_move SET delta = 1 WHERE why = 'received'"], "stock", "TN-2421", "stood at -1"),
        (["UPDATE stock_move SET undoes = NULL"], "stock", "SH-2026-00003", "undoes nothing"),
        (["UPDATE scrap_proposal SET approved_by = NULL"], "scrap", "HT-2026-001", "by nobody"),
        (["UPDATE scrap_member SET expert = false"], "scrap", "HT-2026-001", "without an expert"),
        (["UPDATE scrap_line SET verdict = NULL"], "scrap", "HT-2026-001", "nobody decided on"),
        (["UPDATE inventory_count SET closed_by = NULL"], "counts", "SY-2026-01", "closed or written by nobody"),
        (["DELETE FROM inventory_counter"], "counts", "SY-2026-01", "board of fewer"),
        (
            ["UPDATE inventory_count_line SET device = 2 WHERE device = 1"],
            "counts",
            "SY-2026-01",
            "history does not say",
        ),
        (
            ["UPDATE inventory_count SET written_at = NULL, written_by = NULL"],
            "counts",
            "SH-2026-00005",
            "did not order",
        ),
        (["UPDATE pending_use SET quantity = 7 WHERE settled_by IS NOT NULL"], "stock", "pending use 1", "not of it"),
        # personal data that may be touched
        (["UPDATE breach SET reminded = 25"], "breaches", "KV-2026-001", "reminded of at no step"),
        (["UPDATE breach SET reported_by = NULL"], "breaches", "KV-2026-001", "reported by nobody"),
        # what agents saw
        (["DELETE FROM sighting_key WHERE kind = 'mac'"], "sightings", "sighting 2", "is kept under what"),
        (["UPDATE sighting SET link = NULL"], "sightings", "sighting 1", "by nothing"),
        (["UPDATE sighting SET ignored_by = NULL"], "sightings", "sighting 2", "of none by something"),
        (["UPDATE sighting SET search = 'x' WHERE id = 2"], "sightings", "sighting 2", "is not searched by"),
        (["UPDATE page_count SET total = -1"], "sightings", "sighting 1", "when it was not seen"),
        # what ends on a day
        (["UPDATE term SET successor = NULL"], "terms", "SK-00002", "is renewed by nothing"),
        (["UPDATE term SET next_day = '2026-01-01' WHERE number = 'SK-00001'"], "terms", "SK-00001", "is looked at on"),
        (["DELETE FROM store_event WHERE stream = 'term' AND key = 4"], "terms", "SK-00004", "has no history"),
        # programs
        (["UPDATE program_seat SET person = NULL"], "programs", "seat 1", "is of nobody"),
        # service forms
        (["UPDATE service_visit SET approved_by = NULL"], "services", "SF-2026-00001", "is half approved"),
        (["UPDATE service_visit SET without_form = ''"], "services", "SF-2026-00001", "neither a form"),
        (["UPDATE vendor_wait SET disk = NULL"], "services", "wait 1", "without a word of its disk"),
        # departments
        ([f"UPDATE department SET merge = '{MERGED % 99}' WHERE id = {ANY}"], "departments", "", "which there is not"),
        ([f"UPDATE department SET merge = '{MERGED % 1}' WHERE id = 1"], "departments", "department 1", "in a circle"),
        ([f"UPDATE department SET name = 'Deniz' WHERE id = {ANY}"], "departments", "", "is not kept"),
        (["UPDATE department SET name = 'Deniz'"], "departments", "", "has a name of"),
        # secrets
        (["UPDATE join_code SET code_hash = 'ABCDE-FGH23'"], "secrets", "join_code", "11 characters"),
        (
            ["UPDATE session SET token_hash = 'cookie' WHERE token_hash = (SELECT min(token_hash) FROM session)"],
            "secrets",
            "session",
            "6 characters",
        ),
    ],
)
def test_what_is_broken_is_found(lived: Lived, tampering: list[str], invariant: str, where: str, what: str) -> None:
    found = lived.breaches(*tampering)
    others = {breach.invariant for breach in found} - {invariant}
    assert others <= ({"anchors"} if invariant in ("history", "stores", "devices", "terms") else set()), (
        "anchors see it, too"
    )
    assert any(where in breach.where and what in breach.what for breach in found), found


@pytest.mark.postgres
def test_a_constraint_that_was_put_past_the_rows(tmp_path: Path, postgres_url: str) -> None:
    engine = create_engine(postgres_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE counter ADD CONSTRAINT ck_late CHECK (value > 0) NOT VALID"))
    try:
        (found,) = Lived(postgres_url, tmp_path).breaches()
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE counter DROP CONSTRAINT ck_late"))
    assert str(found) == "database: ck_late is not in force"


def test_whether_a_desk_works_there(lived: Lived) -> None:
    with Store.open(lived.url, clock=FakeClock()) as store:
        assert not is_worked_on(store, ENDED)
        store.write(lambda uow: uow.leases.hold(["clock"], "somebody", 15, ENDED))
        assert is_worked_on(store, ENDED)
        store.write(lambda uow: uow.leases.hold(["clock"], "somebody", -1, ENDED))
        assert not is_worked_on(store, ENDED), "it ran out"
        store.write(lambda uow: uow.leases.release("somebody", ["clock"]))


def test_two_summaries_that_overlap(lived: Lived) -> None:
    (found,) = lived.breaches(
        "INSERT INTO job_run SELECT job, scope, '2026-11-22', until FROM job_run"
        " WHERE job = 'digest' AND scope = 'donanim'"
    )
    assert (found.invariant, found.where) == ("summaries", "digest:donanim:2026-11-23")


def test_a_number_that_is_missing(lived: Lived) -> None:
    found = lived.breaches(
        "UPDATE ticket SET number = '2026-000009' WHERE id = 2", "UPDATE counter SET value = 9 WHERE kind = 'ticket'"
    )
    (gap,) = [breach.what for breach in found if breach.invariant == "numbers"]
    assert gap == "6 numbers are missing, the first after 1"


def test_a_file_that_is_gone_from_disk(lived: Lived) -> None:
    (file,) = [path for path in lived.files.iterdir() if path.read_bytes().endswith(b"not really")]
    content = file.read_bytes()
    file.unlink()
    try:
        (found,) = lived.breaches()
    finally:
        file.write_bytes(content)
    assert found.where == f"attachment {file.name}"
    assert "not on disk" in found.what


def test_what_waits_while_no_desk_works_is_no_breach(lived: Lived) -> None:
    waits = f"UPDATE inbox SET {ENDED_LEASE} WHERE key = 'telegram:1'"
    assert lived.breaches(waits, working=False) == []
    assert [breach.invariant for breach in lived.breaches(waits, working=True)] == ["waiting"]


def test_a_time_that_is_none_stops_only_its_own_invariant(tmp_path: Path) -> None:
    lived = Lived(lived_in(tmp_path), tmp_path / "files")
    (found,) = lived.breaches("UPDATE ticket_event SET at = 'yesterday' WHERE ticket = 1 AND position = 1")
    assert (found.invariant, "yesterday" in found.what) == ("history", True)


def test_only_so_many_breaches_of_one_kind_are_told(lived: Lived) -> None:
    many = " UNION ALL ".join(
        f"SELECT 'secret{place}', 'technician', '', expires_at FROM join_code" for place in range(MAX_VIOLATIONS + 1)
    )
    secrets = lived.checked(f"INSERT INTO join_code (code_hash, role, name, expires_at) {many}")[-1]
    assert (len(secrets.breaches), secrets.more) == (MAX_VIOLATIONS, True)


def test_progress_is_told_to_the_end(lived: Lived) -> None:
    told: dict[str, list[tuple[int, int]]] = {}

    def note(invariant: Invariant, done: int, total: int) -> None:
        told.setdefault(invariant.name, []).append((done, total))

    with Store.open(lived.url, clock=FakeClock()) as store:
        for _ in examine(store, now=ENDED, files=lived.files, counting=counting(), progress=note):
            pass
    assert set(told) == {invariant.name for invariant in INVARIANTS}
    assert told["history"][0] == (0, 3)
    assert all(steps[-1][0] == steps[-1][1] for steps in told.values())
