"""A day is closed by one anchor, which director, auditor and paper are told of."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.documents.register_export import Cover
from handlers.context import UseCaseContext
from handlers.domain.anchors import Anchor
from handlers.domain.store_events import StoreEvent, Stream
from handlers.reports import anchoring
from tests.handlers.reports.digest_rig import DIRECTOR, LEAD, MONDAY, DigestRig, at

SUNDAY = MONDAY - timedelta(days=1)


@pytest.fixture
def rig() -> DigestRig:
    return DigestRig()


def close(rig: DigestRig, now: datetime) -> list[Anchor]:
    rig.store.write(lambda uow: anchoring.close_day(UseCaseContext(desk=rig.desk, uow=uow, now=now)))
    latest = rig.store.read(lambda uow: uow.anchors.latest())
    return [latest] if latest is not None else []


def test_a_day_is_closed_once_when_the_next_has_begun(rig: DigestRig) -> None:
    rig.opens(at(SUNDAY, "23:00"))
    (one,) = close(rig, at(MONDAY, "00:01"))
    assert (one.number, one.day, one.heads) == (1, SUNDAY, 1)
    rig.opens(at(MONDAY, "08:00"))
    assert close(rig, at(MONDAY, "23:59")) == [one]
    (two,) = close(rig, at(MONDAY + timedelta(days=1), "00:00"))
    assert (two.number, two.day, two.heads, two.previous) == (2, MONDAY, 1, one.hash)


def test_a_quiet_day_is_closed_too_and_days_of_a_stop_with_the_first_after_them(rig: DigestRig) -> None:
    (one,) = close(rig, at(MONDAY, "09:00"))
    (two,) = close(rig, at(date(2026, 11, 27), "09:00"))
    assert [(one.day, one.heads), (two.day, two.heads)] == [(SUNDAY, 0), (date(2026, 11, 26), 0)]
    assert two.hash != one.hash


def test_a_clock_that_goes_back_closes_nothing(rig: DigestRig) -> None:
    (one,) = close(rig, at(MONDAY, "09:00"))
    assert close(rig, at(SUNDAY, "09:00")) == [one]


def test_what_is_too_much_for_one_is_taken_by_more(rig: DigestRig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "MOST_HEADS", 2)
    event = StoreEvent(at=at(SUNDAY, "12:00"), who=None, channel="web", what="recorded")
    for key in range(4):
        rig.store.write(lambda uow, key=key: uow.store_events.append(Stream.PLACE, key, event))  # type: ignore[misc] # mypy does not see through the default
    made = [close(rig, at(MONDAY, f"00:0{minute}"))[0] for minute in range(4)]
    assert [(one.number, one.day, one.heads) for one in made] == [(1, SUNDAY, 2), (2, SUNDAY, 2), *[(3, SUNDAY, 0)] * 2]


def test_nobody_is_told_of_a_day_before_all_of_it_is_anchored(rig: DigestRig, monkeypatch: pytest.MonkeyPatch) -> None:
    told = lambda: rig.store.read(anchoring.witnessed)  # noqa: E731
    assert told() is None
    monkeypatch.setattr(anchoring, "MOST_HEADS", 1)
    rig.opens(at(SUNDAY, "12:00"))
    close(rig, at(MONDAY, "00:01"))
    assert told() is None
    (last,) = close(rig, at(MONDAY, "00:01"))
    assert (told(), last.number, last.heads) == (last, 2, 0)


def test_the_director_reads_of_it_in_the_evening_and_nobody_else(rig: DigestRig) -> None:
    (one,) = close(rig, at(MONDAY, "00:01"))
    rig.tick(at(MONDAY, "17:00"))
    line = f"🔗 Kayıt zinciri, 22 Kasım sonu: {one.mark}"
    assert rig.said(DIRECTOR, "digest_units")[0].endswith(line)
    assert all("zinciri" not in text for text in rig.said(LEAD))


def test_paper_is_a_witness(rig: DigestRig) -> None:
    (one,) = close(rig, at(MONDAY, "00:01"))
    cover = Cover(institution="Örnek", printed_at=datetime(2026, 11, 23, 10, 5), anchor=one)  # noqa: DTZ001 # local, as it is printed
    assert cover.printed == f"Basım: 23.11.2026 10:05 · Zincir {one.mark} (22.11.2026)"
