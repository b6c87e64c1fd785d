"""What somebody types into the box above a list: words that it knows become filters, the others are looked for.

"geciken", "mehmet", "zabıta acil toner", "3. kat".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from itertools import islice
from typing import Any

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.people import Role
from handlers.domain.rights import scopes
from handlers.domain.states import Priority
from handlers.domain.ticket_filter import LONGEST_VALUE, ME, NOBODY, Standing, TicketFilter
from knowledge.language import comparison
from knowledge.language.folding import folded

MOST_LETTERS = 200
MOST_WORDS = 8
LONGEST_PHRASE = 6
"""Words that together name something, at most."""
_WORD = re.compile(r"[^\W_]+")
Meaning = tuple[str, str]
"""A name of the filter, and its value."""
_KNOWN: Mapping[str, Meaning] = {
    **dict.fromkeys(("geciken", "gecikenler", "gecikmis", "geciken kayitlar"), ("geciken", "1")),
    **dict.fromkeys(("bugun bitecek", "bugun bitecekler", "bugun"), ("bugun", "1")),
    **dict.fromkeys(("bugun acilan", "bugun acilanlar", "bugun gelen", "bugun gelenler"), ("acilan", "1")),
    **dict.fromkeys(("dunden beri bekleyen", "dunden beri bekleyenler", "dunden beri"), ("dunden", "1")),
    **dict.fromkeys(("acil", "aciller"), ("oncelik", Priority.URGENT)),
    "yuksek": ("oncelik", Priority.HIGH),
    "dusuk": ("oncelik", Priority.LOW),
    "acik": ("durum", Standing.ACTIVE),
    **dict.fromkeys(("sira", "sirada", "siradaki", "siradakiler"), ("durum", Standing.QUEUED)),
    **dict.fromkeys(("ustlenilen", "ustlenilenler", "ustlenildi"), ("durum", Standing.CLAIMED)),
    **dict.fromkeys(("bekleyen", "bekleyenler"), ("durum", Standing.WAITING)),
    **dict.fromkeys(("firma bekleyen", "firma"), ("durum", Standing.VENDOR)),
    **dict.fromkeys(("malzeme bekleyen", "malzeme"), ("durum", Standing.PARTS)),
    **dict.fromkeys(("onay bekleyen", "onay"), ("durum", Standing.APPROVAL)),
    "bilgi bekleyen": ("durum", Standing.REPORTER),
    **dict.fromkeys(("tamamlanan", "tamamlananlar", "biten"), ("durum", Standing.RESOLVED)),
    **dict.fromkeys(("kapanan", "kapananlar", "kapali"), ("durum", Standing.ENDED)),
    **dict.fromkeys(("hepsi", "tumu", "butun kayitlar"), ("durum", Standing.ALL)),
    **dict.fromkeys(("bende", "benim", "ustlendiklerim", "benimkiler"), ("ustlenen", ME)),
    **dict.fromkeys(("kimsede", "sahipsiz", "ustlenilmeyen", "ustlenilmemis"), ("ustlenen", NOBODY)),
}
_TIMES = tuple(phrase for phrase, (name, _) in _KNOWN.items() if name in ("geciken", "bugun", "acilan", "dunden"))


def names_a_time(typed: str) -> bool:
    """Whether something of it may ask when; quickly, without what is known in this house."""
    return any(phrase in folded(typed) for phrase in _TIMES)


def understood(acting: Acting, wanted: TicketFilter, typed: str) -> TicketFilter:
    """`wanted` with what was typed added to it. The longest phrase that is known counts; what is not known is looked
    for, all of it in one."""
    known, words = _phrases(acting), typed[:MOST_LETTERS].split()[:MOST_WORDS]
    left: list[str] = []
    place = 0
    while place < len(words):
        length, meaning = _longest(known, words[place:])
        if meaning is None:
            left.append(words[place])
        else:
            wanted = _with(wanted, *meaning)
        place += length
    return _with(wanted, "q", " ".join(left)[:LONGEST_VALUE]) if left else wanted


def says(title: str, typed: str) -> bool:
    """Whether every word that was typed is somewhere in that name, whatever its letters look like."""
    return all(word in folded(title) for word in folded(typed).split())


def begins(texts: Iterable[str], typed: str) -> bool:
    """Whether every word that was typed is the beginning of one of theirs."""
    words = _WORD.findall(folded(" ".join(texts)))
    return all(any(word.startswith(one) for word in words) for one in _WORD.findall(folded(typed)))


def _longest(known: Mapping[str, Meaning], words: Sequence[str]) -> tuple[int, Meaning | None]:
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        meaning = known.get(folded(" ".join(words[:length])))
        if meaning is not None:
            return length, meaning
    return 1, None


def _phrases(acting: Acting) -> Mapping[str, Meaning]:
    """What is known in this house, too: its units, those who work there, its müdürlükler and subjects."""
    found: dict[str, Meaning] = {}
    for subject in acting.desk.catalogue.categories.values():
        found[folded(subject.title)] = ("konu", subject.id)
    names = DepartmentNames.of(acting.uow)
    for name in dict.fromkeys([*map(names.name, acting.uow.departments.people()), *names.open]):
        for phrase in _of_office(name):
            found[phrase] = ("mudurluk", name)
    for handle, called in _workers(acting):
        for one in called:
            found.setdefault(one, ("ustlenen", handle))
    for unit in acting.desk.catalogue.units.values():
        found[folded(unit.title)] = ("birim", unit.id)
        found[folded(unit.id)] = ("birim", unit.id)
    return {**found, **_KNOWN}


def _of_office(name: str) -> Iterable[str]:
    """`zabita mudurlugu`, and without what all are called."""
    yield folded(name)
    yield comparison.office(name)


def _workers(acting: Acting) -> Iterable[tuple[str, Sequence[str]]]:
    """By whole name and first name, of the units whose tickets they see."""
    reach = scopes(acting.person)
    units = [unit for unit in acting.desk.units if any(one.unit in (None, unit) for one in reach)]
    for unit in units:
        for role in (Role.LEAD, Role.TECHNICIAN):
            for person in acting.uow.people.in_role(role, unit):
                whole = folded(person.name)
                yield person.handle, list(islice(filter(None, (whole, whole.partition(" ")[0], person.handle)), 3))


_FIELDS = {str(one.metadata["name"]): one.name for one in fields(TicketFilter)}


def _with(wanted: TicketFilter, name: str, value: str) -> TicketFilter:
    field = _FIELDS[name]
    held = getattr(wanted, field)
    changed: dict[str, Any] = {field: tuple(dict.fromkeys([*held, value])) if isinstance(held, tuple) else True}
    return replace(wanted, **changed)
