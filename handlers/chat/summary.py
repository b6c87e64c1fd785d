"""`/ozet`: today so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from handlers.chat.turn import Turn
from handlers.domain.errors import NotAllowed
from handlers.domain.people import Role, UnitId
from handlers.domain.rights import Action, may, require
from handlers.messages import Standing
from handlers.reports import digest_figures

_NAMES = frozenset({Role.LEAD, Role.DIRECTOR})
_SECRETS = _NAMES | {Role.AUDITOR}


def show(turn: Turn, _words: str, _answered: Standing | None) -> None:
    """Technician and lead: their own unit; director, auditor and admin: all units. In a room: that room's unit."""
    require(turn.person, Action.SEE_SUMMARY)
    today = turn.desk.working_time.local_date(turn.now)
    midnight = turn.desk.working_time.at(today, time.min)
    digests = [
        digest_figures.compose(turn.desk, turn.uow, unit, day=today, since=midnight, until=turn.now)
        for unit in _units(turn)
    ]
    if may(turn.person, Action.READ_ALL):
        turn.uow.audit.log(turn.now, turn.person.id, "summary", ",".join(d.unit for d in digests), turn.channel)
    turn.say(
        turn.here,
        "digest" if len(digests) == 1 else "digest_units",
        view=digest_figures.View(
            digests=digests,
            names=not turn.in_room and turn.person.role in _NAMES,
            secrets=not turn.in_room and turn.person.role in _SECRETS,
        ),
    )


def _units(turn: Turn) -> Sequence[UnitId]:
    """Raises NotAllowed in a room of another unit, or of none."""
    own = (turn.person.unit,) if turn.person.unit else turn.desk.units
    if not turn.in_room:
        return own
    if turn.conversation.unit is None or turn.conversation.unit not in own:
        raise NotAllowed(Action.SEE_SUMMARY, turn.person.handle)
    return (turn.conversation.unit,)
