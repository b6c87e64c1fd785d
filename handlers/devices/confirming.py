"""Confirming what is handed over: in the chat, by a code read out at the counter, or on paper. With the last who must,
custody changes; what was done to a device meanwhile is looked at once more.

A line that is wrong falls out, and the rest is confirmed anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from handlers.context import Acting
from handlers.devices import access, depot_orders, handing, handover_texts, history, recording
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Custody, CustodyKind, Device, DeviceId, Ending
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.handovers import (
    CODE_DIGITS,
    CODE_LIVES,
    MAX_LETTERS,
    Direction,
    Handover,
    HandoverCode,
    HandoverId,
    HandoverLine,
    HandoverState,
    How,
    Problem,
    code_digest,
)
from handlers.domain.people import Person, PersonId
from handlers.people.officers import today_of
from knowledge.language.folding import one_line


def confirm(acting: Acting, key: HandoverId, digest: str) -> Handover:
    """By whoever acts, as its receiver or the giver of a devir. `digest`: of the text that they read. Unchanged where
    they did it before; custody changes with the last who must.

    Raises NotFound, Stale, Invalid(`handover_not_yours`, `handover_outside_signs`, `handover_changed`,
    `handover_unverified`, `handover_over`) and as `handing.make`.
    """
    one = acting.uow.handovers.get(key)
    theirs = _place_of(acting, one)
    if one.state is HandoverState.CONFIRMED:
        return one
    _require_open(acting, one)
    if digest != one.digest:
        raise Invalid("handover_changed", number=one.number)
    if not acting.person.verified:
        raise Invalid("handover_unverified")
    if getattr(one, theirs) is not None:
        return one
    said = replace(one, receiver_at=acting.now) if theirs == "receiver_at" else replace(one, giver_at=acting.now)
    return _settle(acting, said, How.CHAT) if said.whole else acting.uow.handovers.save(said)


def make_code(acting: Acting, key: HandoverId) -> str:
    """Yerinde onay: six digits for the receiver's own chat, to be read out; they hold for ten minutes, once, and for
    the list as it stands. An older code ends. Whoever hands over sees who stands before them.

    Raises NotAllowed, NotFound, Stale, Invalid(`handover_over`, `handover_code_swap`, `handover_outside_signs`).
    """
    one = acting.uow.handovers.get(key)
    require_signs(acting, one)
    _require_open(acting, one)
    if one.direction is not Direction.GIVE:
        raise Invalid("handover_code_swap", number=one.number)
    if one.outside:
        raise Invalid("handover_outside_signs", number=one.number)
    seed = int.from_bytes(hashlib.sha256(acting.desk.randomness.token().encode()).digest())
    code = str(seed % 10**CODE_DIGITS).zfill(CODE_DIGITS)
    digest = code_digest(one, code)
    made = HandoverCode(handover=key, digest=digest, made_by=acting.person.id, made_at=acting.now)
    acting.uow.handovers.put_code(made)
    return code


def confirm_by_code(acting: Acting, key: HandoverId, typed: str) -> Handover:
    """What the receiver read out. Unchanged where it is confirmed.

    Raises NotAllowed, NotFound, Stale, Invalid(`handover_code_over`, `handover_code_wrong`, `handover_over`) and as
    `handing.make`. A wrong one is counted: whoever calls keeps the transaction.
    """
    one = acting.uow.handovers.get(key)
    require_signs(acting, one)
    if one.state is HandoverState.CONFIRMED:
        return one
    _require_open(acting, one)
    code = acting.uow.handovers.code(key)
    if code is None or not code.holds_at(acting.now):
        raise Invalid("handover_code_over", number=one.number, minutes=CODE_LIVES.seconds // 60)
    if code_digest(one, "".join(typed.split())) != code.digest:
        acting.uow.handovers.put_code(replace(code, wrong=code.wrong + 1))
        raise Invalid("handover_code_wrong", number=one.number)
    done = _settle(acting, replace(one, receiver_at=acting.now), How.CODE)
    acting.uow.handovers.put_code(replace(code, used_at=acting.now))
    return done


def confirm_on_paper(acting: Acting, key: HandoverId, page: str = "") -> Handover:
    """Whoever hands over says that everybody signed the paper. `page`: the file of it, which can be given later, too.
    Raises NotAllowed and as `confirm`."""
    one = acting.uow.handovers.get(key)
    require_signs(acting, one)
    if one.state is HandoverState.CONFIRMED:
        wants_page = page and not one.page and one.how is How.PAPER
        return acting.uow.handovers.save(replace(one, page=page)) if wants_page else one
    _require_open(acting, one)
    signed = replace(one, receiver_at=one.receiver_at or acting.now, page=page)
    if one.direction is Direction.SWAP:
        signed = replace(signed, giver_at=one.giver_at or acting.now)
    return _settle(acting, signed, How.PAPER)


def fall_out(acting: Acting, key: HandoverId, device: DeviceId, problem: Problem, note: str = "") -> Handover:
    """Whoever must confirm says that a line is wrong: the rest is a new list, to be confirmed again. Unchanged where
    that line fell out before.

    Raises NotFound, Stale, Invalid(`handover_not_yours`, `handover_over`, `handover_no_such_line`).
    """
    one = acting.uow.handovers.get(key)
    _place_of(acting, one)
    if any(line.device == device and line.problem is not None for line in one.lines):
        return one
    _require_open(acting, one)
    if all(line.device != device for line in one.standing):
        raise Invalid("handover_no_such_line", number=one.number)
    less = one.without(device, problem, one_line(note)[:MAX_LETTERS])
    if not less.standing:
        less = replace(less, state=HandoverState.REFUSED, ended_at=acting.now)
    else:
        less = replace(less, text=handover_texts.written(acting, less))
    return acting.uow.handovers.save(less)


def require_theirs_and_open(acting: Acting, one: Handover) -> None:
    """Whoever acts must confirm it, and still can. Raises Invalid(`handover_not_yours`, `handover_over`)."""
    _place_of(acting, one)
    _require_open(acting, one)


def require_can_be_signed(acting: Acting, one: Handover) -> None:
    """Raises NotAllowed, Invalid(`handover_over`)."""
    require_signs(acting, one)
    _require_open(acting, one)


def require_signs(acting: Acting, one: Handover) -> None:
    """Whoever made it, and who hands over and sees every device: of others' acts a technician of another unit knows
    nothing. Raises NotAllowed."""
    access.require(acting, DeviceAction.HAND_OVER)
    if one.made_by != acting.person.id and not access.sees_all_whole(acting):
        raise NotAllowed("sign_handover", acting.person.handle)


def signs(acting: Acting, one: Handover) -> bool:
    try:
        require_signs(acting, one)
    except NotAllowed:
        return False
    return True


def moved(
    acting: Acting,
    what: str,
    device: Device,
    custody: Custody,
    by: Handover,
    in_place_of: tuple[PersonId, ...] = (),
    *,
    before: Device | None = None,
) -> Device:
    """In that custody from now on, with its line of the history."""
    saved = acting.uow.devices.save(replace(device, custody=custody))
    history.note(acting, what, saved, before or device, ref=str(by.number), acting_for=in_place_of)
    return saved


def _settle(acting: Acting, one: Handover, how: How) -> Handover:
    assert one.receiver is not None  # a return does not wait
    receiver = acting.uow.people.get(one.receiver)
    depot_orders.require_here(acting, receiver.id)
    found = [_still_free(acting, one, line) for line in one.standing]
    depot_orders.cover(acting, found, receiver.id, one.outside)
    # where each lies now: an order by which it leaves is used up, even if it lay elsewhere when this was made
    orders = {
        device.id: None
        if one.direction is Direction.SWAP
        else depot_orders.leaving(acting, device, receiver.id, one.outside)
        for device in found
    }
    custody = _custody(acting, one, receiver)
    for device in found:
        if one.direction is Direction.SWAP:
            device = moved(acting, "returned", device, Custody(kind=CustodyKind.DEPOT, since=custody.since), one)
        placed = _placed(acting, one, device, receiver)
        moved(acting, "handed_over", placed, custody, one, before=device)
    lines = tuple(replace(line, order=orders.get(line.device, line.order)) for line in one.lines)
    done = replace(
        one, lines=lines, state=HandoverState.CONFIRMED, how=how, channel=acting.channel, ended_at=acting.now
    )
    return acting.uow.handovers.save(done)


def _still_free(acting: Acting, one: Handover, line: HandoverLine) -> Device:
    device = recording.changeable(acting, line.device)
    if device.ending is Ending.LOST:
        raise Invalid("device_lost", number=device.number)
    if one.direction is not Direction.SWAP:
        handing.require_nobodys(acting, device)
    elif device.custody.holder != one.giver:
        raise Invalid("handover_not_one_holder")
    return device


def _custody(acting: Acting, one: Handover, receiver: Person) -> Custody:
    day = today_of(acting)
    if one.outside:
        return Custody(kind=CustodyKind.AWAY, since=day)
    if one.common:
        return Custody(kind=CustodyKind.SHARED, keeper=receiver.id, since=day)
    return Custody(kind=CustodyKind.PERSON, holder=receiver.id, since=day)


def _placed(acting: Acting, one: Handover, device: Device, receiver: Person) -> Device:
    """Where it stands from now on: what leaves the depot goes to its receiver's room, and of a common area where it was
    said; else it stands where it stood."""
    if one.outside:
        return device
    leaves = device.custody.kind is CustodyKind.DEPOT and one.direction is Direction.GIVE
    room = one.stands_at or (receiver.room if leaves and not one.common else "")
    there = recording.placed(acting, device, room) if room else device
    return replace(there, department=receiver.department or device.department)


def _place_of(acting: Acting, one: Handover) -> str:
    """Which of its confirmations is theirs. Raises Invalid(`handover_not_yours`, `handover_outside_signs`)."""
    if one.receiver == acting.person.id:
        if one.outside:
            raise Invalid("handover_outside_signs", number=one.number)
        return "receiver_at"
    if one.direction is Direction.SWAP and one.giver == acting.person.id:
        return "giver_at"
    raise Invalid("handover_not_yours", number=one.number)


def _require_open(acting: Acting, one: Handover) -> None:
    if not one.is_open or one.lapsed_at(acting.now):
        raise Invalid("handover_over", number=one.number, state=HandoverState.LAPSED if one.is_open else one.state)
