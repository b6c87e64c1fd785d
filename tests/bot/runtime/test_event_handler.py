"""What is put aside lies in the inbox without the secrets that somebody typed; what the database cannot take waits."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.channels.registry import CHANNELS
from bot.config import with_channels
from bot.house_settings import HouseSettings
from bot.monitoring.metrics import Metrics
from bot.runtime import event_codec
from bot.runtime.event_handler import (
    MAX_ATTEMPTS,
    MAX_FATAL_ATTEMPTS,
    STORE_PATIENCE,
    STORE_RETRY_SECONDS,
    EventHandler,
    Handled,
    RetryIn,
)
from handlers.domain.people import Account
from handlers.events import SettingAsked
from handlers.ports import Arrival, StoreUnavailable
from handlers.settings.page import VALUES, asked_change
from tests.clock import START, FakeClock
from tests.fakes.store import FakeStore, FakeUnitOfWork
from tests.scenarios.stage import shared_desk

T = TypeVar("T")
TOKEN = "123456:gizli-anahtar"
OPEN = {"institution": "Örnek", "telegram.token": None}


def _event(action: str, given: dict[str, str]) -> SettingAsked:
    return SettingAsked(
        key="panel:1", at=START, sender=Account("web", "can"), conversation="web:s:1", action=action, given=given
    )


async def _put_aside(house: HouseSettings | None, payload: str) -> str:
    """What of it lies there; it killed every process that tried it."""
    store, clock = FakeStore(), FakeClock()
    arrival = Arrival(key="panel:1", channel="web", conversation="web:s:1", payload=payload, received_at=START)
    store.write(lambda uow: uow.inbox.accept([arrival], now=START, owner="me"))
    handler = EventHandler(
        store=store,
        desk=replace(shared_desk(), house=house),
        clock=clock,
        owner="me",
        translators={},
        metrics=Metrics(),
    )
    assert await handler.handle(replace(arrival, attempts=MAX_FATAL_ATTEMPTS + 1)) is Handled.DONE
    (stuck,) = store.read(lambda uow: uow.inbox.stuck())
    return stuck.payload


def _house(place: Path) -> HouseSettings:
    return HouseSettings(with_channels(CHANNELS.sections)(), place / "masa.toml")


@pytest.mark.parametrize(
    ("wanted", "stays"),
    [
        ({**OPEN, "telegram.token": TOKEN}, {"institution": "Örnek"}),
        ({"of.another.version": TOKEN}, {}),
        (OPEN, None),
    ],
)
async def test_a_secret_is_taken_out_and_has_to_be_typed_again(
    tmp_path: Path, wanted: dict[str, Any], stays: dict[str, Any] | None
) -> None:
    before = event_codec.dump(_event("change_house", asked_change(wanted, {"institution": 1})))
    payload = await _put_aside(_house(tmp_path), before)
    assert TOKEN not in payload
    assert event_codec.is_emptied(payload) is (stays is not None)
    again = event_codec.load(payload, "panel:1", START)
    assert isinstance(again, SettingAsked)
    assert json.loads(again.given[VALUES]) == (OPEN if stays is None else stays)


async def test_where_nobody_can_tell_what_is_secret_all_is(tmp_path: Path) -> None:
    for house, values in ((None, json.dumps({"telegram.token": TOKEN})), (_house(tmp_path), f'["{TOKEN}')):
        payload = await _put_aside(house, event_codec.dump(_event("change_house", {VALUES: values})))
        assert TOKEN not in payload
        assert event_codec.is_emptied(payload)


async def test_whatever_else_is_put_aside_stays_as_it_came(tmp_path: Path) -> None:
    other = event_codec.dump(_event("add_day", {"name": "Bayram"}))
    for payload in (other, "{zehir", "[]", '{"kind": "setting"}'):
        assert await _put_aside(_house(tmp_path), payload) == payload
        assert not event_codec.is_emptied(payload)


class _TakesALineOnly(FakeStore):
    """A disk with room for the queue's own line, and none for what a message leads to."""

    def submit(self, work: Callable[[FakeUnitOfWork], T], *, first: bool = False) -> Future[T]:
        def as_far_as_it_goes(uow: FakeUnitOfWork) -> T:
            done = work(uow)
            if uow.inbox.is_finished("web:1") and not uow.inbox.stuck():
                raise StoreUnavailable("No space left on device")
            return done

        return super().submit(as_far_as_it_goes, first=first)


async def test_what_the_database_cannot_take_waits_a_day_and_spends_no_attempt() -> None:
    store, clock = _TakesALineOnly(), FakeClock()
    arrival = Arrival(key="web:1", channel="web", conversation="web:p:ayse", payload="{}", received_at=START)
    FakeStore.submit(store, lambda uow: uow.inbox.accept([arrival], now=START, owner=None))
    handler = EventHandler(
        store=store,
        desk=shared_desk(),
        clock=clock,
        owner="me",
        translators={"web": lambda _payload, _key, _at: None},
        metrics=Metrics(),
    )

    async def attempt() -> tuple[int, Handled | RetryIn]:
        (leased,) = store.write(lambda uow: uow.inbox.lease("me", clock.now(), 9))
        return leased.attempts, await handler.handle(leased)

    for _ in range(MAX_ATTEMPTS + 2):
        assert await attempt() == (1, RetryIn(STORE_RETRY_SECONDS))
        clock.advance(seconds=STORE_RETRY_SECONDS)
    assert store.read(lambda uow: uow.inbox.stuck()) == []
    clock.advance(STORE_PATIENCE)
    for _ in range(MAX_ATTEMPTS):
        await attempt()
        clock.advance(hours=1)
    (stuck,) = store.read(lambda uow: uow.inbox.stuck())
    assert (stuck.key, stuck.error) == ("web:1", "StoreUnavailable")
