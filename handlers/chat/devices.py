"""`/cihaz d42`: one device with what can be done to it; `/cihaz`: a new one; `/zimmetim`: one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers import device_names
from handlers.chat import device_fixes, device_swaps, handing_over, orders_out, prompts, scrapping
from handlers.chat.turn import Turn
from handlers.devices import access, identifying, merging, recording
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Condition, Description, Device, DeviceId
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number
from handlers.domain.rights import Action, may
from handlers.messages import Button, PostedMessage
from handlers.queries import devices as queries
from handlers.queries import sightings
from handlers.tickets import photographed
from knowledge.device_kinds import device_kinds, kind_title
from knowledge.language.device_keys import ip_key, keys_typed, mac_key
from knowledge.language.device_numbers import official_number, own_number
from knowledge.language.folding import folded, one_line

MAX_OFFERED = 8
MAX_LETTERS = 60
_KINDS_FIRST = (
    "bilgisayar", "dizustu", "monitor", "yazici", "cok-islevli", "tarayici", "ip-telefon", "switch",
)  # fmt: skip
"""The eight that are had most; the others stand behind **Diğer türler**."""
_MERGE_WORDS = ("birlestir", "ayni")
_LAST_TICKETS = 3


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Raises NotAllowed, Invalid(`no_such_device`)."""
    said = one_line(words)
    first, _, rest = said.partition(" ")
    if not said and turn.files:
        _in_photo(turn)
    elif not said:
        access.require(turn, DeviceAction.KEEP)
        turn.say(turn.address, "device_new", buttons=[Button("Yeni cihaz", "device_new")], slot=_SLOT, fresh=True)
    elif folded(first) in _MERGE_WORDS:
        offer_merge(turn, rest)
    elif folded(first) in _ACTS:
        _ACTS[folded(first)](turn, rest)
    elif len(said) == 4 and said.isdecimal():
        most_failing(turn, int(said))
    else:
        _find(turn, said[:MAX_LETTERS])


_ACTS: dict[str, Callable[[Turn, str], None]] = {
    "teslim": handing_over.to_named,
    "teslimler": lambda turn, _: handing_over.list_waiting(turn),
    "devret": device_swaps.command,
    "emir": orders_out.give_standing,
    "emirler": lambda turn, _: orders_out.list_orders(turn),
}


def _in_photo(turn: Turn) -> None:
    """A photo of a label: the device that it names, else the code by which a new one may be recorded."""
    device = photographed.device_in(turn.uow, turn.files)
    code = photographed.unknown_code(turn.uow, turn.files)
    if device is not None:
        show(turn, device.id)
    elif code:
        _find(turn, code)
    else:
        raise Invalid("device_no_code")


def _find(turn: Turn, typed: str) -> None:
    found = identifying.find(turn, typed)
    if len(found) == 1:
        show(turn, found[0].device.id)
        return
    if found:
        offered = [Button(device_names.numbered_name(one.device), f"device:{one.device.id}") for one in found]
        turn.say(turn.address, "device_which", buttons=offered[:MAX_OFFERED], number=len(found), typed=typed)
        return
    may_add = _names_a_new_one(typed) and access.may(turn, DeviceAction.KEEP)
    add = [Button("Yeni cihaz", f"device_new:{typed}")] if may_add else []
    turn.say(turn.address, "errors/no_such_device", buttons=add, typed=typed)


def _names_a_new_one(typed: str) -> bool:
    """Whether it may stand on a device: not a number of ours, nor an address in the network."""
    an_address = mac_key(typed) is not None or ip_key(typed) is not None
    return own_number(typed) is None and not an_address and bool(keys_typed(typed))


