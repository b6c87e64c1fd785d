"""`/nobet`: who is on call, writing it down, drawing it fairly, and changing one's own duty with a colleague.

/nobet · /nobet Ali Çelik 7-13 Aralık · /nobet yedek Zeynep 7-13 Aralık · /nobet çiz 7 Aralık - 3 Ocak
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from handlers import dates
from handlers.chat import shortcuts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.rights import Action, may, require
from handlers.domain.rota import FIRST, SECOND, Duty
from handlers.messages import Button, PostedMessage
from handlers.people import rota
from handlers.tickets import cards, presence
from knowledge.language.folding import folded

MAX_SHOWN = 12
MAX_BUTTONS = 6
_DRAW = frozenset({"ciz", "cek", "dagit"})
_SECOND = frozenset({"yedek", "ikinci"})
_MARK = "|"


def show(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Who is on call now and next; with days: what is written down."""
    require(turn.person, Action.SEE_ROTA)
    if not words.strip():
        _list(turn)
        return
    require(turn.person, Action.KEEP_ROTA)
    if shortcuts.removes(words):
        _list(turn, dropping=True)
        return
    said = dates.read(words, turn.working_time(turn.person.unit).local_date(turn.now))
    plain = {word.partition("'")[0] for word in folded(said.rest).split()}
    if plain & _DRAW:
        _propose(turn, list(rota.drawn(turn, said.days[0], said.days[-1])))
    else:
        person = _named(turn, plain)
        _propose(turn, [rota.proposed(turn, person, said.days, SECOND if plain & _SECOND else FIRST)])


def _named(turn: Turn, words: set[str]) -> Person:
    people = [one for unit in turn.desk.units for one in presence.workers_of(turn, unit)]
    counted = {one.id: len(words & {*folded(one.name).split(), folded(one.handle)}) for one in people}
    best = max(counted.values(), default=0)
    found = [one for one in people if best and counted[one.id] == best]
    if not found:
        raise Invalid("duty_who")
    if len(found) > 1:
        raise Invalid("which_colleague", near=[one.name or one.handle for one in found])
    return found[0]


def _propose(turn: Turn, duties: list[Duty]) -> None:
    unit = duties[0].unit
    year = turn.working_time(unit).local_date(duties[0].starts).year
    had = rota.burdens(turn, unit, year, duties)
    turn.say(
        turn.address,
        "duty_preview",
        buttons=[Button("Evet, yaz", f"duty_add:{_written(duties)}"), Button("Vazgeç", "duty_drop")],
        slot="duty_preview",
        fresh=True,
        duties=[(turn.uow.people.get(one.person), one) for one in duties],
        burdens=[(turn.uow.people.get(person), burden) for person, burden in had.items() if burden.nights],
        year=year,
    )


def _written(duties: list[Duty]) -> str:
    return _MARK.join(
        f"{one.unit},{one.person},{one.place},{one.starts.isoformat()},{one.ends.isoformat()}" for one in duties
    )


def _add(turn: Turn, *parts: str) -> None:
    """Evet, yaz."""
    duties = []
    for written in ":".join(parts).split(_MARK):
        unit, person, place, starts, ends = written.split(",")
        duties.append(
            Duty(
                unit=UnitId(unit),
                person=PersonId(int(person)),
                place=int(place),
                starts=datetime.fromisoformat(starts),
                ends=datetime.fromisoformat(ends),
                entered_by=turn.person.id,
                entered_at=turn.now,
            )
        )
    added = rota.add(turn, duties)
    turn.receipt(Effect.CHANGED, "duty_added", slot="duty_preview", count=len(added))


def _drop(turn: Turn) -> None:
    turn.say(turn.address, "duty_dropped", slot="duty_preview")


def _list(turn: Turn, *, dropping: bool = False) -> None:
    """`dropping`: to take one back. Raises Invalid(`nothing_to_drop`)."""
    units = [turn.person.unit] if turn.person.unit else list(turn.desk.units)
    shown = {unit: rota.coming(turn, unit)[:MAX_SHOWN] for unit in units}
    own = [one for duties in shown.values() for one in duties if one.person == turn.person.id]
    keeps = may(turn.person, Action.KEEP_ROTA)
    others = [one for duties in shown.values() for one in duties if keeps]
    if dropping and not others:
        raise Invalid("nothing_to_drop")
    removed = others[: MAX_SHOWN if dropping else MAX_BUTTONS]
    turn.say(
        turn.address,
        "rota",
        buttons=[
            *[Button(f"Değiş: {_day(turn, one)}", f"duty_offer:{one.id}") for one in own[:MAX_BUTTONS] if not dropping],
            *[_removing(turn, one) for one in removed],
        ],
        slot="rota",
        fresh=True,
        rotas=[
            (
                unit,
                [(turn.uow.people.get(one.person), one, one.is_at(turn.now)) for one in duties],
                rota.gaps_of(turn, unit),
            )
            for unit, duties in shown.items()
        ],
        keeps=keeps,
        dropping=dropping,
    )


def _removing(turn: Turn, duty: Duty) -> Button:
    return Button(f"Sil: {turn.uow.people.get(duty.person).short_name}, {_day(turn, duty)}", f"duty_gone:{duty.id}")


def _day(turn: Turn, duty: Duty) -> str:
    return f"{turn.working_time(duty.unit).local_date(duty.starts):%d.%m}"


def _offer(turn: Turn, key: str) -> None:
    """Değiş: the colleagues are asked, each in private."""
    duty = turn.uow.rota.get(int(key), to_change=True)
    asked = rota.offer(turn, duty)
    for one in asked:
        for address in cards.private_addresses_of(turn, one):
            turn.say(
                address,
                "duty_offer",
                buttons=[Button("Ben alırım", f"duty_take:{duty.id}")],
                slot=f"duty_offer:{duty.id}",
                fresh=True,
                who=turn.person,
                duty=duty,
            )
    turn.receipt(Effect.CHANGED, "duty_offered", count=len(asked))


def _take(turn: Turn, key: str) -> None:
    """Ben alırım."""
    taken = rota.take(turn, turn.uow.rota.get(int(key), to_change=True))
    turn.receipt(Effect.CHANGED, "duty_yours", slot=f"duty_offer:{taken.id}", duty=taken)


def _gone(turn: Turn, key: str) -> None:
    """Sil."""
    gone = rota.withdraw(turn, turn.uow.rota.get(int(key), to_change=True))
    if gone is not None:
        turn.receipt(Effect.CHANGED, "duty_removed", duty=gone, who=turn.uow.people.get(gone.person))


BUTTONS: dict[str, Callable[..., None]] = {
    "duty_add": _add,
    "duty_drop": _drop,
    "duty_gone": _gone,
    "duty_offer": _offer,
    "duty_take": _take,
}
