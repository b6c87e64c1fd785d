"""Sample values: devices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.samples.builders import AYSE, MEHMET, NOW, person, ticket
from bot.samples.typed import Typed
from handlers.devices.inventory_parts import Difference
from handlers.devices.merging import DevicesToMerge
from handlers.domain.devices import Custody, Description, Device, number_of
from handlers.domain.sightings import Seen, Sighting, Toner
from handlers.domain.states import State
from handlers.domain.store_events import StoreEvent
from handlers.queries.devices import DeviceRow, Failing
from handlers.queries.sightings import OnTheNetwork
from handlers.tickets.device_line import DeviceLine

NUMBER, OTHER = number_of(42), number_of(107)
LINE = DeviceLine(
    name="HP M404dn",
    number=str(NUMBER),
    sure=True,
    warranty=date(2027, 7, 17),
    ended=False,
    nth=3,
    life="at_service",
    place="3. kat · 214",
    said="312",
    toner=8,
    part="2026-000121",
)
_OF_ONE = {"number": NUMBER, "other": OTHER}
DEVICE = Device(
    number=NUMBER,
    description=Description(
        kind="yazici",
        brand="HP",
        model="M404dn",
        serial="CND1234567",
        asset_no="255.02.01.01.02.01/18/00252",
        other_no="BİM-0042",
        host="prn-mali-07",
        ips=("10.0.4.7",),
        warranty_until=date(2027, 7, 17),
        note="tepsi 2 sıkıştırıyor",
    ),
    department="Mali Hizmetler",
    custody=Custody(holder_text="AYŞE Y.", since=date(2026, 1, 5)),
    recorded_at=NOW,
)
ROW = DeviceRow(
    device=DEVICE,
    whole=True,
    name="HP M404dn",
    place="3. kat · 312",
    department="Mali Hizmetler",
    holder=None,
    tickets=3,
)
_TICKET = ticket(State.CLAIMED, number="2026-000123")
_TITLES = {"2026-000123": "Yazıcı yazdırmıyor"}
_LINE = StoreEvent(at=NOW, who=MEHMET, channel="web", what="moved", ref="2026-000123", acting_for=(AYSE,))
_WHERE = {"place": "3. kat · 312", "was": "2. kat · 204"}
_NETWORK = OnTheNetwork(
    newest=Sighting(seen=Seen(name="prn-mali-07", toners=(Toner("tonerblack", 8),)), first_seen=NOW, last_seen=NOW),
    twin=True,
    long_unseen=True,
    differences=[Difference(what="Seri no", recorded="CND1234567", seen="CND7654321")],
    pages=(),
    reasons=["9 yaşında", "iki yıldır ağda görülmedi"],
)
_CARD = {"row": ROW, "said": DEVICE.description, "merged": [OTHER], "last": [_TICKET], "titles": _TITLES}
IN_ONE: Mapping[str, Mapping[str, Any]] = {
    "errors/device_number_taken": {**_OF_ONE, "field": "asset_no", "name": "Lenovo M70q, Fen İşleri 105"},
    "errors/device_serial_taken": {**_OF_ONE, "serial": "5CD8123ABC", "name": "Lenovo M70q"},
    "errors/device_written_off": {**_OF_ONE, "ref": "HT-2026-003", "day": date(2026, 5, 12)},
    "device_known": {**_OF_ONE, "name": "HP LaserJet M404dn", "where": "Mali Hizmetler 312"},
    "code_unknown": {"code": "8690001003005"},
    "errors/sighting_has_device": _OF_ONE,
    "errors/device_two_keys": {"said": "sicil no D-00042'yi, seri no D-00107'yi"},
    "errors/no_such_device": {"typed": "d99999"},
    "errors/several_devices": {"typed": "18/252", "number": 3},
    "errors/device_too_many": {"count": 700, "most": 500},
    "errors/device_holder_unknown": {"typed": "Hasan"},
    "device_which": {"typed": "18/252", "number": 3},
    "device_kind": {"typed": "BİM-0042"},
    "device_what": {"kind": "yazici"},
    "device_recorded": {**_OF_ONE, "name": "HP M404dn", "said": DEVICE.description},
    "device_withdrawn": _OF_ONE,
    "device_card": {**_CARD, "today": NOW.date(), "network": _NETWORK},
    "device_tickets": {**_OF_ONE, "tickets": [_TICKET], "titles": _TITLES},
    "device_history": {
        **_OF_ONE,
        "lines": [(DEVICE, _LINE)],
        "people": {MEHMET: person(handle="mehmet", name="Mehmet Kaya")},
        "refs": [_LINE.ref],
    },
    "device_where": {**_OF_ONE, **_WHERE},
    "device_moved": {**_OF_ONE, **_WHERE},
    "device_fix": {**_OF_ONE, "said": DEVICE.description},
    "device_merge": {
        "asked": DevicesToMerge(one=replace(DEVICE, number=OTHER), into=DEVICE, tickets=2, labels=1),
        "one": "HP M404dn, Mali Hizmetler 312",
        "into": "HP M404dn, Mali Hizmetler 312",
    },
    "device_merged": _OF_ONE,
    "device_parted": _OF_ONE,
    "devices_failing": {"year": 2026, "failing": [Failing(row=ROW, tickets=7)]},
    "own_devices": {"devices": [("HP ProBook", NUMBER, "312", False)], "total": 9},
    "own_devices_more": {"total": 2},
    "device_disputed": {**_OF_ONE, "theirs": True, "told": True},
    "device_disputed_told": {**_OF_ONE, "name": "HP ProBook, 312", "who": person(name="Ayşe Yılmaz")},
    "errors/device_same": _OF_ONE,
    "errors/device_merge_held": {**_OF_ONE, "who": "Ayşe Yılmaz", "alone": True},
    "errors/device_two_asset_nos": {"one": "255.02.01.01.02.01/18/00252", "other": "255.02.01.01.02.01/19/00031"},
    "errors/device_merge_old": {**_OF_ONE, "days": 7},
    "errors/device_fix": {"typed": "renk mavi"},
    "errors/device_day": {"typed": "31.02.2027"},
    "errors/device_kind": {"kind": "buzdolabı"},
    "errors/device_too_long": {"most": 60, "note": 500},
    "errors/device_holder_left": {"who": "Hasan Kaya"},
    **{f"errors/device_{name}": _OF_ONE for name in ("withdrawn", "merged", "on_ticket")},
    **{f"errors/device_{name}": {"typed": "yok"} for name in ("serial", "asset_no", "other_no", "host", "mac", "ip")},
}


def values(typed: Typed) -> Mapping[str, Any]:
    return {"device": replace(LINE, name=typed.words, said=typed.words)}
