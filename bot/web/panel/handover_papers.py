"""Papers of one act: the preparation of the taşınır teslim belgesi, and the report of what came back damaged.

They prepare the official paper, which the taşınır kayıt yetkilisi makes (Taşınır Mal Yönetmeliği m.10/1-b, ç).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.web.printed import PrintedBox, PrintedForm, PrintedPart, PrintedRow
from handlers import device_names
from handlers.device_terms import device_kind
from handlers.domain.devices import Device
from handlers.domain.handovers import Direction, Handover, HandoverLine, HandoverState, How, OrderId, Problem, Returned
from handlers.domain.people import Person
from handlers.queries.handover_lists import HandoverRow, HandoverShown, OrderRow

TITLES: Mapping[Direction, str] = {
    Direction.GIVE: "Taşınır teslim belgesi",
    Direction.RETURN: "Taşınır geri alma belgesi",
    Direction.SWAP: "Taşınır devir belgesi",
}
DIRECTIONS: Mapping[Direction, str] = {Direction.GIVE: "teslim", Direction.RETURN: "iade", Direction.SWAP: "devir"}
OUTSIDE = "Dışarıya teslim tutanağı"
STATES: Mapping[HandoverState, str] = {
    HandoverState.WAITING: "onay bekliyor",
    HandoverState.CONFIRMED: "onaylandı",
    HandoverState.REFUSED: "teslim olmadı",
    HandoverState.CANCELLED: "iptal edildi",
    HandoverState.LAPSED: "süresi doldu",
}
RETURNED: Mapping[Returned, str] = {
    Returned.WHOLE: "tam",
    Returned.INCOMPLETE: "eksik",
    Returned.DAMAGED: "hasarlı",
}
PROBLEMS: Mapping[Problem, str] = {
    Problem.MISSING: "gelmedi",
    Problem.OTHER_DEVICE: "başka cihaz çıktı",
    Problem.DAMAGED: "hasarlı geldi",
}
_HEADS = ("Sıra", "Taşınır sicil no", "Taşınırın adı, marka, model", "Seri no", "Cihaz no", "Eki")
_WIDTHS = (8, 46, 44, 28, 16, 28)
_BACK = ("Tarih", "Cihaz no", "Eksik, hasar", "Teslim eden (ad, imza)", "Teslim alan (ad, imza)")
_BACK_WIDTHS = (20, 20, 34, 40, 40)
NOTE = "Resmî belgeyi taşınır kayıt yetkilisi düzenler (Taşınır Mal Yönetmeliği m.10/1-b); bu çıktı onun hazırlığıdır."
UNDER = "hazırlık çıktısı"
_NO_JUDGEMENT = (
    "Bu tutanak yalnız görüleni yazar; kimin sorumlu olduğuna harcama yetkilisi karar verir (Taşınır Mal Yönetmeliği "
    "m.27/3)."
)


def handover_form(shown: HandoverShown, zone: ZoneInfo, printed: str) -> PrintedForm:
    row, act = shown.row, shown.row.handover
    return PrintedForm(
        title=OUTSIDE if act.outside else TITLES[act.direction],
        under=f"{UNDER}{'' if act.state is HandoverState.CONFIRMED else f' · {STATES[act.state]}'}",
        number=str(act.number),
        printed=printed,
        head=_head(shown, zone),
        facts=_facts(row),
        parts=[_lines(row)],
        said=[sentence(act)],
        boxes=_boxes(shown, zone),
        rows_below=_came_back(shown, zone),
        notes=[*_fallen(row), NOTE],
    )


def damage_form(shown: HandoverShown, zone: ZoneInfo, printed: str) -> PrintedForm | None:
    """Of a return; None where all of it came back whole. No judgement: that is the harcama yetkilisi's (m.27/3)."""
    row, act = shown.row, shown.row.handover
    lines = [line for line in act.standing if line.returned not in (None, Returned.WHOLE)]
    if not lines:
        return None
    found = [(row.device(line), _how_it_came(line)) for line in lines]
    return damage_report(
        "Hasar ve eksik tutanağı",
        found,
        facts=_of_person("Teslim eden", row.giver),
        number=str(act.number),
        head=_head(shown, zone),
        printed=printed,
        said=f"Yukarıda yazılı taşınır, {day(act.ended_at, zone)} tarihinde geri alınırken yazıldığı gibi görüldü.",
        signed=(PrintedBox("Tespit eden", [name_of(row.maker)]), PrintedBox("Teslim eden", _named(row.giver))),
    )


