"""`/hedef`: the working time that tickets may take, and setting it (`/hedef yüksek 1 sa 8 sa`, `/hedef düşük yok`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from handlers import dates
from handlers.calendar import targets
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require, unit_of_calendar
from handlers.domain.states import Priority
from handlers.domain.targets import REQUEST, Target
from handlers.messages import Button, PostedMessage
from handlers.tickets import recounting
from knowledge.language.folding import folded

SHOWN = 10
_KINDS = {"ariza": targets.FAULT, "talep": REQUEST}


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    require(turn.person, Action.KEEP_CALENDAR)
    if words.strip():
        _set(turn, words)
        return
    unit = unit_of_calendar(turn.person)
    turn.say(
        turn.address,
        "targets",
        slot="targets",
        fresh=True,
        targets=targets.table(turn, unit),
        rules=targets.rules_of(turn, unit)[:SHOWN],
        unit=unit,
        full_day=_full_day(turn),
    )


def _set(turn: Turn, words: str) -> None:
    """Üstlenme first, then çözüm; `yok` is one of them."""
    plain = folded(words)
    lengths = [dates.length_of(match, _full_day(turn)) for match in dates.LENGTH.finditer(plain)]
    said = dates.LENGTH.sub(" ", plain).split()
    if len(lengths) not in (1, 2) or (said and said[-1].isdecimal()):
        raise Invalid("target_unreadable")
    category, kind, priority = _conditions(turn, said)
    if len(lengths) == 1 and lengths[0] is not None:
        raise Invalid("target_unreadable")
    rule = targets.set_target(turn, Target(lengths[0], lengths[-1]), category=category, kind=kind, priority=priority)
    reach = targets.reach(turn, rule)
    apply = [Button("Açık kayıtlara da uygula", f"target_apply:{rule.id}")] if reach.changed else []
    turn.receipt(
        Effect.CHANGED,
        "target_set",
        buttons=[*apply, Button("Geri al", f"target_undo:{rule.id}")],
        reached=reach,
        slot=f"target:{rule.id}",
        rule=rule,
        full_day=_full_day(turn),
    )


def _conditions(turn: Turn, words: list[str]) -> tuple[str | None, str | None, Priority | None]:
    """Raises Invalid(`target_of_what`) for a word that is no subject, kind or priority."""
    category = kind = priority = None
    for word in words:
        if word in _KINDS:
            kind = _KINDS[word]
        elif word in set(Priority):
            priority = Priority(word)
        elif turn.desk.category(word) is not None:
            category = word
        else:
            raise Invalid("target_of_what", near=turn.desk.catalogue.categories_like(word))
    return category, kind, priority


def _full_day(turn: Turn) -> timedelta:
    time = turn.working_time(unit_of_calendar(turn.person))
    return time.days.full_day(time.local_date(turn.now))


def _undo(turn: Turn, key: str) -> None:
    """Geri al. Nothing where it is gone already."""
    gone = targets.take_back(turn, int(key))
    if gone is not None:
        turn.receipt(Effect.CHANGED, "target_removed", slot=f"target:{key}", rule=gone, full_day=_full_day(turn))
        recounting.watch(turn, turn.address)


def _apply(turn: Turn, key: str) -> None:
    """Açık kayıtlara da uygula. Nothing where the target is gone, or all of them have it."""
    rule = targets.rule(turn, int(key))
    if rule is None:
        return
    reached = targets.apply(turn, rule)
    if reached.changed:
        turn.receipt(
            Effect.CHANGED,
            "target_applied",
            buttons=[
                Button("Açık kayıtlardan geri al", f"target_take_off:{key}"),
                Button("Hedefi de geri al", f"target_undo:{key}"),
            ],
            slot=f"target:{key}",
            rule=rule,
            reached=reached,
            full_day=_full_day(turn),
        )


def _take_off(turn: Turn, key: str) -> None:
    """Açık kayıtlardan geri al: the target stays for what is opened from then on."""
    rule = targets.rule(turn, int(key))
    count = 0 if rule is None else targets.take_off(turn, rule)
    if count:
        turn.receipt(
            Effect.CHANGED,
            "target_taken_off",
            buttons=[Button("Hedefi de geri al", f"target_undo:{key}")],
            slot=f"target:{key}",
            rule=rule,
            count=count,
            full_day=_full_day(turn),
        )


BUTTONS: dict[str, Callable[..., None]] = {
    "target_undo": _undo,
    "target_apply": _apply,
    "target_take_off": _take_off,
}
