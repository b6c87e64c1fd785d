"""`/yedek`: the yedek defteri of a month."""

from __future__ import annotations

from datetime import timedelta

from handlers.chat.turn import Turn
from handlers.domain.people import Role
from handlers.domain.recurring import OFFERED
from handlers.domain.rights import Action, may
from handlers.messages import Button, PostedMessage
from handlers.reports import backup_book


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/yedek`, `/yedek kasım`, `/yedek 2026-11`. Raises as `units_of` and `month_of`."""
    units = backup_book.units_of(turn, turn.person)
    today = turn.working_time(turn.person.unit).local_date(turn.now)
    month = backup_book.month_of(words, today)
    book = backup_book.open_book(turn, month, units)
    if turn.person.role is Role.AUDITOR:
        turn.uow.audit.log(turn.now, turn.person.id, "backup_book_read", f"{month:%Y-%m}", turn.channel)
    whose = [unit for unit in turn.desk.units if any(one.checked and one.unit == unit for one in OFFERED)]
    before = (month - timedelta(days=1)).replace(day=1)
    turn.say(
        turn.address,
        "backup_book",
        buttons=[Button("Önceki ay", f"backup_book:{before:%Y-%m}")],
        slot="backup_book",
        fresh=True,
        book=book,
        results=backup_book.RESULTS,
        begins=may(turn.person, Action.KEEP_RECURRING) and any(unit in whose for unit in units),
        whose=whose,
        several=len({line.check for line in book.lines}) > 1,
    )


def further(turn: Turn, month: str) -> None:
    """Önceki ay."""
    command(turn, month, None)
