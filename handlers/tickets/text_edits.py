"""What the house writes in the place of a shipped text, version by version: written, taken back, put back as it was."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import NotFound
from handlers.domain.house_texts import EditedMeanwhile, HouseText, TextKind, fingerprint
from handlers.messages import unmarked

ABOUT_LETTERS = 80
"""Of a line before and after, in the audit: whole versions are kept beside it."""


def newest(work: UseCaseContext, kind: TextKind, name: str) -> HouseText | None:
    return next(iter(work.uow.house_texts.versions(kind, name)), None)


def version_of(work: UseCaseContext, kind: TextKind, name: str, version: int) -> HouseText:
    """Raises NotFound."""
    found = [one for one in work.uow.house_texts.versions(kind, name) if one.version == version]
    if not found:
        raise NotFound("version", version)
    return found[0]


def require_seen(work: UseCaseContext, kind: TextKind, name: str, seen: int) -> None:
    """`seen`: the version that stood on the page, 0 for none. Raises EditedMeanwhile."""
    last = newest(work, kind, name)
    if last is not None and last.version > seen:
        raise EditedMeanwhile(last)


def put(acting: Acting, kind: TextKind, name: str, body: str, shipped: str) -> Effect:
    """Another version; an empty `body` lets the shipped text stand again. The rights are the caller's to ask."""
    last = newest(acting, kind, name)
    before = last.body if last is not None else ""
    if before == body or (not before and body == shipped):
        return Effect.NONE
    written = HouseText(
        kind=kind,
        name=name,
        version=(last.version if last is not None else 0) + 1,
        body=body,
        shipped=fingerprint(shipped),
        written_at=acting.now,
        written_by=acting.person.id,
    )
    acting.uow.house_texts.add(written)
    what = f"{kind}_edited" if body else f"{kind}_restored"
    about = f"{name} {written.version}: {difference(before or shipped, body or shipped)}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)
    return Effect.CHANGED


def difference(before: str, after: str) -> str:
    """The first line that differs, as it was and as it is."""
    old, new = _lines(before), _lines(after)
    gone, come = _first([one for one in old if one not in new]), _first([one for one in new if one not in old])
    return f"“{gone}” → “{come}”"


def _lines(text: str) -> list[str]:
    return [" ".join(unmarked(line).split()) for line in text.splitlines() if line.strip()]


def _first(lines: Sequence[str]) -> str:
    line = next(iter(lines), "")
    return line if len(line) <= ABOUT_LETTERS else f"{line[: ABOUT_LETTERS - 1]}…"
