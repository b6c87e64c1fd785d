"""`/sayim`: a count in talk. Rooms, numbers and photos of labels are typed and sent one after the other until Bitir;
what is in no record is noted with its photo."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers import device_names
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.counts import access, closing, counting, opening
from handlers.counts.counting import Sighting
from handlers.device_finding import found_by
from handlers.devices import access as device_access
from handlers.domain.counts import Count, CountId, SeenBy
from handlers.domain.device_rights import DeviceAction
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.messages import Button, PostedMessage
from handlers.queries import counts as queries
from handlers.tickets import photographed
from knowledge import Decision
from knowledge.language.device_numbers import own_numbers
from knowledge.language.folding import folded, one_line

MOST_NAMED = 20
"""Numbers in one line."""
_LETTERS = 200
_ROOM = re.compile(r"(?:oda|odasi|yer|buradayim)[\s:]++(.{1,80})|(.{1,80}?)\s++(?:odasi|nolu oda|oda)")
_ITEM = re.compile(r"(\d{1,5})(?:\s?(?:adet|tane|x|×))?+\s++(\S.{0,60})")
_FOUND = re.compile(r"(?:bulundu|etiketsiz)[\s:]++(.{1,200})")
_DONE = frozenset({"bitir", "bitti", "tamam"})


@dataclass(frozen=True, slots=True)
class Told:
    """One of what was named, as it is told: `D-00108 ✓ kayıtta 214, burada 312`."""

    name: str
    seen: Sighting | None = None
    recorded: str = ""
    here: str = ""
    by: str = ""
    clock: str = ""
    """By whom and when it was seen before."""


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Who is of no board is told so. Raises NotAllowed, Invalid as the use cases do."""
    turn.go_private()
    mine = counting.counted_by_me(turn)
    if not mine:
        turn.say(turn.address, "count_none", keeps=access.keeps(turn))
    elif len(mine) > 1 and not words.strip():
        buttons = [Button(f"{one.number} · {queries.what(turn, one)}"[:60], f"count_begin:{one.id}") for one in mine]
        turn.say(turn.address, "count_which", buttons=buttons, slot=_SLOT, fresh=True)
    else:
        named = [one for one in mine if str(one.number) == words.strip().upper()]
        begin(turn, str((named or list(mine))[0].id))


def begin(turn: Turn, key: str) -> None:
    """From now on what is typed and sent is counted."""
    turn.go_private()
    count = opening.require_open(turn, CountId(int(key)))
    access.require_counts(turn, count)
    turn.dialog.expects = Expectation(kind=Expect.COUNT, detail=str(count.id), asked=_SLOT)
    page = queries.one(turn, str(count.number))
    turn.say(
        turn.address,
        "count_begun",
        buttons=[_STOP],
        slot=_SLOT,
        fresh=True,
        number=count.number,
        what=page.row.what,
        here=page.here,
        done=page.done,
        expected=page.expected,
        items=count.scope.has_items,
    )