def show(turn: Turn, key: DeviceId) -> None:
    """Its card, as this person may see it. Raises NotFound."""
    device = turn.uow.devices.get(key)
    view = queries.one(turn, device)
    if view is None:
        raise Invalid("no_such_device", typed=str(device.number))
    if view.row.whole and may(turn.person, Action.READ_ALL):  # whoever may read everything leaves a trace
        turn.uow.audit.log(turn.now, turn.person.id, "read_device", str(device.number), turn.channel)
    keeps = access.may(turn, DeviceAction.KEEP)
    can_change = keeps and device.can_change
    turn.say(
        turn.address,
        "device_card",
        buttons=[
            *([Button("Kayıtları", f"device_tickets:{key}")] if view.tickets else []),
            *([Button("Taşı", f"device_move:{key}"), Button("Düzelt", f"device_fix:{key}")] if can_change else []),
            *([Button("Geçmişi", f"device_history:{key}")] if view.lines else []),
            *handing_over.of_card(turn, device),
            *scrapping.of_card(turn, device),
            Button("Arıza bildir", f"device_report:{key}"),
        ],
        slot=_card_slot(key),
        fresh=True,
        row=view.row,
        said=view.row.device.description,
        merged=[one.number for one in view.merged],
        last=view.tickets[:_LAST_TICKETS],
        titles={ticket.number: turn.desk.subject(ticket) for ticket in view.tickets},
        today=turn.working_time().local_date(turn.now),
        network=sightings.of_device(turn, device),
    )


def tickets(turn: Turn, key: str) -> None:
    """Kayıtları."""
    view = _view(turn, key)
    titles = {ticket.number: turn.desk.subject(ticket) for ticket in view.tickets}
    turn.say(turn.address, "device_tickets", number=view.row.device.number, tickets=view.tickets, titles=titles)


def history(turn: Turn, key: str) -> None:
    """Geçmişi, to who may see it."""
    view = _view(turn, key)
    refs = [line.ref for _, line in view.lines if Number.parse(line.ref) is not None]  # the others are keys of ours
    number = view.row.device.number
    turn.say(turn.address, "device_history", number=number, lines=view.lines, people=view.people, refs=refs)


def _view(turn: Turn, key: str) -> queries.DeviceHistory:
    device = turn.uow.devices.get(DeviceId(int(key)))
    view = queries.one(turn, device)
    if view is None:
        raise Invalid("no_such_device", typed=str(device.number))
    return view


# --- a new one --------------------------------------------------------------------------------
def ask_kind(turn: Turn, typed: str = "") -> None:
    """Yeni cihaz: which kind? `typed`: the number by which it was looked for."""
    access.require(turn, DeviceAction.KEEP)
    _ask_kind(turn, _KINDS_FIRST, typed, more=True)


def more_kinds(turn: Turn, typed: str = "") -> None:
    _ask_kind(turn, [kind for kind in device_kinds() if kind not in _KINDS_FIRST], typed, more=False)


def _ask_kind(turn: Turn, kinds: Sequence[str], typed: str, *, more: bool) -> None:
    behind = f":{typed}" if typed else ""
    turn.say(
        turn.address,
        "device_kind",
        buttons=[
            *(Button(kind_title(kind), f"device_kind:{kind}{behind}") for kind in kinds),
            *([Button("Diğer türler ›", f"device_kinds{behind}")] if more else []),
        ],
        slot=_SLOT,
        typed=typed,
    )


def kind_chosen(turn: Turn, kind: str, typed: str = "") -> None:
    """With the number that was typed it is recorded at once; else a number or a room is asked for."""
    access.require(turn, DeviceAction.KEEP)
    if typed:
        _record(turn, replace(_numbered(typed), kind=kind))
        return
    turn.dialog.expects = Expectation(kind=Expect.DEVICE_NEW, detail=kind, asked=_SLOT)
    turn.say(turn.address, "device_what", buttons=[_STOP], slot=_SLOT, fresh=True, kind=kind)


def new_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """A number of the new one, or where it stands. Raises Invalid; the question stands."""
    line = one_line(text)[:MAX_LETTERS]
    said = _numbered(line)
    if official_number(line) is not None or (keys_typed(line) and " " not in line and not line.isdecimal()):
        _record(turn, replace(said, kind=waiting.detail))
    else:
        _record(turn, Description(kind=waiting.detail), place=line)
    turn.dialog.expects = None


