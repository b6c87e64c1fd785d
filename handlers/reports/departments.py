"""One müdürlük in as many spellings as people: counted and listed as one, under the name that it has here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from knowledge.facts import DEPARTMENTS
from knowledge.language import comparison


class DepartmentNames:
    """What each is called: as the staff list writes it, else by its usual name, else as most people wrote it."""

    def __init__(self, listed: Iterable[str]) -> None:
        """`listed`: as the staff list writes them."""
        usual = {comparison.office(name): title for title, name in DEPARTMENTS}
        self._known = usual | {comparison.office(name): name for name in listed}

    def name(self, written: str) -> str:
        return self._known.get(comparison.office(written), written) if written else ""

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
