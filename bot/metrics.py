"""What `/metrics` tells Prometheus. A registry of its own: nothing of the process leaks in by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.vitals import Pulse
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt
from storage.errors import StoreError

_OUTCOMES = {Delivered: "delivered", RetryAt: "retried", GaveUp: "given_up"}
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """Counts what happens in this process; what lies in the database is read when somebody asks."""

    def __init__(self, pulse: Pulse | None = None) -> None:
        self.registry = CollectorRegistry()
        self._accepted = Counter(
            "masa_events_accepted", "Events stored and acknowledged.", ["channel"], registry=self.registry
        )
        self._handling = Histogram(
            "masa_handling_seconds",
            "From the start of an event's handling to its commit.",
            ["channel"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._failed = Counter(
            "masa_events_failed",
            "Attempts that failed; `quarantined`: no more are made.",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self._matching = Histogram(
            "masa_matching_seconds", "Understanding one message.", buckets=_SECONDS, registry=self.registry
        )
        self._deliveries = Counter(
            "masa_deliveries",
            "Attempts to bring a message to a platform.",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self._leases_lost = Counter(
            "masa_leases_lost",
            "What this process held and another one took: it was stalled, or the database was away.",
            ["name"],
            registry=self.registry,
        )
        self._streams = Gauge("masa_open_streams", "Browsers and terminals that listen.", registry=self.registry)
        ProcessCollector(namespace="masa", registry=self.registry)
        if pulse is not None:
            self.registry.register(_FromDatabase(pulse))

    def accepted(self, channel: str) -> None:
        self._accepted.labels(channel).inc()

    def handled(self, channel: str, seconds: float) -> None:
        self._handling.labels(channel).observe(seconds)

    def failed(self, channel: str, *, quarantined: bool) -> None:
        self._failed.labels(channel, "quarantined" if quarantined else "retried").inc()

    def matched(self, seconds: float) -> None:
        self._matching.observe(seconds)

    def delivered(self, delivery: Delivery, outcome: Outcome) -> None:
        """`Relay(on_outcome=metrics.delivered)`."""
        self._deliveries.labels(delivery.channel, _OUTCOMES[type(outcome)]).inc()

    def lease_lost(self, name: str) -> None:
        """`name`: of the lease (`telegram:listen` …), or `event` for one that was in hand."""
        self._leases_lost.labels(name).inc()

    def count_streams(self, streams: Callable[[], int]) -> None:
        self._streams.set_function(streams)

    def page(self) -> bytes:
        return generate_latest(self.registry)


class _FromDatabase(Collector):
    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse

    def describe(self) -> Iterator[Metric]:
        """Nothing: the registry need not read the database when this is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        try:
            vitals = self._pulse.vitals()
        except (SQLAlchemyError, StoreError):
            yield GaugeMetricFamily("masa_database_up", "Whether the database answers.", 0)
            return
        yield GaugeMetricFamily("masa_database_up", "Whether the database answers.", 1)
        for name, backlog in (("inbox", vitals.inbox), ("outbox", vitals.outbox)):
            yield GaugeMetricFamily(f"masa_{name}_waiting", f"Rows of the {name} that wait.", backlog.waiting)
            yield GaugeMetricFamily(
                f"masa_{name}_oldest_seconds",
                f"Age of the oldest waiting row of the {name}.",
                vitals.age(backlog.oldest),
            )
            yield GaugeMetricFamily(
                f"masa_{name}_given_up", f"Rows of the {name} that wait for an admin.", backlog.given_up
            )
        yield GaugeMetricFamily("masa_outbox_held", "1 after a restore, until released.", int(vitals.outbox_held))
        tickets = GaugeMetricFamily("masa_tickets_active", "Tickets that somebody has to work on.", labels=["unit"])
        for unit, count in vitals.active.items():
            tickets.add_metric([unit], count)
        yield tickets
        ages = GaugeMetricFamily("masa_digest_age_seconds", "Since the unit's last daily summary.", labels=["unit"])
        for unit, at in vitals.digests.items():
            if at is not None:
                ages.add_metric([unit], vitals.age(at))
        yield ages
        yield GaugeMetricFamily("masa_disk_free_bytes", "Where attachments lie.", self._pulse.free_bytes())
