"""`/ay 2026-11`: a month of the own unit (the director: of all), with the button that locks it.

/ay kasım · /ay geçen ay · by the director: /ay 2026-11 donanim kaldır yanlış tatil girilmişti
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.errors import Invalid
from handlers.domain.months import Month
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, may
from handlers.messages import Button, PostedMessage
from handlers.reports import months
from handlers.reports.backup_book import month_of
from knowledge.language.folding import folded

_UNDOES = ("kaldir", "ac")


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Without a month: the last that is over."""
    units = months.units_of(turn)
    month, rest = _month(turn, words)
    named, rest = _unit(turn, rest)
    verb, _, reason = rest.partition(" ")
    if folded(verb) in _UNDOES:
        _unlock(turn, [named] if named is not None else units, month, reason)
        return
    if rest:
        raise Invalid("which_month")
    for unit in units if named is None else [named]:
        _show(turn, unit, month)


def _month(turn: Turn, words: str) -> tuple[Month, str]:
    """And what stands behind it; as the yedek defteri reads a month."""
    today = turn.working_time().local_date(turn.now)
    typed = words.split()
    if not typed:
        return Month.of(today).before, ""
    for length in (2, 1):
        try:
            return Month.of(month_of(" ".join(typed[:length]), today)), " ".join(typed[length:])
        except Invalid as refusal:
            if refusal.reason == "month_ahead":
                raise Invalid("month_to_come") from refusal
    raise Invalid("which_month")


def _unit(turn: Turn, rest: str) -> tuple[UnitId | None, str]:
    """A unit that is named first, and what stands behind it."""
    first, _, behind = rest.partition(" ")
    wanted = folded(first)
    for unit in turn.desk.units:
        if wanted and wanted in (folded(unit), folded(turn.desk.unit_title(unit)).split()[0]):
            return unit, behind.strip()
    return None, rest


def _show(turn: Turn, unit: UnitId, month: Month) -> None:
    found = months.report(turn, unit, month)
    lock = [Button("Raporu kilitle", f"month_lock:{month}:{unit}")]
    turn.say(
        turn.address,
        "month_report",
        buttons=lock if found.lock is None and not found.running else [],
        slot=f"month:{month}:{unit}",
        fresh=True,
        month_report=found,
        director=may(turn.person, Action.UNLOCK_MONTH),
    )


def _lock(turn: Turn, month: str, unit: str) -> None:
    """Raporu kilitle. A second press shows how it stands."""
    months.lock(turn, unit, Month.parse(month))
    _show(turn, unit, Month.parse(month))


def _unlock(turn: Turn, units: Sequence[UnitId], month: Month, reason: str) -> None:
    if len(units) != 1:
        raise Invalid("month_which_unit", month=month, units=list(units))
    months.unlock(turn, units[0], month, reason)
    turn.receipt(Effect.CHANGED, "month_unlocked", month=month, unit=units[0])
    _show(turn, units[0], month)


BUTTONS: dict[str, Callable[..., None]] = {"month_lock": _lock}
