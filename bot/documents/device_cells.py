"""What stands in a cell of a list of devices: a number that Excel changed, a day, money, an address, a name.

Each reads a cell and gives what is kept; `Refused` where the row cannot be taken so, a note where it can be without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.documents.sheets import Formula, TypedCell
from knowledge.device_kinds import OTHER, kind_written
from knowledge.facts.devices import make_in
from knowledge.language.device_keys import host_key, ip_key, mac_key
from knowledge.language.device_numbers import official_number, serial_key
from knowledge.language.folding import folded

LOST_DIGITS = 1e15
"""From here on a number of a sheet has lost digits: it keeps fifteen."""
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""Days that a number may be: 1954 to 2119."""
_EARLIEST = 1970
_AS_TEXT = "Sütunu Metin yapıp numarayı yeniden yazın."
_SPOILT = re.compile(r"\d[.,]?\d*[Ee]\+?\d{2}|0[.,]\d{6,}")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?: .*)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_MONEY = re.compile(r"(?:₺|tl|try)?\s*+-?(?:[.,' ]*+\d)++[.,' ]*+\s*+(?:₺|tl|try|lira)?", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,3})\s*(ay|yıl|yil|sene|month|months|year|years)?", re.IGNORECASE)
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{10}(?!\d)")
_NOTHING = frozenset({"-", "--", "---", ".", "0", "yok", "bilinmiyor", "n/a", "na", "none", "null", "belirsiz"})
_DEPOT = frozenset({"ambar", "depo", "bim deposu", "depoda", "ambarda", "stok", "bilgi islem deposu"})
_TOTALS = frozenset({"toplam", "geneltoplam", "aratoplam", "yekun", "geneltoplami", "sayfatoplami", "nakliyekun"})


class Refused(Exception):
    """`says`: in Turkish, behind `Satır 5, Sicil no: `."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


def number(cell: str) -> str:
    """A number by which a device is known, letter by letter as on the device. Raises Refused where Excel changed it."""
    value = value_of(cell)
    if isinstance(value, date | time | timedelta):
        raise Refused(f"Excel bu numarayı tarihe çevirmiş. {_AS_TEXT}")
    written = cell.removeprefix("'").strip()
    if (as_number := value if isinstance(value, float) else _handed_back(written)) is None:
        return written
    if abs(as_number) >= LOST_DIGITS:
        shown = f"{as_number:.2E}".replace(".", ",")
        raise Refused(f"Excel bu numarayı sayıya çevirmiş, son haneleri kaybolmuş ({shown}). {_AS_TEXT}")
    if not as_number.is_integer():
        shown = f"{as_number:.4f}".replace(".", ",")
        raise Refused(f"Excel bu numarayı bölme işlemine çevirmiş ({shown}). {_AS_TEXT}")
    return written


def _handed_back(written: str) -> float | None:
    """What Excel had made of a number, as text: it stands so in the rows that were handed back."""
    found = _SPOILT.fullmatch(written)
    return float(written.replace(",", ".")) if found is not None else None


def value_of(cell: str) -> float | date | time | timedelta | None:
    """Raises Refused for a formula that nobody worked out."""
    if not isinstance(cell, TypedCell):
        return None
    if isinstance(cell.value, Formula):
        raise Refused("hücrede formül var, sonucu dosyada yok. Excel'de açıp kaydederek yeniden yükleyin.")
    return cell.value


def text(cell: str) -> str:
    """Raises Refused for a formula that nobody worked out."""
    value_of(cell)
    return "" if is_nothing(cell) else str(cell)


def is_nothing(cell: str) -> bool:
    return cell.strip().casefold() in _NOTHING


def day(cell: str, *, today: date | None = None) -> tuple[date | None, str]:
    """With a note. `today`: a later day is none of buying. Raises Refused for a day that there is not."""
    found = _day(cell)
    if found is not None and today is not None and found > today:
        return None, f"{found:%d.%m.%Y} gelecekte; boş bırakıldı."
    if found is not None and found.year < _EARLIEST:
        return None, f"{found:%d.%m.%Y} çok eski; boş bırakıldı."
    return found, ""


def _day(cell: str) -> date | None:
    match value_of(cell):
        case datetime() as moment:
            return moment.date()
        case date() as found:
            return found
        case float() as serial if int(serial) in _SERIALS:
            return _EXCEL_EPOCH + timedelta(days=int(serial))
    written = cell.strip()
    if not written or is_nothing(written):
        return None
    if written.isdigit() and len(written) == 5 and int(written) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(written))
    iso, plain = _ISO_DAY.fullmatch(written), _DAY.fullmatch(written)
    if iso is not None:
        year, month, on = int(iso[1]), int(iso[2]), int(iso[3])
    elif plain is not None:
        year, month, on = int(plain[3]), int(plain[2]), int(plain[1])
        year += 0 if year > 99 else 2000 if year < 70 else 1900
    else:
        raise Refused(f"“{written[:40]}” bir gün değil; gün.ay.yıl yazın (17.07.2018).")
    try:
        return date(year, month, on)
    except ValueError:
        raise Refused(f"“{written[:40]}” diye bir gün yok.") from None


def money(cell: str) -> tuple[str, str]:
    """As it was written, with a note."""
    value = value_of(cell)
    if isinstance(value, float):
        whole = f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
        return whole, ""
    if not cell or is_nothing(cell):
        return "", ""
    if _MONEY.fullmatch(cell) is None:
        return "", f"“{cell[:40]}” para değil; boş sayıldı."
    return str(cell), ""


def months(cell: str) -> int | None:
    """Of a warranty's time: `24`, `24 ay`, `2 yıl`."""
    found = _TIME.fullmatch(text(cell).strip())
    if found is None:
        return None
    count = int(found[1])
    return count * 12 if found[2] and found[2].lower()[0] in "ysy" and not found[2].lower().startswith("m") else count