def said(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> bool:
    """A room, numbers of devices, a number of an item, or photos of labels; False: it is a report of theirs. Raises
    Invalid; the counting goes on."""
    count = opening.require_open(turn, CountId(int(waiting.detail)))
    line = one_line(text)[:_LETTERS]
    if files:
        _in_photos(turn, count, line, files)
    elif folded(line) in _DONE:
        stop(turn)
    elif own_numbers(folded(line)):
        _numbered(turn, count, line)
    elif (room := _ROOM.fullmatch(folded(line))) is not None or _is_room(line):
        _stand(turn, count, line[room.start(1) :] if room is not None and room[1] else line)
    elif (found := _FOUND.fullmatch(folded(line))) is not None:
        _note(turn, count, line[found.start(1) :], "")
    elif not _numbered(turn, count, line) and not _item(turn, count, line):
        reading = turn.understand(text)
        if reading.hazard is not None or reading.decision is Decision.suggest:
            return False
        raise Invalid("count_words")
    return True


def stop(turn: Turn) -> None:
    """Bitir: what is typed is a message again; the count stays open."""
    expects = turn.dialog.expects
    if expects is not None and expects.kind is Expect.COUNT:
        page = queries.one(turn, str(turn.uow.counts.get(CountId(int(expects.detail))).number))
        turn.dialog.expects = None
        turn.say(
            turn.address,
            "count_stopped",
            slot=_SLOT,
            number=page.row.count.number,
            done=page.done,
            expected=page.expected,
        )


def put_right(turn: Turn, count: str, line: str) -> None:
    """Yerini 312 yap."""
    device = counting.put_right(turn, CountId(int(count)), int(line))
    turn.receipt(
        Effect.CHANGED,
        "count_put_right",
        number=device.number,
        place=device_names.place_name(turn.uow, device),
    )


def found(turn: Turn, count: str, rest: str) -> None:
    """Sayımda bulundu: of a code that is in no record; with its photo."""
    code, _, file = rest.rpartition("/")  # a code may have one itself
    _note(turn, opening.require_open(turn, CountId(int(count))), f"Etiket {code}", file)


def take_back(turn: Turn, count: str, line: str) -> None:
    """Geri al."""
    known = counting.take_back(turn, CountId(int(count)), int(line))
    number = turn.uow.devices.get(known.device).number if known.device is not None else ""
    turn.receipt(Effect.CHANGED, "count_taken_back", number=number)


def freeze(turn: Turn, count: str, frozen: str) -> None:
    """Durdur, Durdurma, Aç."""
    before = turn.uow.counts.get(CountId(int(count)))
    if frozen != "1" and before.frozen_until is None:
        access.require_orders(turn)
        turn.say(turn.address, "count_freeze_not", slot=f"count_freeze:{count}", number=before.number)
        return
    saved = opening.freeze(turn, before.id, frozen=frozen == "1")
    opens = [Button("Aç", f"count_freeze:{count}:0")] if saved.frozen_until is not None else []
    turn.say(
        turn.address,
        "count_frozen",
        buttons=opens,
        slot=f"count_freeze:{count}",
        number=saved.number,
        until="" if saved.frozen_until is None else f"{saved.frozen_until.astimezone(turn.desk.zone):%H:%M}",
    )


def write(turn: Turn, count: str) -> None:
    """Farkları yaz. Raises as `closing.write_differences`."""
    saved = closing.write_differences(turn, CountId(int(count)))
    turn.say(turn.address, "count_written", slot=f"count_write:{count}", number=saved.number)


# --- what was named -------------------------------------------------------------------------------
def _stand(turn: Turn, count: Count, typed: str) -> None:
    counting.stand_at(turn, count.id, typed)
    page = queries.one(turn, str(count.number))
    turn.say(
        turn.address,
        "count_here",
        buttons=[_STOP],
        room=page.here,
        expected=len(page.listed),
        done=sum(one.line is not None and bool(one.line.seen) for one in page.listed),
    )


def _is_room(line: str) -> bool:
    return re.fullmatch(r"[A-Za-zÇĞİÖŞÜçğıöşü]?-?\d{1,4}[A-Za-z]?|\d{1,2}\. ?kat.{0,40}", line) is not None


def _numbered(turn: Turn, count: Count, line: str) -> bool:
    numbers = own_numbers(folded(line))[:MOST_NAMED]
    words = [] if numbers else [line]
    devices = [turn.uow.devices.by_number(one) for one in numbers]
    if not numbers:
        known = [found_by(turn.uow, word) for word in words]
        if len(known[0]) != 1:
            return False
        devices = [known[0][0]]
    named = [f"D-{one:05d}" for one in numbers] or [str(known[0][0].number)]
    _tell(turn, count, [(name, one) for name, one in zip(named, devices, strict=True)], SeenBy.HAND, "")
    return True


def _item(turn: Turn, count: Count, line: str) -> bool:
    match = _ITEM.fullmatch(folded(line))
    item = turn.uow.stock.by_code(line[match.start(2) :]) if match is not None else None
    if match is None or item is None:
        return False
    counted, item = counting.count_item(turn, count.id, item.id, int(match[1]))
    turn.say(
        turn.address,
        "count_item",
        buttons=[_STOP],
        item=item,
        line=counted,
        again=counted.waits_for_second,
    )
    return True


def _in_photos(turn: Turn, count: Count, line: str, files: Sequence[str]) -> None:
    codes = photographed.all_named(turn.uow, files)
    if not codes and line:
        _note(turn, count, line, files[0])
    elif not codes:
        raise Invalid("count_no_code")
    else:
        _tell(turn, count, codes, SeenBy.LABEL, files[0])


def _tell(turn: Turn, count: Count, named: Sequence[tuple[str, object]], how: SeenBy, file: str) -> None:
    told, buttons = [], []
    moves = device_access.may(turn, DeviceAction.KEEP)
    for name, device in named:
        if device is None:
            told.append(Told(name))
            buttons.append(Button(f"Sayımda bulundu: {name}", f"count_found:{count.id}:{name[:20]}/{file}"))
            continue
        one = counting.see(turn, count.id, device.id, how)  # type: ignore[attr-defined] # a device
        line = one.line
        here = queries.place_name(turn, line.place)
        by = turn.uow.people.get(line.by).short_name if one.twice and line.by is not None else ""
        clock = f"{line.at.astimezone(turn.desk.zone):%H:%M}" if line.at is not None else ""
        told.append(Told(str(one.device.number), one, queries.place_name(turn, line.recorded), here, by, clock))
        if one.elsewhere and not one.twice and moves:
            buttons.append(Button(f"{one.device.number} yerini {here} yap", f"count_put:{count.id}:{line.id}"))
    if len(told) == 1 and told[0].seen is not None and not told[0].seen.twice:
        buttons.append(Button("Geri al", f"count_back:{count.id}:{told[0].seen.line.id}"))
    turn.say(turn.address, "count_seen", buttons=[*buttons, _STOP], told=told, labels=how is SeenBy.LABEL)


def _note(turn: Turn, count: Count, words: str, file: str) -> None:
    line = counting.note_found(turn, count.id, words, file)
    back = Button("Geri al", f"count_back:{count.id}:{line.id}")
    turn.receipt(Effect.CHANGED, "count_found", buttons=[back, _STOP], said=line.note)


_SLOT = "count"
_STOP = Button("Bitir", "count_stop")
BUTTONS: dict[str, Callable[..., None]] = {
    "count_begin": begin,
    "count_stop": stop,
    "count_put": put_right,
    "count_found": found,
    "count_back": take_back,
    "count_freeze": freeze,
    "count_write": write,
}
