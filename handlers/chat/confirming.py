"""Teslim aldım · Sorun var, of whoever must confirm; Yerinde onay and Kâğıt imzalandı, of whoever hands over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import device_names
from handlers.chat.turn import Turn
from handlers.devices import confirming, handover_news
from handlers.devices.handover_texts import lines_of
from handlers.domain.devices import DeviceId
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.handovers import CODE_LIVES, Handover, HandoverId, HandoverState, How, Problem
from handlers.messages import Button
from handlers.tickets import cards

PROBLEMS = {Problem.MISSING: "Gelmedi", Problem.OTHER_DEVICE: "Başka cihaz", Problem.DAMAGED: "Hasarlı"}
_STOP = Button("Vazgeç", "device_stop")


# --- whoever must confirm -----------------------------------------------------------------------------
def confirm(turn: Turn, key: str, digest: str) -> None:
    """Teslim aldım, or Teslim ettim of a devir."""
    one = turn.uow.handovers.get(HandoverId(int(key)))
    was = one.state
    done = confirming.confirm(turn, one.id, one.digest if digest and one.digest.startswith(digest) else "")
    handover_news.say_confirmed(turn, done, turn.address, giving=turn.person.id != done.receiver)
    if was is HandoverState.WAITING and done.state is HandoverState.CONFIRMED:
        handover_news.tell_confirmed(turn, done)


def which_is_wrong(turn: Turn, key: str) -> None:
    """Sorun var: which?"""
    one = turn.uow.handovers.get(HandoverId(int(key)))
    confirming.require_theirs_and_open(turn, one)
    devices = turn.uow.devices.several([line.device for line in one.standing])
    if len(devices) == 1:
        what_is_wrong(turn, key, str(devices[0].id))
        return
    buttons = [Button(device_names.numbered_name(device), f"hand_what:{key}:{device.id}") for device in devices]
    turn.say(turn.address, "handover_which", buttons=[*buttons, _back(key)], slot=f"handover:{key}")


def what_is_wrong(turn: Turn, key: str, device: str) -> None:
    buttons = [Button(label, f"hand_wrong:{key}:{device}/{problem.value}") for problem, label in PROBLEMS.items()]
    number = turn.uow.devices.get(DeviceId(int(device))).number
    turn.say(turn.address, "handover_what", buttons=[*buttons, _back(key)], slot=f"handover:{key}", number=number)


def wrong(turn: Turn, key: str, device_and_problem: str) -> None:
    """The line falls out; the rest can be confirmed."""
    device, _, problem = device_and_problem.partition("/")
    before = turn.uow.handovers.get(HandoverId(int(key)))
    less = confirming.fall_out(turn, before.id, DeviceId(int(device)), Problem(problem))
    number = turn.uow.devices.get(DeviceId(int(device))).number
    about: dict[str, Any] = {"number": number, "problem": PROBLEMS[Problem(problem)], "handover": less.number}
    if less == before:  # a second press
        turn.say(turn.address, "handover_fell", **about)
        return
    turn.say(turn.address, "handover_fell", slot=f"handover:{key}", **about)
    handover_news.tell_maker(turn, less, "handover_fell_told", with_leads=True, **about, who=turn.person)
    if less.is_open:
        handover_news.show_again(turn, less, {turn.person.id: turn.address})


def show_list(turn: Turn, key: str) -> None:
    """Listeye dön."""
    one = turn.uow.handovers.get(HandoverId(int(key)))
    confirming.require_theirs_and_open(turn, one)
    handover_news.show_to_confirm(turn, one, turn.address, giving=turn.person.id == one.giver)


def _back(key: str) -> Button:
    return Button("Listeye dön", f"hand_list:{key}")


# --- whoever hands over -------------------------------------------------------------------------------
def make_code(turn: Turn, key: str) -> None:
    """Yerinde onay: the code goes to the receiver's own chat, and is typed here."""
    turn.go_private()
    one = turn.uow.handovers.get(HandoverId(int(key)))
    if _is_done(turn, one):
        return
    receiver = turn.uow.people.get(one.receiver or turn.person.id)
    addresses = cards.private_addresses_of(turn, receiver)
    if not addresses:
        raise Invalid("handover_code_nowhere", who=receiver.short_name)
    code, minutes = confirming.make_code(turn, one.id), CODE_LIVES.seconds // 60
    for address in addresses:
        about: dict[str, Any] = {"number": one.number, "lines": lines_of(one), "who": turn.person, "minutes": minutes}
        turn.say(address, "handover_code", slot=f"handover_code:{key}", fresh=True, code=code, **about)
    slot = f"handover_code_asked:{key}"
    turn.dialog.expects = Expectation(kind=Expect.HANDOVER_CODE, detail=key, asked=slot)
    turn.say(
        turn.address,
        "handover_code_asked",
        buttons=[Button("Yeni kod", f"hand_code:{key}"), _STOP],
        slot=slot,
        fresh=True,
        number=one.number,
        who=receiver,
        minutes=minutes,
    )


