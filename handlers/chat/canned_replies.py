"""Hazır yanıtlar in chat: `/yanit`, and Diğer → Hazır yanıt on a card. What a text asks for is asked one by one; what
was picked from a list is shown before it is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.canned_replies import FIELDS, MOST, CannedReply, blanks
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, may, require
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import parse
from handlers.messages import Button, PostedMessage
from handlers.tickets import canned_replies, notifications, numbers
from knowledge.language.folding import folded

A_PAGE = 8
_ADDS = re.compile(r"ekle\s+(?P<name>[^\s:]+)\s*:?\s+(?P<text>\S.*)", re.DOTALL | re.IGNORECASE)
_DROPS = re.compile(r"sil\s+(?P<name>\S+)\s*\Z", re.IGNORECASE)


def command(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/yanit kısa-ad` as a reply, `/yanit 123 kısa-ad`; `/yanit ekle kısa-ad: metin`, `/yanit sil kısa-ad`; alone: the
    list."""
    if (added := _ADDS.match(words)) is not None:
        _wrote(turn, canned_replies.write(turn, folded(added["name"]), added["text"].strip()))
    elif (dropped := _DROPS.match(words)) is not None:
        require(turn.person, Action.KEEP_CANNED_REPLIES)
        _withdraw(turn, canned_replies.named(turn, turn.person.unit or "", folded(dropped["name"])))
    elif words:
        ticket, name = _target(turn, words, answered)
        turn.speak_of(ticket)
        require(turn.person, Action.REPLY_TO_REPORTER, ticket)
        _ask_or_send(turn, ticket, canned_replies.named(turn, ticket.unit, folded(name)), (), shown=False)
    else:
        _list(turn)


def _list(turn: Turn) -> None:
    turn.go_private()
    if turn.person.unit is None:
        raise Invalid("canned_unit")
    turn.say(
        turn.address,
        "canned_list",
        replies=turn.uow.canned_replies.of_unit(turn.person.unit),
        keeps=may(turn.person, Action.KEEP_CANNED_REPLIES),
        unit=turn.person.unit,
        fields=[*FIELDS, "bos:parça adı"],
        most=MOST,
    )


def _target(turn: Turn, words: str, answered: PostedMessage | None) -> tuple[Ticket, str]:
    first, *rest = words.split(None, 1)
    number = parse(first.rstrip(":"))
    if number is not None and rest:
        return numbers.find(turn, number, Action.REPLY_TO_REPORTER), rest[0].strip()
    if answered is None or answered.ticket is None:
        raise Invalid("canned_needs_number")
    return turn.uow.tickets.get(answered.ticket), words


# --- picked on a card -----------------------------------------------------------------------------
def pick(turn: Turn, ticket: Ticket, page: str) -> None:
    """Hazır yanıt: which one?"""
    require(turn.person, Action.REPLY_TO_REPORTER, ticket)
    replies, first = canned_replies.offered(turn, ticket), int(page or 0)
    shown = [Button(one.name, f"canned_show:{ticket.id}:{one.id}") for one in replies[first : first + A_PAGE]]
    if first + A_PAGE < len(replies):
        shown.append(Button("Sonrakiler ›", f"canned:{ticket.id}:{first + A_PAGE}"))
    prompts.cancel_prompt(turn)
    turn.say(
        turn.address,
        "canned_pick",
        buttons=[*shown, Button("Vazgeç", f"canned_drop:{ticket.id}")],
        slot=_slot(turn, ticket),
        fresh=True,
        ticket=ticket,
        replies=replies[first : first + A_PAGE],
    )


def show(turn: Turn, ticket: Ticket, key: str) -> None:
    """As it would go, once what it asks for is known."""
    require(turn.person, Action.REPLY_TO_REPORTER, ticket)
    turn.uow.messages.disable_buttons(turn.address, _slot(turn, ticket))
    _ask_or_send(turn, ticket, turn.uow.canned_replies.get(int(key)), (), shown=True)


