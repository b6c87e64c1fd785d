"""The words of a button, typed instead of pressed, with mistakes too."""

from __future__ import annotations

from handlers.chat import buttons, drafts, report_buttons
from handlers.chat.shown import newest_buttons
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft
from handlers.messages import Button, PressedButton
from knowledge.language import comparison

MOST_WORDS = 7
_SHOWS_MORE = "not_mine"
_SHOWS_A_SUBJECT = "pick"
"""What may follow from a likeness alone: it shows something else. Nothing is learnt from it."""


def pressed(turn: Turn, text: str, files: tuple[str, ...]) -> bool:
    """Whether the text was a button of the report in the making, or nearly so.

    The words themselves are as good as a press. What is only like them is done where it changes nothing, else offered.
    """
    draft = turn.dialog.draft
    if draft is None or not draft.phase.is_answered or files or not 0 < len(text.split()) <= MOST_WORDS:
        return False
    if not drafts.is_shown(turn, draft):
        return False
    shown = [(button, button.label) for button in newest_buttons(turn)]
    exact = comparison.called(text, shown, comparison.BUTTONS)
    if exact is not None:
        buttons.press(turn, exact.token)
        return True
    near = comparison.nearest(text, shown, comparison.BUTTONS, limit=2)
    presses = [press for button in near if (press := turn.uow.messages.press(button.token)) is not None]
    if not presses or turn.understand(text).explicit:
        return False
    verb, _, arguments = presses[0].action.partition(":")
    if len(near) == 1 and verb == _SHOWS_MORE:
        buttons.press(turn, near[0].token)
    elif len(near) == 1 and verb == _SHOWS_A_SUBJECT:
        report_buttons.show(turn, draft, arguments.partition(":")[2])
    else:
        _offer(turn, draft, presses)
    return True


def _offer(turn: Turn, draft: Draft, presses: list[PressedButton]) -> None:
    shown = [Button(press.label, press.action) for press in presses]
    turn.say(turn.address, "meant_a_button", buttons=shown, slot=f"meant:{draft.id}", fresh=True)