def damage_report(
    title: str,
    found: Sequence[tuple[Device, str]],
    *,
    facts: Sequence[tuple[str, str]],
    printed: str,
    said: str,
    signed: Sequence[PrintedBox],
    number: str = "",
    head: Sequence[tuple[str, str]] = (),
) -> PrintedForm:
    rows = [(*thing(place, device), what) for place, (device, what) in enumerate(found, 1)]
    return PrintedForm(
        title=title,
        under=UNDER,
        number=number,
        printed=printed,
        head=head,
        facts=facts,
        parts=[PrintedPart(title="", heads=(*_HEADS[:5], "Tespit"), widths=_WIDTHS, rows=rows)],
        said=[said, _NO_JUDGEMENT],
        rows_below=[
            PrintedRow(title="Nasıl oldu", heads=("Zimmetlinin anlatımı",), cells=("",), widths=(1,), height=32)
        ],
        boxes=[*signed, PrintedBox("Ambar sorumlusu")],
        notes=[NOTE],
    )


def thing(place: int, device: Device) -> tuple[str, str, str, str, str]:
    """Row number, official number, what it is, serial, number of ours."""
    said, kind, name = device.description, device_kind(device.description.kind), device_names.name(device)
    called = name if name == kind else f"{kind}, {name}"
    return str(place), said.asset_no or "–", called, said.serial or "–", str(device.number)


def sentence(act: Handover) -> str:
    """What its receiver declares."""
    count = len(act.standing)
    if act.direction is Direction.RETURN:
        return f"Yukarıda yazılı {count} taşınır, yazıldığı gibi depoya geri alındı."
    if act.outside:
        due = f"{act.due_back:%d.%m.%Y} günü" if act.due_back is not None else "istendiğinde"
        return (
            f"Yukarıda yazılı {count} taşınırı süreyle teslim aldım; {due}, aldığım gibi geri veririm (Taşınır Mal "
            "Yönetmeliği m.23/7)."
        )
    if act.common:
        return (
            f"Yukarıda yazılı {count} taşınırı ortak kullanım için teslim aldım; ortak alanın sorumlusuyum (Taşınır "
            "Mal Yönetmeliği m.10/1-ç). Görevim ya da birimim değişince bildiririm."
        )
    return (
        f"Yukarıda yazılı {count} taşınırı teslim aldım. Görevim sona erince ya da birimim değişince depoya iade "
        "ederim; başkasına vermem (Taşınır Mal Yönetmeliği m.5/4)."
    )


def name_of(person: Person) -> str:
    return person.name or person.handle