def later(start: date, months: int) -> date:
    """The same day so many months on, or the last of its month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for on in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, on)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def serial(cell: str) -> tuple[str, str]:
    """With a note."""
    written = number(cell)
    if not written or is_nothing(written):
        return "", ""
    if serial_key(written) is None:
        return "", f"“{written[:40]}” seri numarası değildir; boş sayıldı."
    return written, ""


def mac(cell: str) -> tuple[str, str]:
    """Several with blanks between them, with a note."""
    return _addresses(text(cell), mac_key, "12 haneli değil; boş sayıldı.")


def ip(cell: str) -> tuple[str, str]:
    """The same."""
    value_of(cell)
    return _addresses(str(cell), ip_key, "adres değil; boş sayıldı.")


def _addresses(written: str, key: object, amiss: str) -> tuple[str, str]:
    assert callable(key)
    parts = [one for one in re.split(r"[\s,;]+", written) if one]
    bad = next((one for one in parts if key(one) is None), None)
    return " ".join(one for one in parts if key(one) is not None), f"“{bad[:40]}” {amiss}" if bad else ""


def host(cell: str) -> str:
    written = text(cell)
    return written if written and host_key(written) is not None else ""


def thing(cell: str) -> tuple[str, str, str]:
    """Kind, make and what else stands there: `YAZICI HP M404dn` is ("yazici", "HP", "M404dn")."""
    written = text(cell)
    make, rest = make_in(written)
    kind, rest = _kind_in(rest)
    return kind, make, rest


def _kind_in(written: str) -> tuple[str, str]:
    words = [word for word in re.split(r"[\s/(),\-]+", written) if word]
    found: list[tuple[int, bool, int, str]] = []
    for length in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            kind = kind_written(" ".join(words[start : start + length]))
            if kind is not None and kind != OTHER:
                found.append((length, kind != "bilgisayar", -start, kind))
    if not found:
        return "", written
    length, _, start, kind = max(found)
    return kind, " ".join(words[:-start] + words[-start + length :])


def official(written: str) -> bool:
    return official_number(written) is not None


def person(cell: str) -> tuple[str, bool]:
    """The name alone, and whether an identity number stood before it."""
    written = text(cell)
    named = _IDENTITY.sub("", written)
    return " ".join(named.split()).strip(" -–/:,;()"), named != written


def is_depot(name: str) -> bool:
    return folded(name) in _DEPOT


def without_identity(cell: str) -> str:
    return _IDENTITY.sub("", cell).strip(" -–/")


def is_total(cells: list[str]) -> bool:
    words = ("".join(letter for letter in folded(cell) if letter.isalpha()) for cell in _filled(cells))
    return any(word in _TOTALS for word in words)


def _filled(cells: list[str]) -> Iterator[str]:
    return (cell for cell in cells if cell)
