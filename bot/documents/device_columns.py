"""Which column of a list of devices is what, under the names that houses, their systems and other programs use.

Known from the first: a house's own Excel, "YBS taşınır listesi", GLPI (tr, en, fr) and Snipe-IT as they export a CSV.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.documents.sheets import SEARCHED_FOR_HEADER, Sheet
from handlers.domain.brought_lists import ListColumn, ReadAs, UnreadableList
from handlers.domain.device_lists import KEYS, LIST_FIELDS
from handlers.domain.particulars import MAX_FIELD_LETTERS
from knowledge.language import comparison
from knowledge.language.folding import folded

NO_HEADER = (
    "Bu dosyada tanıdığım bir başlık satırı yok (ilk 20 satıra baktım). "
    "Sicil no, seri no ya da demirbaş no sütunu gerekli."
)
TITLES: Mapping[str, str] = {
    "asset_no": "Sicil no",
    "other_no": "Başka no",
    "barcode": "Barkod",
    "kind": "Tür",
    "brand": "Marka",
    "model": "Model",
    "make_and_model": "Marka/model",
    "serial": "Seri no",
    "holder": "Zimmetli",
    "department": "Müdürlük",
    "room": "Oda",
    "bought_on": "Alım tarihi",
    "price": "Bedel",
    "supplier": "Firma",
    "warranty_until": "Garanti bitişi",
    "warranty_time": "Garanti süresi",
    "host": "Bilgisayar adı",
    "ips": "IP",
    "macs": "MAC",
    "note": "Not",
}
_NAMES = {
    "asset_no": "sicil no, taşınır sicil no, taşınır sicil numarası, demirbaş no, demirbaş numarası, demirbaş, dmb no, "
    "dmbno, sicilno, sicil numarası, demirbaş sicil no, taşınır no, inventory number, numéro d'inventaire, asset tag, "
    "taşınır kodu ve sicil no",
    "other_no": "başka no, etiket no, kurum no, eski no, cihaz no, bim no, alternate username number",
    "barcode": "barkod, barkod no, barkodu, barcode, envanter no, envanter numarası, envanter numarasi",
    "kind": "cinsi, cins, malzeme adı, malzemenin adı, taşınır adı, taşınırın adı, taşınır malın adı, ürün, ürün adı, "
    "açıklama, tür, türü, tip, tipi, cihaz türü, cihaz tipi, cihaz, type, category, kategori, malzeme, "
    "malzeme cinsi, demirbaş adı, cihaz adı",
    "brand": "marka, markası, üretici, imalatçı, manufacturer, fabricant, marka adı",
    "model": "model, modeli, model adı, model name, modèle, model no",
    "make_and_model": "marka model, marka ve model, markası modeli, marka modeli, markası ve modeli, cinsi markası, "
    "cinsi markası modeli, cinsi marka, cins marka, cinsi ve markası, marka modeli özellikleri",
    "serial": "seri no, serino, seri numarası, s/n, sn, serial, serial number, numéro de série, şasi seri no, "
    "seri nosu",
    "holder": "zimmetli, zimmet, zimmet kişi, zimmetli kişi, zimmetli personel, zimmetlenen, zimmet sahibi, kullanıcı, "
    "kullanıcısı, personel, kullanan, kullanan kişi, user, utilisateur, assigned to, checked out to, ad soyad, "
    "adı soyadı, zimmet alan, zimmetli olduğu kişi, contact",
    "department": "birim, birimi, müdürlük, müdürlüğü, kullanıldığı yer, zimmetli olduğu yer, kullanıldığı birim, "
    "bulunduğu birim, birim adı, müdürlük adı, harcama birimi, department, departman, entity, varlık, entité, group",
    "room": "oda, oda no, yer, yeri, konum, konumu, bulunduğu yer, bulunduğu oda, location, lieu, lokasyon, mahal",
    "bought_on": "alım tarihi, alış tarihi, giriş tarihi, fatura tarihi, edinme tarihi, satın alma tarihi, "
    "purchase date, buy date, date of purchase, date d'achat, edinim tarihi, tarih",
    "price": "bedeli, bedel, tutar, tutarı, giriş değeri, fiyat, fiyatı, değer, değeri, birim fiyat, birim fiyatı, "
    "purchase cost, cost, value, valeur, kdv dahil bedel",
    "supplier": "firma, firması, tedarikçi, satıcı, alındığı firma, supplier, fournisseur, yüklenici",
    "warranty_until": "garanti bitiş, garanti bitişi, garanti bitiş tarihi, garanti, garanti sonu, warranty expires, "
    "warranty expiration, garanti tarihi",
    "warranty_time": "garanti süresi, garanti süresi ay, warranty, warranty duration, durée de garantie, garanti ay",
    "host": "bilgisayar adı, host, hostname, host name, ağ adı, makine adı, pc adı, bilgisayar ismi, computer name, "
    "name, nom, ad, ip adı",
    "ips": "ip, ip adresi, ip adres, ip no, ip address, adresse ip",
    "macs": "mac, mac adresi, mac adres, mac address, adresse mac",
    "note": "not, notlar, açıklamalar, notes, comments, yorum, yorumlar, commentaires, düşünceler",
}  # fmt: skip
_NOT_OURS = frozenset({"sno", "sirano", "sira", "no", "id", "adet", "miktar", "sorun", "durum", "status", "miktari"})
"""Known, so that they are not taken for another."""
_OF_ANYTHING = frozenset({"ad", "name", "nom"})
"""GLPI calls a computer's own name so; alone it may be the name of anything."""
_LEAST_NEARLY = 6
"""Letters from which on a heading may be nearly one that is known."""
SAMPLES, SAMPLED_OF, SAMPLE_LETTERS = 3, 30, 30


