"""Harcanan süre in chat: buttons under the receipt of Tamamladım, and `/sure 123 45`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.efforts import Effort
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import parse
from handlers.messages import Button, PostedMessage
from handlers.spoken_time import spent_time
from handlers.tickets import efforts, numbers
from knowledge.language.folding import folded

USUAL = " (genelde)"
_LENGTH = re.compile(
    r"(?P<half>yarim)\s*(?P<whole>gun|saat)|(?P<number>\d{1,4}(?:[.,]\d)?)\s*(?P<unit>dakika|dk|saat|sa|gun)?"
)


def buttons(turn: Turn, ticket: Ticket) -> Sequence[Button]:
    """Ne kadar sürdü? Nothing where the unit does not keep it."""
    if not efforts.is_kept(turn, ticket.unit):
        return ()
    offered, usual = efforts.offered(turn, ticket), efforts.usual_of(turn, ticket)
    labels = [*(spent_time(minutes) for minutes in offered[:-1]), "Yarım gün"]
    return [
        *(
            Button(label + USUAL * (minutes == usual), f"spent:{ticket.id}:{minutes}-{turn.person.id}")
            for label, minutes in zip(labels, offered, strict=True)
        ),
        Button("Atla", f"spent:{ticket.id}:0-{turn.person.id}"),
    ]


def spent(turn: Turn, ticket: Ticket, said: str) -> None:
    """One of them was tapped; by whoever was asked."""
    minutes, _, asked = said.partition("-")
    if int(asked) != turn.person.id:
        raise Invalid("effort_of_another", short=ticket.short)
    slot = prompts.slot(turn, ticket)
    if minutes == "0":
        turn.uow.messages.disable_buttons(turn.address, slot)
        return
    _tell(turn, ticket, efforts.add(turn, ticket, int(minutes)), "spent_undo", slot)


def command(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/sure 123 45`, `/sure 1 sa 30 dk` as a reply; alone: what was spent on which subject."""
    if not words:
        turn.go_private()
        turn.say(turn.address, "efforts", subjects=efforts.by_subject(turn), unit=turn.person.unit)
        return
    ticket, length = _target(turn, words, answered)
    turn.speak_of(ticket)
    minutes = _minutes(turn, ticket, length)
    slot = f"effort:{ticket.id}:{turn.person.id}"
    _tell(turn, ticket, efforts.add(turn, ticket, minutes), "effort_undo", slot, fresh=True)


def _tell(turn: Turn, ticket: Ticket, added: Effort, undo: str, slot: str, *, fresh: bool = False) -> None:
    turn.receipt(
        Effect.CHANGED,
        "effort_noted",
        buttons=[Button("Geri al", f"{undo}:{ticket.id}:{added.line}")],
        slot=slot,
        fresh=fresh,
        ticket=ticket,
        minutes=added.minutes,
        total=efforts.of(turn, ticket),
    )


def take_back_tapped(turn: Turn, ticket: Ticket, line: str) -> None:
    _take_back(turn, ticket, line, prompts.slot(turn, ticket))


def take_back_typed(turn: Turn, ticket: Ticket, line: str) -> None:
    _take_back(turn, ticket, line, f"effort:{ticket.id}:{turn.person.id}")


def _take_back(turn: Turn, ticket: Ticket, line: str, slot: str) -> None:
    done = efforts.take_back(turn, ticket, int(line))
    if done is not Effect.NONE:
        turn.receipt(done, "effort_taken_back", slot=slot, ticket=ticket, total=efforts.of(turn, ticket))


def _target(turn: Turn, words: str, answered: PostedMessage | None) -> tuple[Ticket, str]:
    first, *rest = words.split(None, 1)
    number, length = parse(first.rstrip(":")), "".join(rest)
    if answered is not None and answered.ticket is not None and not re.search(r"\d|yar", length):
        return turn.uow.tickets.get(answered.ticket), words
    if number is None or not length:
        raise Invalid("effort_needs_number")
    return numbers.find(turn, number, Action.ADD_EFFORT), length


def _minutes(turn: Turn, ticket: Ticket, length: str) -> int:
    """Minutes, where no unit is said. Raises Invalid(`effort_unreadable`)."""
    plain = folded(length)
    found, rest = list(_LENGTH.finditer(plain)), _LENGTH.sub("", plain).strip(" .,ve")
    if not found or rest:
        raise Invalid("effort_unreadable")
    day = 2 * efforts.offered(turn, ticket)[-1]
    in_minutes = {"dakika": 1, "dk": 1, "saat": 60, "sa": 60, "gun": day}
    said = [
        (0.5, one["whole"]) if one["half"] else (float(one["number"].replace(",", ".")), one["unit"] or "dk")
        for one in found
    ]
    return round(sum(number * in_minutes[unit] for number, unit in said))