def _numbered(typed: str) -> Description:
    """An official number is one; letters with figures are a number of the house where they end in figures behind a
    dash ("BİM-0042"), else a serial."""
    if official_number(typed) is not None:
        return Description(asset_no=typed)
    if folded(typed).rpartition("-")[2].isdigit() or " " in typed or typed.isdecimal():
        return Description(other_no=typed)
    return Description(serial=typed)


def _record(turn: Turn, said: Description, place: str = "") -> None:
    made = recording.record(turn, said, place=place)
    turn.say(
        turn.address,
        "device_recorded",
        buttons=[
            Button("Düzelt", f"device_fix:{made.id}"),
            Button("Taşı", f"device_move:{made.id}"),
            Button("Geri al", f"device_withdraw:{made.id}"),
        ],
        slot=_SLOT,
        fresh=True,
        number=made.number,
        name=device_names.whole_name(turn.uow, made),
        said=made.description,
    )


def withdraw(turn: Turn, key: str) -> None:
    """Geri al."""
    device = turn.uow.devices.get(DeviceId(int(key)))
    recording.withdraw(turn, device.id)
    restore = Button("Geri getir", f"device_restore:{device.id}")
    turn.say(turn.address, "device_withdrawn", buttons=[restore], slot=_SLOT, number=device.number)


def restore(turn: Turn, key: str) -> None:
    """Geri getir."""
    device = turn.uow.devices.get(DeviceId(int(key)))
    recording.take_withdrawal_back(turn, device.id)
    turn.uow.messages.disable_buttons(turn.address, _SLOT)
    show(turn, device.id)


# --- moving and correcting ------------------------------------------------------------------------
def ask_place(turn: Turn, key: str) -> None:
    """Taşı."""
    device = _changing(turn, key)
    slot = f"device_move:{device.id}"
    turn.dialog.expects = Expectation(kind=Expect.DEVICE_PLACE, detail=str(device.id), asked=slot)
    place = device_names.place_name(turn.uow, device)
    turn.say(turn.address, "device_where", buttons=[_STOP], slot=slot, fresh=True, number=device.number, place=place)


def place_said(turn: Turn, waiting: Expectation, text: str) -> None:
    _move(turn, waiting.detail, one_line(text), waiting.asked)
    turn.dialog.expects = None


def put_back(turn: Turn, key: str, place: str) -> None:
    """Geri al: where it stood before."""
    _move(turn, key, place, f"device_move:{key}")


def _move(turn: Turn, key: str, place: str, slot: str) -> None:
    before = _changing(turn, key)
    was = device_names.place_name(turn.uow, before)
    moved = recording.move(turn, before.id, place)
    turn.say(
        turn.address,
        "device_moved",
        buttons=[Button("Geri al", f"device_put:{key}:{was}")] if was and moved != before else [],
        slot=slot,
        fresh=True,
        number=moved.number,
        place=device_names.place_name(turn.uow, moved),
        was=was,
    )


def ask_fix(turn: Turn, key: str) -> None:
    """Düzelt."""
    device = _changing(turn, key)
    slot = f"device_fix:{device.id}"
    turn.dialog.expects = Expectation(kind=Expect.DEVICE_FIX, detail=str(device.id), asked=slot)
    turn.say(
        turn.address,
        "device_fix",
        buttons=[
            *(
                Button(label, f"device_condition:{device.id}:{condition.value}")
                for condition, label in device_fixes.CONDITIONS.items()
                if condition is not device.condition
            ),
            _STOP,
        ],
        slot=slot,
        fresh=True,
        number=device.number,
        said=device.description,
    )


