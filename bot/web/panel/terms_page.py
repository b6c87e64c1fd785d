"""`/panel/sureli`: whatever ends on a day, found by words, kind, state and how soon; one of them; a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import XLSX, as_file, files_of
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import TERMS
from handlers.context import Acting
from handlers.contracts import page
from handlers.contracts.page import ContractWish
from handlers.domain.errors import NotFound
from handlers.domain.numbers import EVER, Number, Series
from handlers.domain.store_events import StoreEvent
from handlers.domain.terms import DEFAULT_STEPS, TermKind, TermState
from handlers.events import ContractAsked
from handlers.people.officers import today_of
from handlers.ports import TermsWanted
from handlers.queries import terms
from handlers.queries.terms import ROWS, OneTerm, TermRow
from handlers.term_words import TERM_KINDS, TERM_STATES, days_to
from handlers.terms import OFFICES

FIELDS, LETTERS = 30, 1200
MOST_IN_A_FILE = 5_000
SOON = {"30": "30 günde bitecek", "90": "90 günde bitecek", "365": "bir yılda bitecek"}
HEADS = ("No", "Tür", "Ad", "Firma", "Sözleşme no", "Başlangıç", "Bitiş", "Kalan gün", "Durum", "Birim", "Yer", "Not")
DONE: Mapping[Any, str] = {
    ContractWish.TERM_RECORD: "Süreli kayıt eklendi.",
    ContractWish.TERM_CORRECT: "Düzeltildi.",
    ContractWish.TERM_RENEW: "Yenilendi: yenisi açıldı, eskisi kapandı.",
    ContractWish.TERM_UNRENEW: "Geri alındı: yeniden yürürlükte.",
    ContractWish.TERM_DROP: "Vazgeçildi; artık hatırlatılmaz.",
    ContractWish.TERM_BACK: "Geri alındı: yeniden yürürlükte.",
    ContractWish.VENDOR_RECORD: "Firma eklendi.",
    ContractWish.VENDOR_CORRECT: "Düzeltildi.",
    ContractWish.FORM_CORRECT: "Kaydedildi.",
    ContractWish.FORM_SUBMIT: "Onaya sunuldu.",
    ContractWish.FORM_APPROVE: "Onaylandı.",
    ContractWish.PROGRAM_RECORD: "Yazılım eklendi.",
    ContractWish.PROGRAM_CORRECT: "Düzeltildi.",
    ContractWish.SEAT_GIVE: "Lisans atandı.",
    ContractWish.SEAT_FREE: "Lisans boşa çıktı.",
}
_WHAT: Mapping[str, str] = {
    "recorded": "yazıldı",
    "corrected": "düzeltildi",
    "renewed": "yenilendi",
    "dropped": "vazgeçildi",
    "brought_back": "geri alındı",
    "told": "hatırlatıldı",
    "ticket_opened": "kayıt açıldı",
    "ended": "bittiği bildirildi",
    "read": "sertifika okundu",
}
_NAMES = ("q", "tur", "durum", "gun")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class TermFilter:
    """By the names of the address."""

    given: Mapping[str, str]

    @classmethod
    def of(cls, visit: Visit) -> TermFilter:
        return cls({name: typed for name in _NAMES if (typed := visit.typed(name)[:_LONGEST])})

    @property
    def query(self) -> str:
        return urlencode(self.given)

    def wanted(self, acting: Acting) -> TermsWanted:
        """Where nothing is chosen: what is in force or has ended without anybody renewing it."""
        kind, state, soon = (self.given.get(name, "") for name in ("tur", "durum", "gun"))
        states = frozenset({TermState(state)}) if state in set(TermState) else frozenset[TermState]()
        if not states and state != "hepsi":
            states = frozenset({TermState.IN_FORCE, TermState.ENDED})
        return TermsWanted(
            words=self.given.get("q", ""),
            kinds=frozenset({TermKind(kind)}) if kind in set(TermKind) else frozenset(),
            states=states,
            ends_by=today_of(acting) + timedelta(days=int(soon)) if soon in SOON else None,
        )


def _list(visit: Visit, asked: TermFilter) -> house_list.HouseList:
    skip = _skip(visit)

    def words(_visit: Visit) -> Mapping[str, object]:
        further = {**asked.given, "sonra": str(skip + ROWS)}
        here = f"{visit.browser.base}/panel/sureli"
        return {
            **_words(visit),
            "asked": asked.given,
            "query": asked.query,
            "skip": skip,
            "further": f"{here}?{urlencode(further)}",
            "first": f"{here}?{asked.query}" if skip else "",
            "soon": SOON,
        }

    return _of_terms(
        address="sureli",
        template="panel_terms.html",
        look=lambda acting: _Overview(terms.look(acting, asked.wanted(acting), skip=skip), terms.vendor_names(acting)),
        words=words,
        query=asked.query,
    )


@dataclass(frozen=True, slots=True)
class _Overview:
    found: terms.TermPage
    vendors: Any


def _one(visit: Visit) -> house_list.HouseList:
    number = _number(visit)
    return _of_terms(
        address=f"sureli/{number}",
        template="panel_term.html",
        look=lambda acting: terms.one(acting, number),
        words=lambda _visit: {
            **_words(visit),
            "as_typed": as_typed,
            "told_line": lambda found, line: told_line(visit, found, line),
        },
    )


def _of_terms(**of: Any) -> house_list.HouseList:
    return house_list.HouseList(
        folder="",
        actions=ContractWish,
        event=ContractAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=DONE,
        gone="Böyle bir süreli kayıt bulunamadı.",
        try_out=page.try_out,
        **of,
    )


@panel_page(TERMS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, TermFilter.of(visit)))


@panel_page(TERMS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, TermFilter.of(visit)))


@panel_page(TERMS)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _one(visit))


@panel_page(TERMS, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _one(visit))


@panel_page(TERMS)
async def workbook(visit: Visit) -> Response:
    asked, files = TermFilter.of(visit), files_of(visit)
    found = await visit.read(lambda acting: terms.look(acting, asked.wanted(acting), limit=MOST_IN_A_FILE))
    who, now, what = visit.person.id, visit.now, f"{len(found.rows)} rows {asked.query}"[:200]
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "terms_exported", what, CHANNEL))
    rows = [_cells(visit, row) for row in found.rows]
    made = await run_in_threadpool(files.workbook, "Süreli kayıtlar", HEADS, rows)
    return as_file(made, "sureli-kayitlar.xlsx", XLSX)


def _cells(visit: Visit, row: TermRow) -> tuple[str, ...]:
    term = row.term
    days = [f"{day:%d.%m.%Y}" if day is not None else "" for day in (term.starts, term.ends)]
    left = "" if row.left is None else str(row.left)
    names = (str(term.number), TERM_KINDS[term.kind], term.name, row.vendor, term.contract_no)
    end = days[1] or "süresiz"
    return (*names, days[0], end, left, TERM_STATES[term.state], visit.desk.unit_title(term.unit), row.place, term.note)


def _words(visit: Visit) -> dict[str, object]:
    return {
        "kinds": TERM_KINDS,
        "states": TERM_STATES,
        "offices": OFFICES,
        "units": [(unit, visit.desk.unit_title(unit)) for unit in visit.desk.units],
        "steps": ", ".join(map(str, DEFAULT_STEPS)),
        "days_to": days_to,
    }


def as_typed(found: OneTerm) -> dict[str, str]:
    """The fields of its form, as it stands."""
    term = found.row.term
    return {
        "kind": term.kind.value,
        "name": term.name,
        "unit": term.unit,
        "starts": term.starts.isoformat() if term.starts is not None else "",
        "ends": term.ends.isoformat() if term.ends is not None else "",
        "unending": "1" if term.ends is None else "",
        "vendor": found.row.vendor,
        "contract_no": term.contract_no,
        "steps": ", ".join(map(str, term.steps)),
        "office": term.office.value if term.office is not None else "",
        "devices": ", ".join(str(one.number) for one in found.devices),
        "place": found.row.place,
        "line_number": term.line.number,
        "service_no": term.line.service_no,
        "speed": term.line.speed,
        "fault_line": term.line.fault_line,
        "cost": term.cost,
        "note": term.note,
    }


def told_line(visit: Visit, found: OneTerm, line: StoreEvent) -> tuple[str, str, str]:
    """When, what, and who did it."""
    person = found.people.get(line.who) if line.who is not None else None
    what = _WHAT.get(line.what, line.what)
    ends = (line.before.get("ends"), line.after.get("ends"))
    if line.what in ("corrected", "read") and ends[0] != ends[1]:
        what = f"{what}: bitiş {_day(ends[0])} → {_day(ends[1])}"
    at = f"{line.at.astimezone(visit.desk.zone):%d.%m.%Y %H:%M}"
    return at, what, "masa" if person is None else person.name or person.handle


def _day(written: object) -> str:
    year, _, rest = str(written or "").partition("-")
    month, _, day = rest.partition("-")
    return f"{day}.{month}.{year}" if day else "süresiz"


def _number(visit: Visit) -> Number:
    """Raises NotFound."""
    written = str(visit.request.path_params["number"])
    number = Number.parse(written)
    if number is None or (number.series, number.year) != (Series.TERM, EVER):
        raise NotFound("term", written)
    return number


def _skip(visit: Visit) -> int:
    typed = visit.typed("sonra")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0
