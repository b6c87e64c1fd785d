"""`/duzenli`: what a unit does again and again, shown before it is written down; and checks answered in one tap."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.errors import Invalid
from handlers.domain.people import UnitId
from handlers.domain.recurring import OFFERED, Offered, Recurring, Shift
from handlers.domain.rights import Action, may, require
from handlers.domain.ticket import Ticket
from handlers.messages import Button, PostedMessage
from handlers.tickets import recurring
from knowledge.language.folding import folded

SHOWN = 8
_ADDS = re.compile(r"\Aekle\s+(?P<title>[^:\s][^:]*):\s*(?P<rule>\S.*)", re.DOTALL | re.IGNORECASE)
_AFTER = re.compile(r"tatilse\s+(?P<shift>sonraki|onceki)(?:\s+(?:is\s+)?gun\w*)?\s*\Z")


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/duzenli`; `/duzenli ekle UPS testi: ayın ilk iş günü`, and behind it `tatilse sonraki`."""
    unit = turn.person.unit
    if unit is None:
        raise Invalid("canned_unit")
    if (added := _ADDS.match(words)) is not None:
        rule, shift = _shift(folded(added["rule"]))
        title, category = _titled(added["title"].strip())
        _preview(turn, title, rule, category, shift, checked=False)
    elif words:
        raise Invalid("recurring_unreadable")
    else:
        _list(turn, unit)


def _titled(words: str) -> tuple[str, str | None]:
    """`UPS testi konu ups`: what it is called, and its subject."""
    match words.rsplit(maxsplit=2):
        case [title, word, category] if word.lower() == "konu":
            return title, category
    return words, None


def _shift(rule: str) -> tuple[str, Shift]:
    match = _AFTER.search(rule)
    if match is None:
        return rule, Shift.BEFORE
    before = rule[: match.start()].rstrip().removesuffix(",")
    return before, Shift.AFTER if match["shift"] == "sonraki" else Shift.BEFORE


def _list(turn: Turn, unit: UnitId) -> None:
    standing = recurring.of_unit(turn, unit)
    keeps = may(turn.person, Action.KEEP_RECURRING)
    offered = _offered(turn, unit) if keeps else []
    turn.say(
        turn.address,
        "recurring_list",
        buttons=[
            *([Button("Hazır gelenlerden seç", "recurring_offers")] if offered else []),
            *(
                [Button(f"Kaldır: {one.title[:30]}", f"recurring_drop:{one.id}") for one in standing[:SHOWN]]
                if keeps
                else []
            ),
        ],
        slot="recurring_list",
        fresh=True,
        standing=[(one, recurring.next_days(turn, one, 1)) for one in standing],
        keeps=keeps,
        unit=unit,
        today=turn.working_time(unit).local_date(turn.now),
    )


def _offered(turn: Turn, unit: UnitId) -> list[tuple[int, Offered]]:
    titles = {one.title for one in recurring.of_unit(turn, unit)}
    return [(place, one) for place, one in enumerate(OFFERED) if one.unit == unit and one.title not in titles]


def _offers(turn: Turn) -> None:
    """Hazır gelenlerden seç."""
    require(turn.person, Action.KEEP_RECURRING)
    offered = _offered(turn, turn.person.unit or "")
    turn.say(
        turn.address,
        "recurring_offers",
        buttons=[Button(one.title, f"recurring_take:{place}") for place, one in offered],
        slot="recurring_offers",
        fresh=True,
        offered=[one for _, one in offered],
    )


def _take(turn: Turn, place: str) -> None:
    one = OFFERED[int(place)]
    _preview(turn, one.title, folded(one.rule), one.category, one.shift, checked=one.checked)


def _preview(turn: Turn, title: str, rule: str, category: str | None, shift: Shift, *, checked: bool) -> None:
    made, coming = recurring.proposed(turn, title, rule, category=category, shift=shift, checked=checked)
    written = "|".join(
        (made.title.replace("|", " "), rule.replace("|", " "), made.category or "", shift, str(int(checked)))
    )
    turn.say(
        turn.address,
        "recurring_preview",
        buttons=[Button("Evet, yaz", f"recurring_add:{written}"), Button("Vazgeç", "recurring_not")],
        slot="recurring_preview",
        fresh=True,
        made=made,
        coming=coming,
        today=turn.working_time(made.unit).local_date(turn.now),
    )


def _add(turn: Turn, *written: str) -> None:
    """Evet, yaz."""
    title, rule, category, shift, checked = ":".join(written).split("|")
    made, _ = recurring.proposed(
        turn, title, rule, category=category or None, shift=Shift(shift), checked=checked == "1"
    )
    _wrote(turn, recurring.write(turn, made), "recurring_preview")


def _wrote(turn: Turn, made: Recurring, slot: str) -> None:
    turn.receipt(
        Effect.CHANGED,
        "recurring_added",
        buttons=[Button("Kaldır", f"recurring_drop:{made.id}")],
        slot=slot,
        made=made,
    )


def _not(turn: Turn) -> None:
    turn.uow.messages.disable_buttons(turn.address, "recurring_preview")


def _drop(turn: Turn, key: str) -> None:
    made = turn.uow.recurring.get(int(key))
    done = recurring.withdraw(turn, made)
    if done is not Effect.NONE:
        buttons = [Button("Geri al", f"recurring_back:{made.id}")]
        turn.receipt(done, "recurring_dropped", buttons=buttons, slot=f"recurring:{made.id}", fresh=True, made=made)


def _back(turn: Turn, key: str) -> None:
    made = turn.uow.recurring.get(int(key))
    if recurring.bring_back(turn, made) is not Effect.NONE:
        _wrote(turn, made, f"recurring:{made.id}")


def check(turn: Turn, ticket: Ticket, result: str) -> None:
    """Tamam, Uyarı var, Alınamadı."""
    done = recurring.answer(turn, ticket, result)
    slot = recurring.check_slot(ticket)
    if done is Effect.NONE:
        turn.uow.messages.disable_buttons(turn.address, slot)
        return
    for address in turn.uow.messages.standing_in(slot):
        turn.say(address, "checked", slot=slot, rings=False, ticket=ticket, result=result, by=turn.person)


BUTTONS: dict[str, Callable[..., None]] = {
    "recurring_offers": _offers,
    "recurring_take": _take,
    "recurring_add": _add,
    "recurring_not": _not,
    "recurring_drop": _drop,
    "recurring_back": _back,
}
