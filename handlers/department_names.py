"""One müdürlük in as many spellings as people: which one was meant, and under which name it is counted and listed.

The one place where what somebody typed, or what stands on a person or a ticket, becomes a müdürlük of the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.domain.departments import Department, DepartmentId
from handlers.ports import UnitOfWork
from knowledge.facts import DEPARTMENTS
from knowledge.language import comparison

_MOST_OFFERED = 3
_REMEMBERED = 1_000
"""Spellings of which it is known what they mean: a list of 10,000 rows has some dozens."""
_USUAL = {comparison.office(name): title for title, name in DEPARTMENTS}
"""What is called so in most houses, by each of its names."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody typed: a müdürlük by its `name`, or one of those that are `near`; neither: it is none that is
    known."""

    name: str = ""
    near: Sequence[str] = ()


class DepartmentNames:
    def __init__(self, listed: Iterable[Department]) -> None:
        self._by_id = {one.id: one for one in listed}
        self._own = {comparison.office(name): one for one in self._by_id.values() for name in one.names}
        self.meant = lru_cache(_REMEMBERED)(self._meant)
        """Which is meant by what somebody typed."""

    @classmethod
    def of(cls, uow: UnitOfWork) -> DepartmentNames:
        return _names_of(tuple(uow.departments.all()))

    @property
    def open(self) -> Sequence[str]:
        """In alphabetical order of Turkish, nearly: letters with marks beside those without."""
        return sorted((one.name for one in self._by_id.values() if one.open), key=comparison.office)

    def find(self, written: str) -> Department | None:
        """The one of the list; what was merged is what it was merged into."""
        found = self.itself(written)
        return None if found is None else self._merged(found)

    def itself(self, written: str) -> Department | None:
        """The one whose own name it is, whatever it was merged into."""
        if not written:
            return None
        key = comparison.office(written)
        found = self._own.get(key)
        if found is None and (title := _USUAL.get(key)) is not None:
            found = self._own.get(comparison.office(title))
        return found

    def name(self, written: str) -> str:
        """As it is called now; of one that is not listed its usual name, else as it was written."""
        if (found := self.find(written)) is not None:
            return found.name
        return _USUAL.get(comparison.office(written), written) if written else ""

    def same(self, one: str, other: str) -> bool:
        """Whether two that are written are one."""
        return comparison.office(self.name(one)) == comparison.office(self.name(other))

    def _meant(self, typed: str) -> Meant:
        if (found := self.find(typed)) is not None:
            return Meant(found.name)
        known = list(self._known())
        name = comparison.called(typed, known, comparison.DEPARTMENTS)
        name = name or comparison.abbreviated(typed, known, comparison.DEPARTMENTS)
        if name is not None:
            return Meant(name)
        return Meant(near=comparison.nearest(typed, known, comparison.DEPARTMENTS, limit=_MOST_OFFERED))

    def settled(self, written: str) -> str:
        """As it is stored where nobody can be asked: under the name of the one that was plainly meant, else as it was
        written, to be looked at on the page of the list."""
        return self.meant(written).name or written

    def spellings(self, department: DepartmentId, spelled: Iterable[str]) -> Sequence[str]:
        """Those of what is `spelled` somewhere that are this one's."""
        found = ((one, self.find(one)) for one in spelled)
        return [one for one, meant in found if meant is not None and meant.id == department]

    def counted(self, rows: Iterable[tuple[str, int, int]]) -> Sequence[tuple[str, int, int]]:
        """(as written, opened, resolved) of each, those of one müdürlük together; most opened first."""
        spellings: dict[str, Counter[str]] = {}
        opened: Counter[str] = Counter()
        resolved: Counter[str] = Counter()
        for written, opened_there, resolved_there in rows:
            key = comparison.office(self.name(written))
            spellings.setdefault(key, Counter())[written] += opened_there + resolved_there
            opened[key] += opened_there
            resolved[key] += resolved_there
        named = [
            (self.name(min(written, key=lambda one: (-written[one], one))), opened[key], resolved[key])
            for key, written in spellings.items()
        ]
        return sorted(named, key=lambda row: (-row[1], row[0]))

    def _merged(self, found: Department) -> Department:
        """No more steps than there are: what was merged cannot be merged into what came of it."""
        for _ in self._by_id:
            if found.merge is None or (into := self._by_id.get(found.merge.into)) is None:
                break
            found = into
        return found

    def _known(self) -> Iterator[tuple[str, str]]:
        """Each that people may be of, by every name it is called; while nothing is listed, those of most houses."""
        for one in self._by_id.values():
            if (now := self._merged(one)).open:
                yield from ((now.name, name) for name in one.names)
        for title, name in DEPARTMENTS:
            if not self._by_id:
                yield title, name
            elif (listed := self.find(title)) is not None and listed.open:
                yield listed.name, name


@lru_cache(maxsize=4)
def _names_of(listed: tuple[Department, ...]) -> DepartmentNames:
    """Made once for as long as the list stays as it is: with the keys of all its names it costs as much as a report."""
    return DepartmentNames(listed)