def _key(heading: str) -> str:
    return "".join(letter for letter in folded(heading) if letter.isalnum())


_BY_KEY = {_key(name): column for column, names in _NAMES.items() for name in names.split(", ")}
_NEARLY = [(column, name) for column, names in _NAMES.items() for name in names.split(", ") if len(name) > 5]


def column_of(heading: str) -> str | None:
    key = _key(heading)
    if not key or key in _NOT_OURS:
        return None
    if (known := _BY_KEY.get(key)) is not None:
        return known
    if len(key) < _LEAST_NEARLY:
        return None
    return comparison.meant(heading[:MAX_FIELD_LETTERS], _NEARLY, comparison.COLUMNS)


def known_in(cells: Sequence[str]) -> int:
    """How many columns of ours are named there."""
    return len({column_of(cell) for cell in cells} - {None})


@dataclass(frozen=True, slots=True)
class DeviceHeader:
    line: int
    cells: tuple[str, ...]
    columns: tuple[str | None, ...]

    def is_repeated(self, cells: Sequence[str]) -> bool:
        return tuple(cells[: len(self.cells)]) == self.cells

    def described(self, below: Sequence[tuple[int, Sequence[str]]]) -> list[ListColumn]:
        found = []
        for place, (cell, column) in enumerate(zip(self.cells, self.columns, strict=True)):
            values = [cells[place] for _, cells in below if place < len(cells) and cells[place]]
            shown = tuple(value[:SAMPLE_LETTERS] for value in dict.fromkeys(values[:SAMPLED_OF]))[:SAMPLES]
            filled = 0 if _key(cell) in _NOT_OURS else len(values)  # nobody misses a running number
            found.append(ListColumn(place, cell[:MAX_FIELD_LETTERS], column or "", filled, shown))
        return found


def header_of(sheet: Sheet, said: ReadAs) -> tuple[DeviceHeader, Sequence[tuple[int, list[str]]]]:
    """The line among the first in which most columns are known, and what stands below. What somebody `said` of columns
    goes before their headings.

    Raises UnreadableList where nothing is known by which a device could be found again.
    """
    first = sheet.lines[:SEARCHED_FOR_HEADER]
    best, place = 0, 0
    for here, (_, cells) in enumerate(first):
        if (known := _known_in(cells, said)) > best:
            best, place = known, here
    if not first:
        raise UnreadableList(1, "nothing in it", "Dosyada hiçbir şey yok: boş görünüyor.")
    line, cells = first[place]
    columns = _columns(cells, said)
    header = DeviceHeader(line, tuple(cells), columns)
    below = sheet.lines[place + 1 :]
    by_name = {
        column
        for column, cell in zip(columns, cells, strict=True)
        if column in (*KEYS, "barcode") and _key(cell) not in _OF_ANYTHING
    }
    by_place = {"kind", "room"} <= set(columns) or {"make_and_model", "room"} <= set(columns)
    if not by_name and not by_place:
        raise UnreadableList(line, "no header that is known", NO_HEADER, header.described(below) if best else ())
    return header, below


def _columns(cells: Sequence[str], said: ReadAs) -> tuple[str | None, ...]:
    """Each once: what was said of this list goes first, then what was said of an earlier one."""
    told = {place: one if one in LIST_FIELDS else None for place, one in said.columns.items()}
    taken = {one for one in told.values() if one}
    for place, cell in enumerate(cells):
        before = said.headings.get(_key(cell))
        if place not in told and before is not None and before not in taken:
            told[place] = before if before in LIST_FIELDS else None
            taken |= {before} - {""}
    columns: list[str | None] = []
    for place, cell in enumerate(cells):
        found = told[place] if place in told else column_of(cell)
        columns.append(None if place not in told and (found in taken or found in columns) else found)
    return tuple(columns)


def _known_in(cells: Sequence[str], said: ReadAs) -> int:
    return len({said.headings.get(_key(cell)) or column_of(cell) for cell in cells} - {None})


def headings_of(header: DeviceHeader, said: ReadAs) -> dict[str, str]:
    """What was said of columns, by their headings: to be remembered."""
    own = {_key(header.cells[place]): one for place, one in said.columns.items() if place < len(header.cells)}
    return {key: one for key, one in {**said.headings, **own}.items() if key}


def padded(cells: Sequence[str], count: int) -> list[str]:
    return [cell for _, cell in zip_longest(range(count), cells[:count], fillvalue="")]
