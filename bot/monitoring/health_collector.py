"""The vitals as `/metrics` shows them: read from the database when Prometheus asks, the same from every process."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.monitoring.health import HealthMonitor, HealthSnapshot
from handlers.ports import Backlog, StoreError


class VitalsCollector(Collector):
    def __init__(self, monitor: HealthMonitor) -> None:
        self._monitor = monitor

    def describe(self) -> Iterator[Metric]:
        """Nothing: the registry need not read the database when this is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        yield from self._of_this_process()
        try:
            snapshot = self._monitor.snapshot()
        except StoreError:
            yield GaugeMetricFamily("masa_database_up", "Whether the database answers.", 0)
            return
        yield GaugeMetricFamily("masa_database_up", "Whether the database answers.", 1)
        yield from _backlog("inbox", "", {"": snapshot.inbox}, snapshot)
        quiet = {name: Backlog(waiting=0, oldest=None, given_up=0) for name in self._monitor.channels()}
        yield from _backlog("outbox", "channel", {**quiet, **snapshot.outboxes}, snapshot)
        yield GaugeMetricFamily("masa_outbox_held", "1 after a restore, until released.", int(snapshot.outbox_held))
        yield _by("unit", "masa_tickets_active", "Tickets that somebody has to work on.", snapshot.active)
        ages = {unit: snapshot.age(at) for unit, at in snapshot.digests.items() if at is not None}
        yield _by("unit", "masa_digest_age_seconds", "Since the unit's last daily summary.", ages)
        yield GaugeMetricFamily(
            "masa_digests_late", "Summaries that were due and are not posted.", snapshot.digests_late
        )
        yield GaugeMetricFamily("masa_codes_refused", "Wrong codes for joining within an hour.", snapshot.codes_refused)
        if "database" in self._monitor.folders:
            age = snapshot.age(snapshot.backup) if snapshot.backup else math.inf
            yield GaugeMetricFamily(
                "masa_backup_age_seconds", "Since the last `masa backup`; +Inf: there is none.", age
            )

    def _of_this_process(self) -> Iterator[Metric]:
        build = GaugeMetricFamily("masa_build_info", "Always 1.", labels=["version"])
        build.add_metric([self._monitor.version], 1)
        yield build
        now = self._monitor.clock.now().timestamp()
        yield GaugeMetricFamily("masa_clock_timestamp_seconds", "The desk's clock, to compare with Prometheus's.", now)
        yield _by("folder", "masa_disk_free_bytes", "Where our files lie.", self._monitor.free_bytes())
        said = self._monitor.channels()
        states = {name: float(bool(state["ok"])) for name, state in said.items() if state.get("listens", True)}
        yield _by("channel", "masa_channel_up", "Whether the platform that this process takes in is reached.", states)


def _backlog(name: str, label: str, backlogs: Mapping[str, Backlog], snapshot: HealthSnapshot) -> Iterator[Metric]:
    waiting = {key: own.waiting for key, own in backlogs.items()}
    oldest = {key: snapshot.age(own.oldest) for key, own in backlogs.items()}
    given_up = {key: own.given_up for key, own in backlogs.items()}
    yield _by(label, f"masa_{name}_waiting", f"Rows of the {name} that wait.", waiting)
    yield _by(label, f"masa_{name}_oldest_seconds", f"Age of the oldest waiting row of the {name}.", oldest)
    yield _by(label, f"masa_{name}_given_up", f"Rows of the {name} that wait for an admin.", given_up)


def _by(label: str, name: str, says: str, values: Mapping[str, float]) -> Metric:
    """`label` empty: one value without any."""
    family = GaugeMetricFamily(name, says, labels=[label] if label else [])
    for key, value in values.items():
        family.add_metric([key] if label else [], value)
    return family
