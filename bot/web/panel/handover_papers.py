"""Papers of one act: the preparation of the taşınır teslim belgesi, and the report of what came back damaged.

They prepare the official paper, which the taşınır kayıt yetkilisi makes (Taşınır Mal Yönetmeliği m.10/1-b, ç).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.web.printed import PrintedBox, PrintedForm, PrintedPart, PrintedRow
from handlers.domain.handovers import Direction, Handover, HandoverState, How, Problem, Returned
from handlers.domain.official_records import OfficialRecord
from handlers.queries.handover_papers import Act, ActLine, CameBack, ListedDevice, Order, Side

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


def handover_form(act: Act, official: OfficialRecord | None, zone: ZoneInfo, printed: str) -> PrintedForm:
    return PrintedForm(
        title=OUTSIDE if act.outside else TITLES[act.direction],
        under=f"{UNDER}{'' if act.state is HandoverState.CONFIRMED else f' · {STATES[act.state]}'}",
        number=act.number,
        printed=printed,
        head=_head(act, zone),
        facts=_facts(act, official),
        parts=[_lines(act)],
        said=[sentence(act)],
        boxes=_boxes(act, zone),
        rows_below=_came_back(act, zone),
        notes=[*_fallen(act), NOTE],
    )


def damage_form(act: Act, zone: ZoneInfo, printed: str) -> PrintedForm | None:
    """Of a return; None where all of it came back whole. No judgement: that is the harcama yetkilisi's (m.27/3)."""
    lines = [line for line in act.standing if line.returned not in (None, Returned.WHOLE)]
    if not lines:
        return None
    return damage_report(
        "Hasar ve eksik tutanağı",
        [(line.device, _how_it_came(line)) for line in lines],
        facts=_of_side("Teslim eden", act.giver),
        number=act.number,
        head=_head(act, zone),
        printed=printed,
        said=f"Yukarıda yazılı taşınır, {day(act.ended_at, zone)} tarihinde geri alınırken yazıldığı gibi görüldü.",
        signed=(PrintedBox("Tespit eden", [act.made_by.name]), PrintedBox("Teslim eden", _named(act.giver))),
    )


