"""What whoever scans the label of a device may see: what it is, where it stands, and its number."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import device_names
from handlers.context import Acting
from handlers.counts import counting
from handlers.department_names import DepartmentNames
from handlers.device_terms import device_kind
from handlers.devices import access, identifying
from handlers.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class ScannedLabel:
    kind: str
    name: str
    where: str
    number: str


@dataclass(frozen=True, slots=True)
class OpenCount:
    """Burada gördüm: of a count that whoever scans it may count."""

    number: str
    key: int


def counts_of(acting: Acting) -> list[OpenCount]:
    """The newest first."""
    return [OpenCount(str(one.number), one.id) for one in counting.counted_by_me(acting)]


def look(uow: UnitOfWork, token: str) -> ScannedLabel | None:
    """None: unknown or revoked; nothing tells which."""
    device = identifying.by_token(uow, token)
    if device is None:
        return None
    public = access.public(device)
    department = DepartmentNames.of(uow).name(public.department)
    return ScannedLabel(
        kind=device_kind(public.description.kind),
        name=device_names.name(public),
        where=", ".join(filter(None, (department, device_names.place_name(uow, public)))),
        number=str(public.number),
    )
