"""The words of a button, typed instead of pressed, with mistakes too."""

from __future__ import annotations

from handlers.chat import buttons, drafts
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft
from handlers.messages import Button, PressedButton, TimelineButton
from knowledge import Intent
from knowledge.language import comparison

MOST_WORDS = 7
LOOKED_BACK = 8
"""Messages among which the one with the buttons is."""
_CHANGES_NOTHING = ("not_mine", "pick")
"""What may follow from a likeness alone: it shows something else."""
_TO_A_PERSON = "open"


def pressed(turn: Turn, text: str, files: tuple[str, ...]) -> bool:
    """Whether the text was a button of the report in the making, or nearly so.

    The words themselves are as good as a press. What is only like them is done where it changes nothing, else offered.
    """
    draft = turn.dialog.draft
    if draft is None or not draft.phase.is_answered or files or not 0 < len(text.split()) <= MOST_WORDS:
        return False
    if not drafts.is_shown(turn, draft):
        return False
    shown = [(button, button.label) for button in _shown(turn)]
    exact = comparison.called(text, shown, comparison.BUTTONS)
    if exact is not None:
        buttons.press(turn, exact.token)
        return True
    near = comparison.nearest(text, shown, comparison.BUTTONS, limit=2)
    presses = [press for button in near if (press := turn.uow.messages.press(button.token)) is not None]
    verbs = {press.action.partition(":")[0] for press in presses}
    if not presses or (_TO_A_PERSON in verbs and turn.understand(text).intent is Intent.human):
        return False  # "teknisyene ilt" says it in any spelling
    if len(near) == 1 and verbs <= {*_CHANGES_NOTHING}:
        buttons.press(turn, near[0].token)
    else:
        _offer(turn, draft, presses)
    return True


def _shown(turn: Turn) -> tuple[TimelineButton, ...]:
    """The buttons of the newest message that has any."""
    page = turn.uow.timeline.page(turn.address, limit=LOOKED_BACK)
    return next((message.buttons for message in reversed(page) if message.author is None and message.buttons), ())


def _offer(turn: Turn, draft: Draft, presses: list[PressedButton]) -> None:
    shown = [Button(press.label, press.action) for press in presses]
    turn.say(turn.address, "meant_a_button", buttons=shown, slot=f"meant:{draft.id}", fresh=True)
