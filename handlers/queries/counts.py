"""Counts as their pages, files and chat show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers import device_names
from handlers.context import Acting
from handlers.counts import access, closing
from handlers.counts.expecting import Expected, expected
from handlers.devices import access as device_access
from handlers.domain.counts import Count, CountLine, Scope, SeenBy
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device, DeviceId
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.places import PlaceId
from handlers.domain.stock import Item, ItemId
from handlers.place_names import standing
from knowledge.device_kinds import kind_title
from knowledge.language.device_numbers import official_number

SCOPES: Mapping[Scope, str] = {
    Scope.DEPOT: "Depo",
    Scope.DEPARTMENT: "Müdürlük",
    Scope.ROOM: "Oda",
    Scope.ALL: "Tümü",
}
NO_ROOM = "Yeri yazılmamış"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    count: Count
    what: str
    """`Oda: 3. kat · 312`."""
    seen: int
    opener: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsPage:
    rows: Sequence[CountRow]
    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSeen:
    device: Device
    name: str
    place: str
    """Where the record has it."""
    line: CountLine | None
    seen_at: str
    """The place where it was seen."""
    by: str
    labelled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCounted:
    item: Item
    line: CountLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPage:
    row: CountRow
    board: Sequence[Person]
    rooms: Sequence[tuple[PlaceId, str, int, int]]
    """Of what is gone through: room, its name, how many are expected there and how many were seen."""
    room: PlaceId | None
    """Whose list is shown."""
    room_name: str
    here: str
    """Where the reader counts now."""
    listed: Sequence[DeviceSeen]
    """Expected in that room."""
    seen: Sequence[DeviceSeen]
    """The newest first."""
    missing: Sequence[DeviceSeen]
    """Those first of which nobody said why."""
    elsewhere: Sequence[DeviceSeen]
    unlabelled: Sequence[DeviceSeen]
    found: Sequence[CountLine]
    by_record: int
    items: Sequence[ItemCounted]
    expected: int
    done: int
    """Of what is expected."""
    people: Mapping[PersonId, Person]
    keeps: bool
    counts: bool
    orders: bool
    moves: bool
    """Whether they may say where things are."""
    gives: bool
    """And in whose custody, and that one is lost."""
    differences: int
    """Of malzeme."""
    places: Mapping[PlaceId, str]

    @property
    def left_in_room(self) -> int:
        """Of the list that is shown, not seen yet."""
        return sum(one.line is None or not one.line.seen for one in self.listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """Of the tutanak: by taşınır kodu, or by kind where there is none."""

    code: str
    name: str
    recorded: int
    in_depot: int
    shared: int
    with_people: int
    found: int
    more: int
    less: int


def look(acting: Acting) -> CountsPage:
    """Of whoever works here those that they may read. Raises NotAllowed."""
    if not acting.person.roles & {Role.TECHNICIAN, Role.LEAD}:
        access.require_reads(acting)
    rows = [_row(acting, one) for one in acting.uow.counts.latest() if access.reads(acting, one)]
    return CountsPage(rows=rows, keeps=access.keeps(acting))


def one(acting: Acting, number: str, room: PlaceId | None = None) -> CountPage:
    """`room`: whose list is shown; None: where the reader counts. Raises NotAllowed, NotFound."""
    count = acting.uow.counts.by_number(number)
    if count is None:
        raise NotFound("count", number)
    access.require_reads(acting, count)
    lines = acting.uow.counts.lines(count.id)
    wanted = _wanted(acting, count, lines)
    by_device = {line.device: line for line in lines if line.device is not None}
    by_item = {line.item: line for line in lines if line.item is not None}
    counters = {line.by for line in lines if line.by is not None}
    people = acting.uow.people.of_ids({*count.board, *counters, count.opened_by})
    places = _Places(acting)
    here = count.place_of(acting.person.id)
    shown = room if room is not None else here
    rooms = _rooms(wanted.to_see, by_device, places)
    if shown is None and len(rooms) == 1:
        shown = rooms[0][0]
    known = {device.id: device for device in (*wanted.to_see, *wanted.by_record)}
    others = [key for key in by_device if key not in known]
    known |= {device.id: device for device in acting.uow.devices.several(others)}
    see = _Seeing(acting, people, places, lines)
    missing = [device for device in wanted.to_see if not _is_seen(by_device.get(device.id))] if count.is_open else [
        known[key] for key, line in by_device.items() if line.seen == 0 and key in known
    ]  # fmt: skip
    looked = [(key, line) for key, line in by_device.items() if line.seen and line.how is not SeenBy.RECORD]
    looked.sort(key=lambda pair: -pair[1].id)
    seen = [see.of(known[key], line) for key, line in looked if key in known]
    items = [ItemCounted(item=item, line=by_item.get(item.id)) for item in _items(acting, wanted.items, by_item)]
    return CountPage(
        row=_row(acting, count, lines),
        board=[people[key] for key in count.board],
        rooms=rooms,
        room=shown,
        room_name=places.name(shown),
        here=places.name(here),
        listed=[see.of(one, by_device.get(one.id)) for one in wanted.to_see if places.standing(one.place) == shown],
        seen=seen,
        missing=sorted((see.of(device, by_device.get(device.id)) for device in missing), key=_is_explained),
        elsewhere=[one for one in seen if one.line is not None and one.line.elsewhere],
        unlabelled=[one for one in seen if one.line is not None and one.line.how is SeenBy.HAND and not one.labelled],
        found=[line for line in lines if line.device is None and line.item is None],
        by_record=len(wanted.by_record),
        items=items,
        expected=len(wanted.to_see) + len(items),
        done=len(wanted.to_see) - len(missing) + sum(_is_done(one.line) for one in items),
        people=people,
        keeps=access.keeps(acting),
        counts=access.counts(acting, count),
        orders=access.orders(acting),
        moves=device_access.may(acting, DeviceAction.KEEP),
        gives=device_access.may(acting, DeviceAction.CHANGE_CUSTODY),
        differences=len(closing.stock_differences(lines)),
        places={line.place: places.name(line.place) for line in lines if line.place is not None},
    )


def report(acting: Acting, number: str) -> tuple[CountPage, Sequence[ReportLine]]:
    """Sayım tutanağı hazırlığı. Raises as `one`."""
    page = one(acting, number)
    count = page.row.count
    lines = acting.uow.counts.lines(count.id)
    wanted = _wanted(acting, count, lines)
    by_device = {line.device: line for line in lines if line.device is not None}
    rows: dict[tuple[str, str], list[int]] = {}
    for device in (*wanted.to_see, *wanted.by_record):
        line, kind = by_device.get(device.id), device.custody.kind
        official = official_number(device.description.asset_no)
        code = ".".join(official.code) if official is not None else ""
        row = rows.setdefault((code, kind_title(device.description.kind)), [0] * 5)
        with_people = kind not in (CustodyKind.DEPOT, CustodyKind.SHARED)
        row[0] += 1
        row[1] += kind is CustodyKind.DEPOT
        row[2] += kind is CustodyKind.SHARED
        row[3] += with_people
        row[4] += _is_seen(line) or (line is None and with_people)
    made = [_report_line(code, name, row) for (code, name), row in sorted(rows.items())]
    for counted in page.items:
        line = counted.line
        number_seen = line.number if line is not None and line.number is not None else 0
        book = line.expected if line is not None else 0
        made.append(
            ReportLine(
                code=counted.item.movable_code,
                name=" ".join(dict.fromkeys((counted.item.code, counted.item.name))),
                recorded=book,
                in_depot=book,
                shared=0,
                with_people=0,
                found=number_seen,
                more=max(number_seen - book, 0),
                less=max(book - number_seen, 0),
            )
        )
    return page, made


def by_room(acting: Acting, number: str) -> tuple[CountPage, Sequence[tuple[str, Sequence[DeviceSeen]]]]:
    """Oda oda liste: what is gone through, room by room. Raises as `one`."""
    page = one(acting, number)
    count = page.row.count
    lines = acting.uow.counts.lines(count.id)
    wanted = _wanted(acting, count, lines)
    by_device = {line.device: line for line in lines if line.device is not None}
    places = _Places(acting)
    see = _Seeing(acting, page.people, places, lines)
    rooms: dict[str, list[DeviceSeen]] = {}
    for device in wanted.to_see:
        name = places.name(places.standing(device.place)) or device.place_text or NO_ROOM
        rooms.setdefault(name, []).append(see.of(device, by_device.get(device.id)))
    return page, sorted(rooms.items())


def place_name(acting: Acting, place: PlaceId | None) -> str:
    """The room alone, as people say it: `312`; of a place without one all of it."""
    if place is None:
        return ""
    spot = standing(acting.uow.places.get, acting.uow.places.get(place)).spot
    return spot.room or str(spot)


def what(acting: Acting, count: Count) -> str:
    where = count.department or (_Places(acting).name(count.place) if count.place is not None else "")
    return ": ".join(filter(None, (SCOPES[count.scope], where)))


def _wanted(acting: Acting, count: Count, lines: Sequence[CountLine]) -> Expected:
    """Of one that is closed what was expected then: its lines stand, whatever the record says by now."""
    if count.is_open:
        return expected(acting, count)
    of_device = {line.device: line for line in lines if line.device is not None and line.expected}
    devices = acting.uow.devices.several(of_device)
    return Expected(
        to_see=[one for one in devices if of_device[one.id].how is not SeenBy.RECORD],
        by_record=[one for one in devices if of_device[one.id].how is SeenBy.RECORD],
        items=[acting.uow.stock.item(line.item) for line in lines if line.item is not None],
    )


def _report_line(code: str, name: str, row: list[int]) -> ReportLine:
    recorded, in_depot, shared, with_people, found = row
    return ReportLine(
        code=code,
        name=name,
        recorded=recorded,
        in_depot=in_depot,
        shared=shared,
        with_people=with_people,
        found=found,
        more=0,
        less=recorded - found,
    )


def _row(acting: Acting, count: Count, lines: Sequence[CountLine] | None = None) -> CountRow:
    found = acting.uow.counts.lines(count.id) if lines is None else lines
    opener = acting.uow.people.get(count.opened_by)
    return CountRow(
        count=count,
        what=what(acting, count),
        seen=sum(bool(one.seen) and one.how is not SeenBy.RECORD for one in found if one.item is None)
        + sum(one.number is not None for one in found if one.item is not None),
        opener=opener.name or opener.handle,
    )


def _is_seen(line: CountLine | None) -> bool:
    return line is not None and bool(line.seen)


def _is_explained(one: DeviceSeen) -> bool:
    return one.line is not None and bool(one.line.note)


def _is_done(line: CountLine | None) -> bool:
    return line is not None and line.number is not None and not line.waits_for_second


def _items(acting: Acting, kept: Sequence[Item], by_item: Mapping[ItemId, CountLine]) -> list[Item]:
    """Those that are kept, and those that were counted and are kept no more."""
    there = {one.id for one in kept}
    return [*kept, *(acting.uow.stock.item(key) for key in by_item if key not in there)]


def _rooms(
    to_see: Sequence[Device], by_device: Mapping[DeviceId, CountLine], places: _Places
) -> list[tuple[PlaceId, str, int, int]]:
    rooms: dict[PlaceId, list[int]] = {}
    for device in to_see:
        place = places.standing(device.place)
        if place is not None:
            row = rooms.setdefault(place, [0, 0])
            row[0] += 1
            row[1] += _is_seen(by_device.get(device.id))
    return sorted(((key, places.name(key), row[0], row[1]) for key, row in rooms.items()), key=lambda one: one[1])


class _Places:
    """Names of rooms, each looked up once."""

    def __init__(self, acting: Acting) -> None:
        self._get, self._known = acting.uow.places.get, dict[PlaceId, tuple[PlaceId, str]]()

    def _of(self, place: PlaceId) -> tuple[PlaceId, str]:
        if place not in self._known:
            found = standing(self._get, self._get(place))
            self._known[place] = (found.id, str(found.spot))
        return self._known[place]

    def standing(self, place: PlaceId | None) -> PlaceId | None:
        return None if place is None else self._of(place)[0]

    def name(self, place: PlaceId | None) -> str:
        return "" if place is None else self._of(place)[1]


class _Seeing:
    def __init__(
        self, acting: Acting, people: Mapping[PersonId, Person], places: _Places, lines: Sequence[CountLine]
    ) -> None:
        self._people, self._places = people, places
        by_hand = {line.device for line in lines if line.device is not None and line.how is SeenBy.HAND}
        labels = acting.uow.devices.labels(by_hand) if by_hand else ()
        self._labelled = {one.device for one in labels if one.works}

    def of(self, device: Device, line: CountLine | None) -> DeviceSeen:
        by_hand = line is not None and line.how is SeenBy.HAND
        return DeviceSeen(
            device=device,
            name=device_names.name(device),
            place=self._places.name(device.place) if device.place is not None else device.place_text,
            line=line,
            seen_at=self._places.name(line.place) if line is not None else "",
            by=self._people[line.by].short_name if line is not None and line.by is not None else "",
            labelled=not by_hand or device.id in self._labelled,
        )