def damage_report(
    title: str,
    found: Sequence[tuple[ListedDevice, str]],
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


def thing(place: int, device: ListedDevice) -> tuple[str, str, str, str, str]:
    """Row number, official number, what it is, serial, number of ours."""
    return str(place), device.asset_no or "–", device.title, device.serial or "–", device.number


def sentence(act: Act) -> str:
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


def day(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else f"{at.astimezone(zone):%d.%m.%Y}"


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else f"{at.astimezone(zone):%d.%m.%Y %H:%M}"


def digest_of(act: Act | Handover) -> str:
    """`3f9a 71c2 …`: the first 16 digits of what was confirmed, as the page of the act shows them too."""
    return " ".join(act.digest[at : at + 4] for at in range(0, 16, 4))


def _head(act: Act, zone: ZoneInfo) -> list[tuple[str, str]]:
    return [
        ("No", act.number),
        ("Tarih", day(act.ended_at or act.made_at, zone)),
        ("Kayıt", act.ticket or "–"),
        ("Durum", STATES[act.state]),
    ]


def side_facts(what: str, side: Side) -> list[tuple[str, str]]:
    return [
        (what, side.name),
        ("Personel sicil no", side.staff_no or "–"),
        ("Müdürlük", side.department or "–"),
        ("Oda", side.room or "–"),
    ]


def _of_side(what: str, side: Side | None) -> list[tuple[str, str]]:
    return [(what, "ortak kullanım")] if side is None else side_facts(what, side)


def _facts(act: Act, official: OfficialRecord | None) -> list[tuple[str, str]]:
    document = "" if official is None else f"{official.document}, {official.day:%d.%m.%Y}"
    if act.direction is Direction.RETURN:
        who = _of_side("Teslim eden", act.giver)
    elif act.outside:
        due = "" if act.due_back is None else f"{act.due_back:%d.%m.%Y}"
        who = [("Alan kişi, firma", _named(act.receiver)[0]), ("Dönüş günü", due), ("Telefon", "")]
    else:
        receiver = "Ortak alanın sorumlusu" if act.common else "Devralan" if act.giver else "Teslim alan"
        who = _of_side(receiver, act.receiver)
        if act.direction is Direction.SWAP:
            who += _of_side("Devreden", act.giver)
    if act.stands_at:
        who.append(("Yeri", act.stands_at))
    return [*who, ("Harcama birimi", ""), ("Resmî belge no, tarih", document)]


def _lines(act: Act) -> PrintedPart:
    is_return = act.direction is Direction.RETURN
    cells = [
        (*thing(place, line.device), _how_it_came(line) if is_return else line.accessories or "–")
        for place, line in enumerate(act.standing, 1)
    ]
    heads = (*_HEADS[:5], "Nasıl döndü") if is_return else _HEADS
    return PrintedPart(title="", heads=heads, widths=_WIDTHS, rows=cells, empty="Bütün satırları düştü.")


def _how_it_came(line: ActLine | CameBack) -> str:
    how = RETURNED[line.returned] if line.returned is not None else ""
    return f"{how}: {line.note}" if line.note else how


def _fallen(act: Act) -> list[str]:
    fell = [
        f"{line.device.number} ({PROBLEMS[line.problem]}{f': {line.note}' if line.note else ''})"
        for line in act.lines
        if line.problem is not None
    ]
    return [f"Teslimden düşenler: {', '.join(fell)}."] if fell else []


def _boxes(act: Act, zone: ZoneInfo) -> list[PrintedBox]:
    made = [act.made_by.name, f"Hazırladı: {moment(act.made_at, zone)}"]
    match act.direction:
        case Direction.RETURN:
            taken = [act.made_by.name, f"Geri aldı: {moment(act.ended_at, zone)}"]
            return [
                PrintedBox("Teslim eden", _named(act.giver)),
                PrintedBox("Teslim alan (depo adına)", taken),
            ]
        case Direction.SWAP:
            return [
                PrintedBox("Devreden", [*_named(act.giver), *_confirmed(act, zone, giving=True)]),
                PrintedBox("Devralan", [*_named(act.receiver), *_confirmed(act, zone)]),
                PrintedBox("Düzenleyen", made),
            ]
        case Direction.GIVE:
            return [
                PrintedBox("Teslim eden", made),
                PrintedBox("Teslim alan", [*_named(act.receiver), *_confirmed(act, zone)]),
                PrintedBox("Çıkış emri (11/26)", _ordered(act.orders, zone)),
            ]


def _named(side: Side | None) -> list[str]:
    return [side.name] if side is not None else []


def _confirmed(act: Act, zone: ZoneInfo, *, giving: bool = False) -> list[str]:
    said = next((one for one in act.confirmations if one.giving is giving), None)
    if said is None:
        return ["Onay bekleniyor"] if act.state is HandoverState.WAITING else []
    if said.how is How.PAPER and said.at == act.ended_at:  # who had confirmed in the chat before did so
        return [f"Islak imzayla: {day(said.at, zone)}"]
    how = "Yerinde kodla onayladı" if said.how is How.CODE else "Sohbette onayladı"
    return [f"{how}: {moment(said.at, zone)}", f"Onaylanan liste: {digest_of(act)}"]


def _ordered(orders: Sequence[Order], zone: ZoneInfo) -> list[str]:
    if not orders:
        return ["Depodan çıkmadı; emir gerekmedi."]
    lines = []
    for order in orders:
        how = "Toplu emirle" if order.standing else "Verildi"
        document = f"Belge: {order.document}" if order.document else ""
        lines += [order.number, order.decided_by, f"{how}: {moment(order.decided_at, zone)}", document]
    return list(filter(None, lines))


def _came_back(act: Act, zone: ZoneInfo) -> list[PrintedRow]:
    """What came back later as it was written down then; what is still out has a row to be filled in by hand."""
    if act.direction is Direction.RETURN or act.state in (HandoverState.REFUSED, HandoverState.CANCELLED):
        return []
    numbers = {line.device.device: line.device.number for line in act.standing}
    cells: list[str] = []
    for one in act.came_back:
        when = f"{day(one.at, zone)} {one.act}"
        cells += [when, numbers[one.device], _how_it_came(one), " ".join(_named(act.receiver)), one.taken_by]
    if len(act.came_back) < len(act.standing):
        cells += [""] * len(_BACK)
    return [PrintedRow(title="Geri alındı", heads=_BACK, cells=cells, widths=_BACK_WIDTHS)]
