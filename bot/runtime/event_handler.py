"""Handles one event of the inbox: understood first, then done in one transaction; tried again, or put aside."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

import structlog

from bot.backoff import Backoff
from bot.monitoring.metrics import Metrics
from bot.runtime import event_codec
from bot.runtime.matcher_pool import Understanding
from bot.runtime.transactions import commit
from handlers.channel_port import Translate
from handlers.chat.dispatch import handle
from handlers.context import Desk, UseCaseContext
from handlers.domain.errors import Stale
from handlers.events import Event, MessageEdited, MessageReceived
from handlers.ports import Arrival, Clock, HandlerTimedOut, OutcomeUnknown, StoreUnavailable, Transactions, UnitOfWork
from handlers.tickets import recounting
from knowledge import Reading
from knowledge.language.typed import typed

MAX_ATTEMPTS = 3
"""Then the event goes to quarantine, where it blocks nobody."""
BACKOFF = Backoff(first=2.0, longest=900.0)
"""Between attempts of an event whose handler failed."""
STORE_RETRY_SECONDS = 5.0
"""Between attempts of an event that the database could not take."""
STORE_PATIENCE = timedelta(days=1)
"""So long it waits for that, uncounted; then it may be the event that cannot be taken."""
MAX_CONFLICTS = 3
"""Times that an attempt begins anew because another transaction came first."""
MAX_FATAL_ATTEMPTS = 20
"""Attempts that no process survived to record; then it is the event that kills them."""

log = structlog.get_logger(__name__)


class Handled(Enum):
    DONE = auto()
    """Also: put into quarantine."""
    LOST = auto()
    """To another process, or it was handled before."""


@dataclass(frozen=True, slots=True)
class RetryIn:
    """It failed, and the inbox has it again from then on."""

    seconds: float


class EventHandler:
    """The retry policy of the handlers: what is worth another attempt, and when it is one too many."""

    def __init__(
        self,
        *,
        store: Transactions,
        desk: Desk,
        clock: Clock,
        owner: str,
        translators: Mapping[str, Translate],
        metrics: Metrics,
    ) -> None:
        """`owner`: whose leases they are."""
        self._store, self._desk, self._clock, self._owner = store, desk, clock, owner
        self._translators, self._metrics = translators, metrics
        self._understanding = Understanding(metrics.matched)

    async def handle(self, arrival: Arrival) -> Handled | RetryIn:
        """Raises StoreError where not even the failure could be recorded: the same again, once the store works."""
        if arrival.attempts > MAX_FATAL_ATTEMPTS:
            return await self._failed(arrival, HandlerTimedOut("no process survived it"), retry=False)
        try:
            event = self._translate(arrival)
        except Exception as error:  # noqa: BLE001 # whatever a translator stumbles over, the event goes to quarantine
            return await self._failed(arrival, error, retry=False)
        for _ in range(MAX_CONFLICTS):
            began = time.perf_counter()
            try:
                await self._in_one_transaction(arrival, event)
            except OutcomeUnknown:
                raise
            except Stale as stale:  # another transaction was first: the same message again, on what is true now
                if stale.what == "event":
                    return Handled.LOST
            except Exception as error:  # whatever a handler raises, the event must not be lost
                if self._is_the_stores(error, arrival):
                    return await self._postpone(arrival, error)
                outcome = await self._failed(arrival, error, retry=arrival.attempts < MAX_ATTEMPTS)
                log.error("handler_failed", key=arrival.key, error=type(error).__name__, exc_info=error)
                return outcome
            else:
                self._metrics.handled(arrival.channel, time.perf_counter() - began)
                return Handled.DONE
        return await self._failed(arrival, Stale("conflict", arrival.key), retry=arrival.attempts < MAX_ATTEMPTS)

    def close(self) -> None:
        self._understanding.close()

    def _translate(self, arrival: Arrival) -> Event | None:
        translate = self._translators.get(arrival.channel, event_codec.load)
        event = translate(arrival.payload, arrival.key, arrival.received_at)
        if isinstance(event, MessageReceived | MessageEdited):
            return replace(event, text=typed(event.text))
        return event

    async def _in_one_transaction(self, arrival: Arrival, event: Event | None) -> None:
        readings = await self._understanding.readings(event, self._desk.knowledge.read)
        now = self._clock.now()

        def understand(text: str) -> Reading:
            found = readings.get(text)
            return found if found is not None else self._desk.knowledge.read(text)

        def work(uow: UnitOfWork) -> None:
            uow.inbox.handled([arrival.key], now, self._owner)
            if event is not None:
                handle(self._desk, uow, event, understand)
                recounting.count_moved(UseCaseContext(desk=self._desk, uow=uow, now=now))

        await commit(self._store, work)

    def _is_the_stores(self, error: Exception, arrival: Arrival) -> bool:
        """Whether the database's trouble kept it from being handled (a full disk takes a line, and no ticket)."""
        return isinstance(error, StoreUnavailable) and self._clock.now() - arrival.received_at < STORE_PATIENCE

    async def _postpone(self, arrival: Arrival, error: Exception) -> Handled | RetryIn:
        """It waits, and what came after it: no attempt of its own is spent, however often it is tried."""
        now, why = self._clock.now(), type(error).__name__
        retry_at = now + timedelta(seconds=STORE_RETRY_SECONDS)

        def record(uow: UnitOfWork) -> bool:
            return uow.inbox.failed(arrival.key, why, retry_at, now, self._owner, counted=False)

        waits = await commit(self._store, record)
        log.warning("event_postponed", key=arrival.key, error=why, why=str(error))
        return RetryIn(STORE_RETRY_SECONDS) if waits else Handled.LOST

    async def _failed(self, arrival: Arrival, error: Exception, *, retry: bool) -> Handled | RetryIn:
        """Recorded with the kind of error only: its text may hold what somebody wrote."""
        now = self._clock.now()
        again = RetryIn(BACKOFF.seconds(arrival.attempts)) if retry else None
        retry_at = now + timedelta(seconds=again.seconds) if again else None
        why = type(error).__name__
        house = self._desk.house
        kept = event_codec.without_secrets(arrival.payload, house.rules() if house is not None else ())

        def record(uow: UnitOfWork) -> bool:
            if not uow.inbox.failed(arrival.key, why, retry_at, now, self._owner, kept=kept):
                return False
            if retry_at is None and uow.conversations.get(arrival.conversation) is not None:
                UseCaseContext(desk=self._desk, uow=uow, now=now).say(arrival.conversation, "errors/broken")
            return True

        if not await commit(self._store, record):
            return Handled.LOST
        self._metrics.failed(arrival.channel, quarantined=not retry)
        if again is None:
            log.error("event_quarantined", key=arrival.key, error=why)
        return again or Handled.DONE