def fix_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """`model M404dn`, one a line. Raises Invalid(`device_fix`) and as `recording.correct`; the question stands."""
    device = _changing(turn, waiting.detail)
    said, department = device_fixes.read(device.description, text)
    recording.correct(turn, device.id, said, department=department)
    turn.dialog.expects = None
    turn.uow.messages.disable_buttons(turn.address, waiting.asked)
    show(turn, device.id)


def condition_chosen(turn: Turn, key: str, condition: str) -> None:
    device = _changing(turn, key)
    recording.correct(turn, device.id, device.description, condition=Condition(condition))
    turn.dialog.expects = None
    turn.uow.messages.disable_buttons(turn.address, f"device_fix:{key}")
    show(turn, device.id)


def stop(turn: Turn) -> None:
    """Vazgeç: nothing was changed."""
    expects = turn.dialog.expects
    if expects is None or expects.kind not in prompts.OF_DEVICES:
        return
    turn.dialog.expects = None
    turn.say(turn.address, "device_stopped", slot=expects.asked)


def _changing(turn: Turn, key: str) -> Device:
    """Raises NotAllowed, NotFound, Invalid."""
    access.require(turn, DeviceAction.KEEP)
    return recording.changeable(turn, DeviceId(int(key)))


# --- merging, and those that fail most --------------------------------------------------------------
def offer_merge(turn: Turn, words: str) -> None:
    """`/cihaz birleştir d107 d42`: the first is the same as the second. Raises NotAllowed, Invalid."""
    named = [identifying.found_by(turn.uow, word) for word in words.replace("=", " ").split()]
    if len(named) != 2 or any(len(found) != 1 for found in named):
        raise Invalid("device_merge_which")
    asked = merging.preview(turn, named[0][0].id, named[1][0].id)
    turn.say(
        turn.address,
        "device_merge",
        buttons=[Button("Birleştir", f"device_join:{asked.one.id}:{asked.into.id}")],
        slot=f"device_merge:{asked.one.id}",
        fresh=True,
        asked=asked,
        one=device_names.whole_name(turn.uow, asked.one),
        into=device_names.whole_name(turn.uow, asked.into),
    )


def join(turn: Turn, key: str, into: str) -> None:
    """Birleştir."""
    one, survivor = DeviceId(int(key)), DeviceId(int(into))
    known = turn.uow.devices.get(one).merge
    is_done = known is not None and known.into == survivor
    kept = turn.uow.devices.get(survivor) if is_done else merging.merge(turn, one, survivor)
    back = Button("Geri al", f"device_part:{key}")
    number = turn.uow.devices.get(one).number
    turn.say(
        turn.address, "device_merged", buttons=[back], slot=f"device_merge:{key}", number=number, other=kept.number
    )


def part(turn: Turn, key: str) -> None:
    """Geri al."""
    one = DeviceId(int(key))
    merging.take_merge_back(turn, one)
    turn.say(turn.address, "device_parted", slot=f"device_merge:{key}", number=turn.uow.devices.get(one).number)


def most_failing(turn: Turn, year: int) -> None:
    """`/cihaz 2026`: the twenty with most tickets in that year."""
    turn.say(turn.address, "devices_failing", year=year, failing=queries.most_failing(turn, year))


def _card_slot(key: DeviceId) -> str:
    return f"device_card:{key}"


_SLOT = "device_new"
_STOP = Button("Vazgeç", "device_stop")
BUTTONS: dict[str, Callable[..., None]] = {
    "device": lambda turn, key: show(turn, DeviceId(int(key))),
    "device_tickets": tickets,
    "device_history": history,
    "device_new": lambda turn, *typed: ask_kind(turn, ":".join(typed)),
    "device_kinds": lambda turn, *typed: more_kinds(turn, ":".join(typed)),
    "device_kind": kind_chosen,
    "device_withdraw": withdraw,
    "device_restore": restore,
    "device_stop": stop,
    "device_move": ask_place,
    "device_put": put_back,
    "device_fix": ask_fix,
    "device_condition": condition_chosen,
    "device_join": join,
    "device_part": part,
}