def day(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else f"{at.astimezone(zone):%d.%m.%Y}"


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else f"{at.astimezone(zone):%d.%m.%Y %H:%M}"


def digest_of(act: Handover) -> str:
    """`3f9a 71c2 …`: the first 16 digits of what was confirmed, as the page of the act shows them too."""
    return " ".join(act.digest[at : at + 4] for at in range(0, 16, 4))


def _head(shown: HandoverShown, zone: ZoneInfo) -> list[tuple[str, str]]:
    act = shown.row.handover
    return [
        ("No", str(act.number)),
        ("Tarih", day(act.ended_at or act.made_at, zone)),
        ("Kayıt", shown.ticket or "–"),
        ("Durum", STATES[act.state]),
    ]


def _of_person(what: str, person: Person | None) -> list[tuple[str, str]]:
    if person is None:
        return [(what, "ortak kullanım")]
    return [
        (what, name_of(person)),
        ("Personel sicil no", person.staff_no or "–"),
        ("Müdürlük", person.department or "–"),
        ("Oda", person.room or "–"),
    ]


def _facts(row: HandoverRow) -> list[tuple[str, str]]:
    act, official = row.handover, row.official
    document = "" if official is None else f"{official.document}, {official.day:%d.%m.%Y}"
    if act.direction is Direction.RETURN:
        who = _of_person("Teslim eden", row.giver)
    elif act.outside:
        due = "" if act.due_back is None else f"{act.due_back:%d.%m.%Y}"
        here = "" if row.receiver is None else name_of(row.receiver)
        who = [("Alan kişi, firma", act.outside), ("Dönüş günü", due), ("Takip eden", here), ("Telefon", "")]
    else:
        receiver = "Ortak alanın sorumlusu" if act.common else "Devralan" if act.giver else "Teslim alan"
        who = _of_person(receiver, row.receiver)
        if act.direction is Direction.SWAP:
            who += _of_person("Devreden", row.giver)
    if act.stands_at:
        who.append(("Yeri", act.stands_at))
    return [*who, ("Harcama birimi", ""), ("Resmî belge no, tarih", document)]


def _lines(row: HandoverRow) -> PrintedPart:
    act = row.handover
    is_return = act.direction is Direction.RETURN
    cells = [
        (*thing(place, row.device(line)), _how_it_came(line) if is_return else line.accessories or "–")
        for place, line in enumerate(act.standing, 1)
    ]
    heads = (*_HEADS[:5], "Nasıl döndü") if is_return else _HEADS
    return PrintedPart(title="", heads=heads, widths=_WIDTHS, rows=cells, empty="Bütün satırları düştü.")


def _how_it_came(line: HandoverLine) -> str:
    how = RETURNED.get(line.returned, "") if line.returned is not None else ""
    return f"{how}: {line.note}" if line.note else how


def _fallen(row: HandoverRow) -> list[str]:
    fell = [
        f"{row.device(line).number} ({PROBLEMS[line.problem]}{f': {line.note}' if line.note else ''})"
        for line in row.handover.lines
        if line.problem is not None
    ]
    return [f"Teslimden düşenler: {', '.join(fell)}."] if fell else []


def _boxes(shown: HandoverShown, zone: ZoneInfo) -> list[PrintedBox]:
    row, act = shown.row, shown.row.handover
    made = [name_of(row.maker), f"Hazırladı: {moment(act.made_at, zone)}"]
    match act.direction:
        case Direction.RETURN:
            return [
                PrintedBox("Teslim eden", _named(row.giver)),
                PrintedBox(
                    "Teslim alan (depo adına)", [name_of(row.maker), f"Geri aldı: {moment(act.ended_at, zone)}"]
                ),
            ]
        case Direction.SWAP:
            return [
                PrintedBox("Devreden", [*_named(row.giver), *_confirmed(act, act.giver_at, zone)]),
                PrintedBox("Devralan", [*_named(row.receiver), *_confirmed(act, act.receiver_at, zone)]),
                PrintedBox("Düzenleyen", made),
            ]
        case Direction.GIVE:
            return [
                PrintedBox("Teslim eden", made),
                PrintedBox("Teslim alan", [row.to, *_confirmed(act, act.receiver_at, zone)]),
                PrintedBox("Çıkış emri (11/26)", _ordered(shown.orders, zone)),
            ]


def _named(person: Person | None) -> list[str]:
    return [name_of(person)] if person is not None else []


def _confirmed(act: Handover, at: datetime | None, zone: ZoneInfo) -> list[str]:
    if at is None:
        return ["Onay bekleniyor"] if act.is_open else []
    if act.how is How.PAPER and at == act.ended_at:
        return [f"Islak imzayla: {day(at, zone)}"]
    how = "Yerinde kodla onayladı" if act.how is How.CODE else "Sohbette onayladı"
    return [f"{how}: {moment(at, zone)}", f"Onaylanan liste: {digest_of(act)}"]


def _ordered(orders: Mapping[OrderId, OrderRow], zone: ZoneInfo) -> list[str]:
    if not orders:
        return ["Depodan çıkmadı; emir gerekmedi."]
    lines = []
    for row in orders.values():
        how = "Toplu emirle" if row.order.standing is not None else "Verildi"
        document = f"Belge: {row.order.document}" if row.order.document else ""
        lines += [str(row.order.number), row.decided_by, f"{how}: {moment(row.order.decided_at, zone)}", document]
    return list(filter(None, lines))


def _came_back(shown: HandoverShown, zone: ZoneInfo) -> list[PrintedRow]:
    """What came back later as it was written down then; what is still out has a row to be filled in by hand."""
    act = shown.row.handover
    if act.direction is Direction.RETURN or act.state in (HandoverState.REFUSED, HandoverState.CANCELLED):
        return []
    cells: list[str] = []
    back = 0
    ours = {line.device for line in act.standing}
    for row in shown.returned_by:
        lines = [line for line in row.handover.standing if line.device in ours]
        back += len(lines)
        numbers = ", ".join(str(row.device(line).number) for line in lines)
        notes = ", ".join(filter(None, map(_how_it_came, lines)))
        when = f"{day(row.handover.ended_at, zone)} {row.handover.number}"
        cells += [when, numbers, notes, " ".join(_named(row.giver)), name_of(row.maker)]
    if back < len(act.standing):
        cells += [""] * len(_BACK)
    return [PrintedRow(title="Geri alındı", heads=_BACK, cells=cells, widths=_BACK_WIDTHS)]
