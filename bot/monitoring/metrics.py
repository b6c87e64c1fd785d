"""What `/metrics` tells Prometheus. A registry of its own: nothing of the process leaks in by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.monitoring.health import HealthMonitor
from bot.monitoring.health_collector import VitalsCollector
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt

_OUTCOMES = {Delivered: "delivered", RetryAt: "retried", GaveUp: "given_up"}
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Watched(Protocol):
    """What a store tells of itself."""

    @property
    def writes_waiting(self) -> int: ...
    @property
    def hears_peers(self) -> bool: ...
    def on_write(self, listener: Callable[[float], None]) -> None: ...


class WatchedSpace(Protocol):
    """What the disk tells of itself."""

    def takes_files(self) -> bool: ...
    def takes_messages(self) -> bool: ...


class Metrics:
    """Counts what happens in this process; what lies in the database is read when somebody asks."""

    def __init__(self, monitor: HealthMonitor | None = None) -> None:
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
            "Attempts to bring a message to a platform; `unsure`: a post that may have arrived all the same.",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self._leases_lost = Counter(
            "masa_leases_lost",
            "What this process held and another one took: it was stalled, or the database was away.",
            ["name"],
            registry=self.registry,
        )
        self._writing = Histogram(
            "masa_write_seconds",
            "From asking for a write to its commit.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._writes_waiting = Gauge("masa_writes_waiting", "Writes that wait for the writer.", registry=self.registry)
        self._hearing = Gauge(
            "masa_notifications_up",
            "Whether this process hears of others' commits at once; else it looks for them.",
            registry=self.registry,
        )
        self._leases_held = Gauge(
            "masa_lease_held", "1 in the process whose duty it is.", ["name"], registry=self.registry
        )
        self._streams = Gauge("masa_open_streams", "Browsers and terminals that listen.", registry=self.registry)
        self._connections = Gauge("masa_connections", "Browsers' connections that are open.", registry=self.registry)
        self._turned_away = Counter(
            "masa_connections_turned_away",
            "Connections that were refused or closed: too many, silent, too slow, too large a head.",
            ["why"],
            registry=self.registry,
        )
        self._files_refused = Counter(
            "masa_files_refused",
            "Files that were not taken for want of room: the sender's share of a day, or the disk.",
            ["why"],
            registry=self.registry,
        )
        self._accepting = Gauge(
            "masa_accepting",
            "Whether the disk has room for more `files`, `messages`.",
            ["what"],
            registry=self.registry,
        )
        ProcessCollector(namespace="masa", registry=self.registry)
        if monitor is not None:
            self.registry.register(VitalsCollector(monitor))

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
        unsure = isinstance(outcome, RetryAt) and outcome.unsure and delivery.edit_ref is None
        self._deliveries.labels(delivery.channel, "unsure" if unsure else _OUTCOMES[type(outcome)]).inc()

    def lease_lost(self, name: str) -> None:
        """`name`: of the lease (`telegram:listen` …), or `event` for one that was in hand."""
        self._leases_lost.labels(name).inc()

    def count_streams(self, streams: Callable[[], int]) -> None:
        self._streams.set_function(streams)

    def count_connections(self, connections: Callable[[], int]) -> None:
        self._connections.set_function(connections)

    def turned_away(self, why: str) -> None:
        """`why`: total, address, silent, slow_head, slow_body, large_head, unreadable, stalled."""
        self._turned_away.labels(why).inc()

    def file_refused(self, why: str) -> None:
        """`why`: file_quota, files_paused."""
        self._files_refused.labels(why).inc()

    def watch_space(self, space: WatchedSpace) -> None:
        self._accepting.labels("files").set_function(space.takes_files)
        self._accepting.labels("messages").set_function(space.takes_messages)

    def watch_store(self, store: Watched) -> None:
        store.on_write(self._writing.observe)
        self._writes_waiting.set_function(lambda: store.writes_waiting)
        self._hearing.set_function(lambda: store.hears_peers)

    def watch_leases(self, names: Iterable[str], holds: Callable[[str], bool]) -> None:
        """`holds` tells of each name whether this process has that duty at this moment."""
        for name in names:
            self._leases_held.labels(name).set_function(partial(holds, name))

    def page(self) -> bytes:
        return generate_latest(self.registry)
