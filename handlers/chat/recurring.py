"""`/duzenli`: what a unit does again and again, shown before it is written down; and checks answered in one tap."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.chat import evidence
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.recurring import OFFERED, Every, Evidence, Offered, Recurring, Rhythm, Shift, Whose
from handlers.domain.rights import Action, may, require
from handlers.domain.ticket import Ticket
from handlers.messages import Button, PostedMessage
from handlers.tickets import presence, recurring
from handlers.tickets.recurring import Options
from knowledge.language.folding import folded

SHOWN = 8
MAX_RULE_LETTERS = 300
_ADDS = re.compile(
    r"\A(?P<verb>ekle|değiştir|degistir)\s+(?P<title>[^:\s][^:]*):\s*(?P<rule>\S.*)", re.DOTALL | re.IGNORECASE
)
_AFTER = re.compile(r"tatilse (?P<shift>sonraki|onceki)(?: (?:is )?gun\w*)?")
_BEHIND = (
    _AFTER,
    re.compile(r"(?P<days>\d{1,4}) (?:is )?gunu? once(?:si|den)?(?: acilsin)?"),
    re.compile(r"(?P<duty>nobetci)(?:ye)?"),
    re.compile(r"kim:? (?P<who>.+)"),
    re.compile(r"kanit:? (?P<evidence>.+)"),
)
"""What may stand behind a rule, in any order, each behind a comma."""
_AFTER_ALONE = re.compile(rf" {_AFTER.pattern}\Z")
_EVIDENCE = {"foto": Evidence.PHOTO, "resi": Evidence.PHOTO, "dosy": Evidence.FILE, "sayi": Evidence.NUMBER}


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """`/duzenli`; `/duzenli ekle UPS testi: ayın ilk iş günü`, and behind it `tatilse sonraki`, `3 iş günü önce`,
    `nöbetçi` or `kim Ali`, `kanıt fotoğraf`; `/duzenli değiştir UPS testi: …`."""
    unit = turn.person.unit
    if unit is None:
        raise Invalid("canned_unit")
    if (said := _ADDS.match(words)) is not None:
        require(turn.person, Action.KEEP_RECURRING)
        if len(said["rule"]) > MAX_RULE_LETTERS:
            raise Invalid("recurring_unreadable")
        rule, options = _options(turn, folded(said["rule"]))
        title, category = _titled(said["title"].strip())
        instead_of = None
        if folded(said["verb"]) == "degistir":
            instead_of = _known(turn, unit, title)
            title, category = instead_of.title, category or instead_of.category
            options = replace(options, checked=instead_of.checked)
        _preview(turn, title, rule, category, options, instead_of)
    elif words:
        raise Invalid("recurring_unreadable")
    else:
        _list(turn, unit)


def _known(turn: Turn, unit: UnitId, title: str) -> Recurring:
    standing = recurring.of_unit(turn, unit)
    found = [one for one in standing if folded(one.title) == folded(title)]
    if not found:
        raise Invalid("recurring_unknown", titles=[one.title for one in standing])
    return found[0]


def _titled(words: str) -> tuple[str, str | None]:
    """`UPS testi konu ups`: what it is called, and its subject."""
    match words.rsplit(maxsplit=2):
        case [title, word, category] if word.lower() == "konu":
            return title, category
    return words, None


def _options(turn: Turn, rule: str) -> tuple[str, Options]:
    """The rule, and what was said behind it. Raises Invalid(`recurring_evidence`, `duty_who`, `which_colleague`)."""
    said: dict[str, str] = {}
    parts = [" ".join(part.split()) for part in re.split(r"[,;]", rule)]
    while (
        parts and (match := next((found for one in _BEHIND if (found := one.fullmatch(parts[-1]))), None)) is not None
    ):
        said |= match.groupdict()
        parts.pop()
    rule = ", ".join(part for part in parts if part)
    if (match := _AFTER_ALONE.search(rule)) is not None:
        said |= match.groupdict()
        rule = rule[: match.start()]
    person = _named(turn, said["who"]) if "who" in said else None
    whose = Whose.PERSON if person is not None else Whose.ON_DUTY if "duty" in said else Whose.NOBODY
    return rule, Options(
        shift=Shift.AFTER if said.get("shift") == "sonraki" else Shift.BEFORE,
        days_before=int(said.get("days", 0)),
        whose=whose,
        person=None if person is None else person.id,
        evidence=_evidence(said["evidence"]) if "evidence" in said else None,
    )


def _evidence(word: str) -> Evidence:
    if word[:4] not in _EVIDENCE:
        raise Invalid("recurring_evidence")
    return _EVIDENCE[word[:4]]


def _named(turn: Turn, plain: str) -> Person:
    words = set(plain.split())
    people = [one for unit in turn.desk.units for one in presence.workers_of(turn, unit)]
    counted = {one.id: len(words & {*folded(one.name).split(), folded(one.handle)}) for one in people}
    best = max(counted.values(), default=0)
    found = [one for one in people if best and counted[one.id] == best]
    if not found:
        raise Invalid("recurring_who")
    if len(found) > 1:
        raise Invalid("which_colleague", near=[one.name or one.handle for one in found])
    return found[0]


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
        standing=[(one, recurring.next_days(turn, one, 1), _who(turn, one)) for one in standing],
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
    _preview(turn, one.title, folded(one.rule), one.category, Options(shift=one.shift, checked=one.checked))


def _preview(
    turn: Turn, title: str, rule: str, category: str | None, options: Options, instead_of: Recurring | None = None
) -> None:
    made, coming = recurring.proposed(turn, title, rule, category=category, options=options, instead_of=instead_of)
    turn.say(
        turn.address,
        "recurring_preview",
        buttons=[
            Button("Evet, yaz" if instead_of is None else "Evet, değiştir", f"recurring_add:{_packed(made, rule)}"),
            Button("Vazgeç", "recurring_not"),
        ],
        slot="recurring_preview",
        fresh=True,
        made=made,
        who=_who(turn, made),
        coming=coming,
        changes=instead_of is not None,
        today=turn.working_time(made.unit).local_date(turn.now),
    )


def _who(turn: Turn, made: Recurring) -> Person | None:
    return None if made.person is None else turn.uow.people.get(made.person)


def _packed(made: Recurring, rule: str) -> str:
    """As the button carries it."""
    plain = (made.title.replace("|", " "), rule.replace("|", " "), made.category or "", made.shift)
    more = (int(made.checked), made.days_before, made.whose, made.person or 0, made.evidence or "", made.id)
    return "|".join(map(str, (*plain, *more)))


def _add(turn: Turn, *packed: str) -> None:
    """Evet, yaz; Evet, değiştir."""
    title, rule, category, shift, checked, days, whose, person, evidence, key = ":".join(packed).split("|")
    options = Options(
        shift=Shift(shift),
        checked=checked == "1",
        days_before=int(days),
        whose=Whose(whose),
        person=PersonId(int(person)) if int(person) else None,
        evidence=Evidence(evidence) if evidence else None,
    )
    instead_of = turn.uow.recurring.get(int(key)) if int(key) else None
    made, _ = recurring.proposed(turn, title, rule, category=category or None, options=options, instead_of=instead_of)
    if instead_of is None:
        _wrote(turn, recurring.write(turn, made), "recurring_preview")
    else:
        _changed(turn, made)


def _changed(turn: Turn, made: Recurring) -> None:
    before, done = recurring.change(turn, made)
    if done is Effect.NONE:
        _not(turn)
        return
    rhythm = f"{before.rhythm.every},{before.rhythm.day},{before.rhythm.months},{before.begins.isoformat()}"
    back = Button("Geri al", f"recurring_as:{_packed(before, rhythm)}")
    turn.receipt(done, "recurring_changed", buttons=[back], slot="recurring_preview", made=made, who=_who(turn, made))


def _as_before(turn: Turn, *packed: str) -> None:
    """Geri al, of a change."""
    words = ":".join(packed)
    _, rule, _, _, *_, key = words.split("|")
    every, day, months, begins = rule.split(",")
    standing = turn.uow.recurring.get(int(key))
    made = replace(
        _plain(words, standing),
        rhythm=Rhythm(Every(every), int(day), int(months)),
        begins=date.fromisoformat(begins),
    )
    if recurring.change(turn, made)[1] is not Effect.NONE:
        turn.receipt(Effect.CHANGED, "recurring_changed", slot="recurring_preview", made=made, who=_who(turn, made))


def _plain(words: str, standing: Recurring) -> Recurring:
    """All of it but the rule."""
    title, _, category, shift, checked, days, whose, person, evidence, _ = words.split("|")
    return replace(
        standing,
        title=title,
        category=category or None,
        shift=Shift(shift),
        checked=checked == "1",
        days_before=int(days),
        whose=Whose(whose),
        person=PersonId(int(person)) if int(person) else None,
        evidence=Evidence(evidence) if evidence else None,
    )


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
    if result == recurring.OK and ticket.state.active and evidence.asks_first(turn, ticket, of_check=True):
        return
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
    "recurring_as": _as_before,
}
