"""What the pages of handovers, orders and the official ledger ask for: tried before, and done in its event's
transaction (decision 0060). Whoever waits for it hears of it as if it had been pressed in the chat."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from handlers.context import Acting
from handlers.devices import access, confirming, depot_orders, handing, handover_news, official_records, order_news
from handlers.devices.handover_texts import lines_of
from handlers.devices.official_records import ListedRecord
from handlers.domain.device_rights import DeviceAction
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.handovers import DepotOrder, Handover, HandoverId, HandoverState, OrderId, OrderState
from handlers.domain.keys import key_in
from handlers.domain.page_changes import Outcome
from handlers.people.list_changes import carried_out

MOST_LISTED = 500
"""Official numbers of one press."""
_SHOWN_FAULTS = 8
_PAGE_OF_DAY = "günlük sayfa"
"""Where it has no number in EBYS."""
_DAY = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$", re.ASCII)


class HandoverWish(StrEnum):
    CONFIRM = "handover_confirm"
    PAPER = "handover_paper"
    CANCEL = "handover_cancel"
    GIVE_ORDER = "order_give"
    REFUSE_ORDER = "order_refuse"
    SIGN_DAY = "order_sign_day"
    OFFICIAL = "official_enter"
    OFFICIAL_LIST = "official_list"


def try_out(acting: Acting, action: HandoverWish, given: Mapping[str, str]) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    match action:
        case HandoverWish.CONFIRM:
            one = _handover(acting, given)
            confirming.require_theirs_and_open(acting, one)
            if given.get("digest") != one.digest:
                raise Invalid("handover_changed", number=one.number)
            if not acting.person.verified:
                raise Invalid("handover_unverified")
        case HandoverWish.PAPER:
            confirming.require_can_be_signed(acting, _handover(acting, given))
        case HandoverWish.CANCEL:
            one = _handover(acting, given)
            if not handing.may_cancel(acting, one):
                raise NotAllowed("cancel_handover", acting.person.handle)
            if not one.is_open or one.lapsed_at(acting.now):
                state = HandoverState.LAPSED if one.is_open else one.state
                raise Invalid("handover_over", number=one.number, state=state)
        case HandoverWish.GIVE_ORDER | HandoverWish.REFUSE_ORDER:
            access.require(acting, DeviceAction.ORDER_OUT)
            order = _order(acting, given)
            if action is HandoverWish.GIVE_ORDER and order.state is OrderState.REFUSED:
                raise Invalid("order_refused", number=order.number, why=order.reason)
            if action is HandoverWish.REFUSE_ORDER and order.state is OrderState.GIVEN:
                raise Invalid("order_given", number=order.number)
            if action is HandoverWish.REFUSE_ORDER and not given.get("reason", "").strip():
                raise Invalid("order_reason")
        case HandoverWish.SIGN_DAY:
            depot_orders.require_may_sign(acting)
            read_day(given.get("day", ""))
        case HandoverWish.OFFICIAL:
            official_records.enterable(acting, *_official(given))
        case HandoverWish.OFFICIAL_LIST:
            _require_sound(acting, listed(given.get("lines", "")))


def carry_out(acting: Acting, action: HandoverWish, given: Mapping[str, str]) -> Outcome:
    return carried_out(acting, lambda: _done(acting, action, given))


def _done(acting: Acting, action: HandoverWish, given: Mapping[str, str]) -> bool:
    match action:
        case HandoverWish.CONFIRM | HandoverWish.PAPER | HandoverWish.CANCEL:
            before = _handover(acting, given)
            if action is HandoverWish.CANCEL:
                return _cancelled(acting, before)
            if action is HandoverWish.PAPER:
                return _signed(acting, before)
            return _confirmed(acting, before, given.get("digest", ""))
        case HandoverWish.GIVE_ORDER | HandoverWish.REFUSE_ORDER:
            return _decided(acting, action, given)
        case HandoverWish.SIGN_DAY:
            document = given.get("document", "").strip() or _PAGE_OF_DAY
            return bool(depot_orders.sign_day(acting, read_day(given.get("day", "")), document=document))
        case HandoverWish.OFFICIAL:
            return official_records.enter(acting, *_official(given))
        case HandoverWish.OFFICIAL_LIST:
            return official_records.enter_all(acting, listed(given.get("lines", ""))) > 0


def _cancelled(acting: Acting, one: Handover) -> bool:
    if not handing.cancel(acting, one.id):
        return False
    handover_news.tell_sides(acting, one, "handover_cancelled", number=one.number)
    return True


def _signed(acting: Acting, one: Handover) -> bool:
    done = confirming.confirm_on_paper(acting, one.id)
    if one.state is not HandoverState.WAITING:
        return False
    handover_news.tell_sides(acting, done, "handover_signed_told", number=done.number, lines=lines_of(done))
    return True


def _confirmed(acting: Acting, one: Handover, digest: str) -> bool:
    done = confirming.confirm(acting, one.id, digest)
    if one.state is HandoverState.WAITING and done.state is HandoverState.CONFIRMED:
        handover_news.tell_confirmed(acting, done)
    return done.version != one.version


def _decided(acting: Acting, action: HandoverWish, given: Mapping[str, str]) -> bool:
    before = _order(acting, given)
    if action is HandoverWish.GIVE_ORDER:
        order = depot_orders.give(acting, before.id)
    else:
        order = depot_orders.refuse(acting, before.id, given.get("reason", ""))
    if before.state is order.state:
        return False
    order_news.tell_decided(acting, order)
    return True


# --- what is meant --------------------------------------------------------------------------------
def _handover(acting: Acting, given: Mapping[str, str]) -> Handover:
    return acting.uow.handovers.get(HandoverId(key_in(given, "id", "handover")))


def _order(acting: Acting, given: Mapping[str, str]) -> DepotOrder:
    return acting.uow.handovers.order(OrderId(key_in(given, "id", "depot order")))


def _official(given: Mapping[str, str]) -> tuple[str, str, date]:
    """Number, document, day. Raises Invalid(`no_such_day`)."""
    return given.get("number", ""), given.get("document", ""), read_day(given.get("day", ""))


def read_day(typed: str) -> date:
    """`2026-12-01` as a browser sends it, `1.12.2026` as people write it. Raises Invalid(`no_such_day`)."""
    typed = typed.strip()[:20]
    try:
        if (written := _DAY.match(typed)) is not None:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return datetime.fromisoformat(typed).date()  # also as a sheet has it, with an hour behind it
    except ValueError:
        raise Invalid("no_such_day", misread=typed or "(boş)") from None


def listed(pasted: str) -> Sequence[ListedRecord]:
    """`TB-2026-00031; 2026/118; 01.12.2026`, a line each, as it is copied out of a sheet too; a line of heads is
    passed over. Raises Invalid(`official_lines`, `official_list`)."""
    lines = [(place, line.strip()) for place, line in enumerate(pasted.splitlines(), 1) if line.strip()]
    if lines and "TB-" not in lines[0][1].upper() and not any(letter.isdigit() for letter in lines[0][1]):
        lines = lines[1:]
    if not 1 <= len(lines) <= MOST_LISTED:
        raise Invalid("official_lines", count=len(lines), most=MOST_LISTED)
    return [_listed(place, line) for place, line in lines]


def _listed(place: int, line: str) -> ListedRecord:
    try:
        number, document, day = _parts(line)
        return ListedRecord(place, number, document, read_day(day))
    except (ValueError, Invalid):
        raise Invalid("official_list", line=place, typed=line[:60]) from None


def _parts(line: str) -> Sequence[str]:
    """Between tabs, as a sheet has them, semicolons, or blanks and commas."""
    for between in "\t;":
        if between in line:
            return [found for one in line.split(between) if (found := one.strip())]
    words = line.replace(",", " ").split()
    return words if len(words) < 3 else [words[0], " ".join(words[1:-1]), words[-1]]


def _require_sound(acting: Acting, lines: Sequence[ListedRecord]) -> None:
    """Raises NotAllowed, Invalid(`official_faults`): nothing of a list that is partly wrong is written."""
    faults = official_records.faults_of(acting, lines)
    if faults:
        told = [
            (line, acting.desk.texts.render(f"errors/{why.reason}", desk=acting.desk, now=acting.now, **why.data))
            for line, why in faults[:_SHOWN_FAULTS]
        ]
        raise Invalid("official_faults", faults=told)
