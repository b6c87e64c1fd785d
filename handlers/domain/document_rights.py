"""Who may what with the documents to be answered, by their role or as evrak sorumlusu.

| may                              | technician | lead | director | evrak | auditor |
|----------------------------------|------------|------|----------|-------|---------|
| see those that they hold         | ✓          | ✓    | ✓        | ✓     | –       |
| see all                          | –          | ✓    | ✓        | ✓     | ✓       |
| record one                       | ✓          | ✓    | ✓        | ✓     | –       |
| answer, extend, pass on their own| ✓          | ✓    | ✓        | ✓     | –       |
| the same with any, and correct it| –          | ✓    | ✓        | ✓     | –       |
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from handlers.domain.people import Person, PersonId, Role


class DocumentAction(StrEnum):
    SEE = "see_documents"
    """All of them."""
    RECORD = "record_document"
    KEEP = "keep_documents"
    """Whatever is done with any of them."""


_MAY: Mapping[DocumentAction, frozenset[Role]] = {
    DocumentAction.SEE: frozenset({Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    DocumentAction.RECORD: frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR}),
    DocumentAction.KEEP: frozenset({Role.LEAD, Role.DIRECTOR}),
}


def by_role(person: Person, action: DocumentAction) -> tuple[PersonId, ...] | None:
    """In whose place; empty: by their own role. None: they may not."""
    if person.gone:
        return None
    if person.role in _MAY[action]:
        return ()
    return next((one.of for one in person.lent if one.role in _MAY[action]), None)