def _ask_or_send(turn: Turn, ticket: Ticket, reply: CannedReply, answers: Sequence[str], *, shown: bool) -> None:
    asked = blanks(reply.text)
    if len(answers) < len(asked):
        prompts.ask(
            turn,
            ticket,
            Expect.BLANK,
            "prompt_blank",
            detail=f"{reply.id}:{int(shown)}",
            buttons=[Button("Boş bırak", f"canned_blank:{ticket.id}")],
            wanted=asked[len(answers)],
        )
        if turn.dialog.expects is not None:
            turn.dialog.expects.rest = list(answers)
    elif shown:
        _preview(turn, ticket, reply, answers)
    else:
        _send(turn, ticket, reply, answers)


def blank_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """What stands in that place; empty: what the text says instead."""
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    key, _, shown = waiting.detail.partition(":")
    answers = [*waiting.rest, text]
    slot = prompts.answered(turn, ticket)
    if slot is not None:
        turn.uow.messages.disable_buttons(turn.address, slot)
    _ask_or_send(turn, ticket, turn.uow.canned_replies.get(int(key)), answers, shown=shown == "1")


def left_blank(turn: Turn, ticket: Ticket) -> None:
    """Boş bırak: only one's own question."""
    waiting = turn.dialog.expects
    if waiting is not None and waiting.kind is Expect.BLANK and waiting.ticket == ticket.id:
        blank_said(turn, waiting, "")


def _preview(turn: Turn, ticket: Ticket, reply: CannedReply, answers: Sequence[str]) -> None:
    told = json.dumps(list(answers), ensure_ascii=False)
    turn.say(
        turn.address,
        "canned_preview",
        buttons=[
            Button("Gönder", f"canned_send:{ticket.id}:{reply.id} {told}"),
            Button("Vazgeç", f"canned_drop:{ticket.id}"),
        ],
        slot=_slot(turn, ticket),
        fresh=True,
        ticket=ticket,
        text=canned_replies.text_for(turn, ticket, reply, answers),
    )


def send(turn: Turn, ticket: Ticket, said: str) -> None:
    """Gönder."""
    key, _, told = said.partition(" ")
    _send(turn, ticket, turn.uow.canned_replies.get(int(key)), json.loads(told))


def _send(turn: Turn, ticket: Ticket, reply: CannedReply, answers: Sequence[str]) -> None:
    written = canned_replies.send(turn, ticket, reply, answers)
    reach = notifications.reach(turn, notifications.reporter_of(ticket))
    told = reach is notifications.Reach.TOLD
    turn.receipt(
        written, "sent_to_reporter" if told else "reporter_untold", ticket=ticket, slot=_slot(turn, ticket), reach=reach
    )


def drop(turn: Turn, ticket: Ticket) -> None:
    """Vazgeç."""
    turn.say(turn.address, "prompt_over", slot=_slot(turn, ticket), ticket=ticket, rings=False, person=turn.person)


def _slot(turn: Turn, ticket: Ticket) -> str:
    return f"canned:{ticket.id}:{turn.person.id}"


# --- kept by a lead -------------------------------------------------------------------------------
def _wrote(turn: Turn, reply: CannedReply) -> None:
    buttons = [Button("Sil", f"canned_withdraw:{reply.id}")]
    turn.receipt(Effect.CHANGED, "canned_added", buttons=buttons, slot=f"canned_reply:{reply.id}", reply=reply)


def _withdraw(turn: Turn, reply: CannedReply) -> None:
    done = canned_replies.withdraw(turn, reply)
    if done is not Effect.NONE:
        buttons = [Button("Geri al", f"canned_back:{reply.id}")]
        turn.receipt(done, "canned_withdrawn", buttons=buttons, slot=f"canned_reply:{reply.id}", reply=reply)


def _withdraw_pressed(turn: Turn, key: str) -> None:
    _withdraw(turn, turn.uow.canned_replies.get(int(key)))


def _bring_back(turn: Turn, key: str) -> None:
    reply = turn.uow.canned_replies.get(int(key))
    if canned_replies.bring_back(turn, reply) is not Effect.NONE:
        _wrote(turn, reply)


def take_offer(turn: Turn, ticket: Ticket) -> None:
    """Hazır yanıt yap."""
    _wrote(turn, canned_replies.take_offer(turn, ticket))
    turn.uow.messages.disable_buttons(turn.address, canned_replies.offer_slot(ticket))


BUTTONS: dict[str, Callable[..., None]] = {"canned_withdraw": _withdraw_pressed, "canned_back": _bring_back}
