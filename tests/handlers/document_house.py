"""A house to which documents come, on a Thursday; and what its mornings say of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from handlers.context import UseCaseContext
from handlers.documents import news, tracking
from handlers.documents.tracking import Said
from handlers.domain.document_tracks import DocumentKind, DocumentTrack
from handlers.ports import UnitOfWork
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk

CAME = date(2026, 11, 12)


def at(house: House, day: date, hour: int = 9) -> House:
    house.now = datetime(day.year, day.month, day.day, hour - 3, 30, tzinfo=UTC)
    return house


def recorded(house: House, who: str = "mehmet", registry_no: str = "45123", **about: object) -> DocumentTrack:
    said = Said(registry_no=registry_no, **{"kind": DocumentKind.PETITION, **about})  # type: ignore[arg-type]
    return house.does(who, lambda acting: tracking.record(acting, said))


def told(house: House) -> dict[str, str]:
    """What the tick says on that morning, to whom."""

    def said(uow: UnitOfWork, since: dict[str, int]) -> dict[str, str]:
        places = {one: uow.timeline.since(f"web:p:{one}", since.get(one, 0)) for one in ("mehmet", "fatma", "kemal")}
        return {who: messages[-1].text for who, messages in places.items() if messages}

    before = house.store.read(
        lambda uow: {one: uow.timeline.last_seq(f"web:p:{one}") for one in ("mehmet", "fatma", "kemal")}
    )
    house.store.write(lambda uow: news.remind(UseCaseContext(desk=shared_desk(), uow=uow, now=house.now)))
    return house.store.read(lambda uow: said(uow, before))