def code_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """What the receiver read out. A wrong one is asked for again."""
    one = turn.uow.handovers.get(HandoverId(int(waiting.detail)))
    was = one.state
    done = confirming.confirm_by_code(turn, one.id, text)
    turn.dialog.expects = None
    turn.uow.messages.disable_buttons(turn.address, waiting.asked)
    _say_signed(turn, done)
    if was is HandoverState.WAITING:
        receiver = turn.uow.people.get(done.receiver or turn.person.id)
        for address in cards.private_addresses_of(turn, receiver):
            turn.uow.messages.disable_buttons(address, f"handover:{done.id}")
            handover_news.say_confirmed(turn, done, address, giving=False)


def ask_page(turn: Turn, key: str) -> None:
    """Kâğıt imzalandı: with a photo of the signed page."""
    turn.go_private()
    one = turn.uow.handovers.get(HandoverId(int(key)))
    if _is_done(turn, one):
        return
    confirming.require_can_be_signed(turn, one)
    slot = f"handover_page:{key}"
    turn.dialog.expects = Expectation(kind=Expect.HANDOVER_PAGE, detail=key, asked=slot)
    turn.say(
        turn.address,
        "handover_page",
        buttons=[Button("Fotoğraf yok, kâğıt dosyada", f"hand_signed:{key}"), _STOP],
        slot=slot,
        fresh=True,
        number=one.number,
    )


def page_said(turn: Turn, waiting: Expectation, files: tuple[str, ...]) -> None:
    """Raises Invalid(`handover_page`) where no file came; the question stands."""
    if not files:
        raise Invalid("handover_page")
    _signed(turn, waiting.detail, files[0], waiting.asked)


def without_page(turn: Turn, key: str) -> None:
    """The paper lies in its folder."""
    _signed(turn, key, "", f"handover_page:{key}")


def _signed(turn: Turn, key: str, page: str, asked: str) -> None:
    was = turn.uow.handovers.get(HandoverId(int(key))).state
    done = confirming.confirm_on_paper(turn, HandoverId(int(key)), page)
    turn.dialog.expects = None
    turn.uow.messages.disable_buttons(turn.address, asked)
    _say_signed(turn, done)
    if was is HandoverState.WAITING and not done.outside:
        handover_news.tell_sides(turn, done, "handover_signed_told", number=done.number, lines=lines_of(done))


def _is_done(turn: Turn, one: Handover) -> bool:
    if one.state is HandoverState.CONFIRMED:
        _say_signed(turn, one)
    return one.state is HandoverState.CONFIRMED


def _say_signed(turn: Turn, one: Handover) -> None:
    receiver = None if one.outside else turn.uow.people.get(one.receiver or turn.person.id)
    turn.say(
        turn.address,
        "handover_signed",
        slot=f"hand_over:{one.lines[0].device}",
        fresh=True,
        number=one.number,
        how=one.how or How.CHAT,
        page=bool(one.page),
        who=receiver,
        outside=one.outside,
        day=one.due_back,
    )


BUTTONS: dict[str, Callable[..., None]] = {
    "hand_yes": confirm,
    "hand_no": which_is_wrong,
    "hand_what": what_is_wrong,
    "hand_wrong": wrong,
    "hand_list": show_list,
    "hand_code": make_code,
    "hand_paper": ask_page,
    "hand_signed": without_page,
}
