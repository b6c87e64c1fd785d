"""`/vekil`: who acts with one's right, shown before it is written down, and ended.

/vekil Zeynep Arslan 3-7 Aralık EBYS 2026/1412 28.11.2026 · /vekil Zeynep yarın güvenlik dahil
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from handlers import dates
from handlers.chat import shortcuts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.deputies import Deputy
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.rights import Action, require
from handlers.messages import Button, PostedMessage
from handlers.people import deputies
from knowledge.language.folding import folded

_DOCUMENT = re.compile(
    r"(?:\bEBYS\b[\s:-]{0,3}|\bE-|\bsayı\b[\s:-]{0,3})?\b(\d{1,8}(?:[/.-]\d{1,8}){1,4})\b", re.IGNORECASE
)
"""A number with a stroke: what else was typed is not kept."""
_WHEN = r"(?P<day>\d{1,2})(?:[./](?P<number>\d{1,2})[./]|\s(?P<month>[^\W\d]+)\s)(?P<year>\d{4})(?!\d)"
_OF_DAY = re.compile(rf"{_WHEN}\s(?P<said>tarihli|tarih)\b(?:\sve\b)?\s*$", re.IGNORECASE)
"""`28.11.2026 tarihli`, before the number."""
_ON_DAY = re.compile(rf"^[\s,(]*{_WHEN}\)?(?P<said>\s?(?:tarihli|tarih)\b)?(?!\s?[-–'’])", re.IGNORECASE)
"""`28.11.2026`, `28 Kasım 2026`, behind it."""
_MARK = "|"
MAX_BUTTONS = 6


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Who deputises for whom; with a name and days: that somebody would."""
    if not words.strip() or shortcuts.removes(words):
        _list(turn, dropping=bool(words.strip()))
        return
    require(turn.person, Action.NAME_DEPUTY)
    today = turn.working_time(turn.person.unit).local_date(turn.now)
    document, document_day, left = _document(words, today)
    said = dates.read(left, today)
    plain = folded(said.rest)
    deputy = _named(turn, plain)
    made = deputies.proposed(
        turn,
        deputy,
        said.days,
        starts=said.starts,
        ends=said.ends,
        document=document,
        document_day=document_day,
        restricted="guvenlik" in plain and "haric" not in plain,
    )
    written = _MARK.join(
        [
            str(made.deputy),
            made.starts.isoformat(),
            made.ends.isoformat(),
            made.document,
            str(int(made.restricted)),
            "" if made.document_day is None else made.document_day.isoformat(),
        ]
    )
    turn.say(
        turn.address,
        "deputy_preview",
        buttons=[Button("Evet, yaz", f"deputy_add:{written}"), Button("Vazgeç", "deputy_drop")],
        slot="deputy_preview",
        fresh=True,
        **deputies.about(turn, made),
    )


def _document(words: str, today: date) -> tuple[str, date | None, str]:
    """The number of the document, its date, and the words without them: a year and a number look like a day, too."""
    for match in _DOCUMENT.finditer(words):
        parts = re.split(r"[/.-]", match[1])
        named = match[0] != match[1]
        if named or len(parts[0]) == 4 or len(parts[-1]) > 4:
            day, before, after = _document_day(words[: match.start()], words[match.end() :], today)
            return match[1], day, f"{before} {after}"
    return "", None, words


def _document_day(before: str, after: str, today: date) -> tuple[date | None, str, str]:
    """What stands beside the number is its date, unless no other day is said: then it is when the vekâlet begins."""
    on, of = _ON_DAY.match(after), _OF_DAY.search(before)
    found = of or on
    if found is None:
        return None, before, after
    rest = (before[: of.start()], after) if of is not None else (before, after[found.end() :])
    try:
        (day,) = dates.read(found[0], today).days
        dates.read(" ".join(rest), today)
    except Invalid as refusal:
        if refusal.reason != "day_missing" or found["said"]:
            raise
        return None, before, after
    return day, *rest


def _named(turn: Turn, plain: str) -> Person:
    words = {word.partition("'")[0] for word in plain.split()}
    people = [one for role in (Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR) for one in turn.uow.people.in_role(role)]
    counted = {one.id: len(words & {*folded(one.name).split(), folded(one.handle)}) for one in people}
    best = max(counted.values(), default=0)
    found = [one for one in people if best and counted[one.id] == best]
    if len(found) > 1:
        raise Invalid("which_colleague", near=[one.name or one.handle for one in found])
    if found:
        return found[0]
    others = [one for one in turn.uow.people.named(plain) if one.role in (Role.REQUESTER, Role.AUDITOR, Role.ADMIN)]
    raise Invalid("deputy_works_here") if others else Invalid("deputy_who")


def _add(turn: Turn, *parts: str) -> None:
    """Evet, yaz."""
    deputy, starts, ends, document, restricted, *day = ":".join(parts).split(_MARK)
    made = Deputy(
        person=turn.person.id,
        deputy=PersonId(int(deputy)),
        role=turn.person.role,
        unit=turn.person.unit,
        starts=max(datetime.fromisoformat(starts), turn.now),
        ends=datetime.fromisoformat(ends),
        document=document,
        document_day=date.fromisoformat(day[0]) if day and day[0] else None,
        restricted=restricted == "1",
        entered_at=turn.now,
    )
    added = deputies.add(turn, made)
    turn.receipt(
        Effect.CHANGED,
        "deputy_added",
        buttons=[Button("Bitir", f"deputy_end:{added.id}")],
        slot="deputy_preview",
        **deputies.about(turn, added),
    )


def _drop(turn: Turn) -> None:
    turn.say(turn.address, "deputy_dropped", slot="deputy_preview")


def _end(turn: Turn, key: str) -> None:
    """Bitir."""
    ended = deputies.end(turn, turn.uow.deputies.get(int(key)))
    if ended is not None:
        turn.receipt(Effect.CHANGED, "deputy_ended", **deputies.about(turn, ended))


def _list(turn: Turn, *, dropping: bool = False) -> None:
    """`dropping`: to end one. Raises Invalid(`nothing_to_drop`)."""
    found = deputies.of(turn)
    mine = [one for one in found if one.person == turn.person.id]
    if dropping and not mine:
        raise Invalid("nothing_to_drop")
    turn.say(
        turn.address,
        "deputies",
        buttons=[
            Button(f"Bitir: {turn.uow.people.get(one.deputy).short_name}", f"deputy_end:{one.id}")
            for one in mine[:MAX_BUTTONS]
        ],
        slot="deputies",
        fresh=True,
        deputies=[deputies.about(turn, one) for one in found],
        dropping=dropping,
    )


BUTTONS: dict[str, Callable[..., None]] = {"deputy_add": _add, "deputy_drop": _drop, "deputy_end": _end}
