"""A question of the desk to whoever pressed a button on a card: what was done, which firm, why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.ticket import Ticket
from handlers.messages import Button


def ask(
    turn: Turn,
    ticket: Ticket,
    expect: Expect,
    template: str,
    /,
    *,
    detail: str = "",
    buttons: Sequence[Button] = (),
    at: str = "",
    **data: Any,
) -> None:
    """Ask it here, of this person; their next line once they have read it, or one of the buttons, is the answer. `at`:
    the slot of the question, where what stands in the usual one is still needed."""
    cancel_prompt(turn)
    asked = at or slot(turn, ticket)
    turn.dialog.expects = Expectation(kind=expect, ticket=ticket.id, detail=detail, asked=asked)
    turn.say(
        turn.address,
        template,
        buttons=[*buttons, Button("Vazgeç", f"prompt_skip:{ticket.id}")]
        if not any(button.action.startswith("prompt_skip") for button in buttons)
        else buttons,
        slot=asked,
        fresh=True,
        ticket=ticket,
        person=turn.person,
        **data,
    )


def slot(turn: Turn, ticket: Ticket) -> str:
    """Of the question, and of what came of it."""
    return f"prompt:{ticket.id}:{turn.person.id}"


def cancel_prompt(turn: Turn) -> None:
    """There is another question now, or none: "Birini seçin ya da yazın" must not stand where nothing is asked."""
    expects = turn.dialog.expects
    if expects is None:
        return
    if expects.kind in _OF_WORKERS and expects.ticket is not None:
        turn.say(
            turn.address,
            "prompt_over",
            slot=expects.asked,
            ticket=turn.uow.tickets.get(expects.ticket),
            rings=False,
            person=turn.person,
        )
    elif expects.asked:
        turn.uow.messages.disable_buttons(turn.address, expects.asked)
    turn.dialog.expects = None


def answered(turn: Turn, ticket: Ticket) -> str | None:
    """The slot of one's own question of this ticket: what came of it is said in its place. None: nothing was asked."""
    expects = turn.dialog.expects
    if expects is None or expects.ticket != ticket.id or expects.kind not in _OF_WORKERS:
        return None
    turn.dialog.expects = None
    return expects.asked


def skip(turn: Turn, ticket: Ticket) -> None:
    """Geç, Vazgeç: only one's own question."""
    expects = turn.dialog.expects
    if expects is not None and expects.ticket == ticket.id:
        cancel_prompt(turn)


def is_over(turn: Turn) -> bool:
    """In a group people talk: what is said long after a question is no answer to it."""
    expects, since = turn.dialog.expects, turn.dialog.changed_at
    return (
        expects is not None
        and expects.kind in _OF_WORKERS
        and since is not None
        and turn.now - since > WAITS_FOR_AN_ANSWER
    )


WAITS_FOR_AN_ANSWER = timedelta(minutes=30)
OF_DEVICES = frozenset(
    {
        Expect.DEVICE_NEW,
        Expect.DEVICE_PLACE,
        Expect.DEVICE_FIX,
        Expect.HANDOVER_TO,
        Expect.HANDOVER_OUTSIDE,
        Expect.HANDOVER_CODE,
        Expect.HANDOVER_PAGE,
        Expect.ORDER_REASON,
        Expect.ORDER_SIGNED,
        Expect.RETURN_NOTE,
        Expect.SWAP_TO,
    }
)
"""Of a device, and of no ticket."""
_OF_WORKERS = frozenset(
    {
        Expect.RESOLUTION,
        Expect.WAIT_DETAIL,
        Expect.QUESTION,
        Expect.PROMISE,
        Expect.VISIT,
        Expect.OUTAGE_LINE,
        Expect.OUTAGE_CAUSE,
        Expect.OUTAGE_END,
        Expect.OUTAGE_NOTE,
        Expect.OUTAGE_ACTIONS,
        Expect.BLANK,
        Expect.OPEN_LINES,
        Expect.EVIDENCE,
        Expect.DEVICE,
        *OF_DEVICES,
        Expect.COUNT,
        Expect.TERM_END,
        Expect.ANNOUNCED,
        Expect.TRACKED,
        Expect.SCRAP_OPINION,
        Expect.SCRAP_DISK,
        Expect.SERVICE_FORM,
        Expect.SERVICE_WHY,
        Expect.APPROVER,
        Expect.APPROVAL_WHY,
        Expect.CANCEL_REASON,
        Expect.MERGE_TARGET,
    }
)
