"""What `/metrics` and `/healthz` tell."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.filestore.disk_space import DiskSpace
from bot.monitoring.health import HealthMonitor
from bot.monitoring.metrics import Metrics
from handlers.domain.job_run import JobName, JobRun
from handlers.messages import Delivered, Delivery, GaveUp, Outgoing, RetryAt
from handlers.ports import Arrival, Conversation, StoreError, StoreUnavailable, UnitOfWork
from storage import Store
from tests.clock import FakeClock
from tests.storage.stores import open_sqlite

UNITS = ("donanim", "yazilim")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with open_sqlite(tmp_path, clock) as opened:
        yield opened


def pulse_of(transactions: object, clock: FakeClock, folder: Path, **more: object) -> HealthMonitor:
    folders = {"attachments": folder, "database": folder}
    return HealthMonitor(transactions=transactions, clock=clock, units=UNITS, folders=folders, version="0.1.0", **more)  # type: ignore[arg-type]


@pytest.fixture
def monitor(store: Store, clock: FakeClock, tmp_path: Path) -> HealthMonitor:
    return pulse_of(store, clock, tmp_path)


def arrive(store: Store, clock: FakeClock, key: str = "web:1") -> None:
    arrival = Arrival(key=key, channel="web", conversation="web:p:a", payload="{}", received_at=clock.now())
    store.write(lambda uow: uow.inbox.accept([arrival], now=clock.now(), owner=None))


def lines(metrics: Metrics) -> dict[str, float]:
    rows = (line.rpartition(" ") for line in metrics.page().decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in rows}


def test_what_happened_is_counted_by_channel() -> None:
    metrics = Metrics()
    metrics.accepted("web")
    metrics.handled("web", 0.004)
    metrics.failed("telegram", quarantined=True)
    metrics.matched(0.002)
    delivery = Delivery(id=1, conversation="slack:p:D", channel="slack", message_id=1, attempt=1, text="x")
    for outcome in (Delivered("1"), RetryAt(1, "429"), GaveUp("403"), RetryAt(1, "no answer", unsure=True)):
        metrics.delivered(delivery, outcome)
    metrics.delivered(replace(delivery, edit_ref="1"), RetryAt(1, "no answer", unsure=True))
    metrics.count_streams(lambda: 3)
    metrics.count_connections(lambda: 5)
    metrics.turned_away("slow_head")
    metrics.file_refused("file_quota")
    metrics.watch_space(DiskSpace(Path("/files"), None, 500, free=lambda _folder: 400))
    found = lines(metrics)
    assert found["masa_connections"] == 5
    assert found['masa_files_refused_total{why="file_quota"}'] == 1
    assert (found['masa_accepting{what="files"}'], found['masa_accepting{what="messages"}']) == (0, 1)
    assert found['masa_connections_turned_away_total{why="slow_head"}'] == 1
    assert found['masa_events_accepted_total{channel="web"}'] == 1
    assert found['masa_handling_seconds_count{channel="web"}'] == 1
    assert found['masa_events_failed_total{channel="telegram",outcome="quarantined"}'] == 1
    assert found["masa_matching_seconds_count"] == 1
    outcomes = ("delivered", "retried", "given_up", "unsure")
    counted = {outcome: found[f'masa_deliveries_total{{channel="slack",outcome="{outcome}"}}'] for outcome in outcomes}
    assert counted == {"delivered": 1, "retried": 2, "given_up": 1, "unsure": 1}, "an edit doubles nothing"
    assert found["masa_open_streams"] == 3


def test_what_lies_in_the_database_is_read_when_asked(store: Store, clock: FakeClock, monitor: HealthMonitor) -> None:
    metrics = Metrics(monitor)
    arrive(store, clock)
    store.write(lambda uow: uow.job_runs.add(JobRun(JobName.DIGEST, "donanim", clock.now().date(), clock.now())))
    clock.advance(hours=1)
    found = lines(metrics)
    assert (found["masa_inbox_waiting"], found["masa_inbox_oldest_seconds"]) == (1, 3600)
    assert found['masa_digest_age_seconds{unit="donanim"}'] == 3600
    assert 'masa_digest_age_seconds{unit="yazilim"}' not in found
    assert found['masa_tickets_active{unit="yazilim"}'] == 0


def test_the_backlog_of_each_channel_is_shown(store: Store, clock: FakeClock, tmp_path: Path) -> None:
    def say(uow: UnitOfWork) -> None:
        uow.conversations.ensure(Conversation(address="slack:p:D", channel="slack"))
        uow.messages.put(Outgoing(conversation="slack:p:D", text="merhaba"))

    store.write(say)
    clock.advance(minutes=1)
    channels = {"telegram": {"ok": True}, "slack": {"ok": False, "trouble": "no_socket"}}
    found = lines(Metrics(pulse_of(store, clock, tmp_path, channels=lambda: channels)))
    assert found['masa_outbox_oldest_seconds{channel="slack"}'] == 60
    assert found['masa_outbox_waiting{channel="telegram"}'] == 0
    assert (found['masa_channel_up{channel="telegram"}'], found['masa_channel_up{channel="slack"}']) == (1, 0)


def test_the_age_of_the_last_backup(store: Store, clock: FakeClock, monitor: HealthMonitor) -> None:
    assert lines(Metrics(monitor))["masa_backup_age_seconds"] == float("inf")
    store.write(lambda uow: uow.job_runs.add(JobRun(JobName.BACKUP, "", clock.now().date(), clock.now())))
    clock.advance(hours=26)
    assert lines(Metrics(monitor))["masa_backup_age_seconds"] == 26 * 3600


def test_each_write_is_timed(store: Store, clock: FakeClock) -> None:
    metrics = Metrics()
    metrics.watch_store(store)
    arrive(store, clock)
    with pytest.raises(StoreError):
        store.write(lambda _uow: store.write(lambda _uow: None))
    found = lines(metrics)
    assert found["masa_write_seconds_count"] == 2
    assert found["masa_writes_waiting"] == 0


def test_a_duty_is_shown_where_it_lies(store: Store) -> None:
    held = {"clock"}
    metrics = Metrics()
    metrics.watch_leases(["clock", "telegram:send"], lambda name: name in held)
    found = lines(metrics)
    assert (found['masa_lease_held{name="clock"}'], found['masa_lease_held{name="telegram:send"}']) == (1, 0)
    held.clear()
    assert lines(metrics)['masa_lease_held{name="clock"}'] == 0


def test_who_takes_no_platform_in_says_nothing_of_it(store: Store, clock: FakeClock, tmp_path: Path) -> None:
    channels = {"telegram": {"ok": False, "listens": False}, "slack": {"ok": True, "listens": True}}
    found = lines(Metrics(pulse_of(store, clock, tmp_path, channels=lambda: channels)))
    assert found['masa_channel_up{channel="slack"}'] == 1
    assert 'masa_channel_up{channel="telegram"}' not in found


@pytest.mark.postgres
def test_whether_others_are_heard(postgres_url: str) -> None:
    with Store.open(postgres_url, clock=FakeClock()) as shared:
        metrics = Metrics()
        metrics.watch_store(shared)
        assert lines(metrics)["masa_notifications_up"] == 0
        heard = threading.Event()
        shared.on_change(heard.set)
        assert heard.wait(10)
        assert lines(metrics)["masa_notifications_up"] == 1


def test_a_lost_lease_is_counted_by_name() -> None:
    metrics = Metrics()
    metrics.lease_lost("clock")
    assert lines(metrics)['masa_leases_lost_total{name="clock"}'] == 1


def test_a_summary_that_is_due_for_long_is_an_alarm(store: Store, clock: FakeClock, tmp_path: Path) -> None:
    due_at = clock.now()
    monitor = pulse_of(store, clock, tmp_path, digests_due=lambda _uow, by: int(by >= due_at))
    clock.advance(minutes=14)
    assert monitor.health()["alarms"] == []
    clock.advance(minutes=1)
    assert monitor.health()["alarms"] == ["digest_late"]
    assert lines(Metrics(monitor))["masa_digests_late"] == 1


def test_a_disk_that_is_gone_has_no_room(monitor: HealthMonitor, tmp_path: Path) -> None:
    monitor.folders = {"attachments": tmp_path / "gone", "database": tmp_path}
    assert monitor.health()["alarms"] == ["disk_space"]
    assert lines(Metrics(monitor))['masa_disk_free_bytes{folder="attachments"}'] == 0


def test_all_is_well(monitor: HealthMonitor) -> None:
    health = monitor.health()
    assert health["ok"] is True
    assert health["alarms"] == []


def test_messages_that_nobody_handles_are_no_health(store: Store, clock: FakeClock, monitor: HealthMonitor) -> None:
    arrive(store, clock)
    clock.advance(seconds=121)
    assert monitor.health()["ok"] is False
    assert monitor.health()["alarms"] == ["inbox_stuck"]


def test_what_waits_for_an_admin_is_an_alarm_but_no_illness(
    store: Store, clock: FakeClock, monitor: HealthMonitor
) -> None:
    def trouble(uow: UnitOfWork) -> None:
        uow.inbox.failed("web:1", "ValueError", None, clock.now())
        uow.conversations.ensure(Conversation(address="slack:p:D", channel="slack"))
        uow.messages.put(Outgoing(conversation="slack:p:D", text="merhaba"))
        uow.outbox.hold(True)

    arrive(store, clock)
    store.write(trouble)
    clock.advance(minutes=16)
    health = monitor.health()
    assert health["ok"] is True
    assert health["alarms"] == ["inbox_quarantine", "outbox_late", "outbox_held"]


def test_a_flood_of_questions_is_answered_from_memory(store: Store, clock: FakeClock, monitor: HealthMonitor) -> None:
    first = monitor.snapshot()
    arrive(store, clock)
    assert monitor.snapshot() is first
    clock.advance(timedelta(seconds=2))
    assert monitor.snapshot().inbox.waiting == 1


def test_a_database_that_does_not_answer_is_not_asked_at_once_again(clock: FakeClock, tmp_path: Path) -> None:
    class Gone:
        asked = 0

        def read(self, work: object) -> object:
            self.asked += 1
            raise StoreUnavailable("gone")

    gone = Gone()
    monitor = pulse_of(gone, clock, tmp_path)
    assert monitor.health()["ok"] is False
    assert lines(Metrics(monitor))["masa_database_up"] == 0
    assert gone.asked == 1
    clock.advance(seconds=2)
    assert monitor.health()["alarms"] == ["database_unreachable"]
    assert gone.asked == 2
