"""The words of a button, typed instead of pressed, with mistakes too."""

from __future__ import annotations

from handlers.chat import buttons, drafts, report_buttons
from handlers.chat.shown import newest_buttons
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft
from handlers.messages import Button, PressedButton
from knowledge.language import comparison
from knowledge.language.folding import folded

MOST_WORDS = 7
_OF_HANDOVERS = frozenset(
    {"hand_yes", "hand_what", "hand_wrong", "hand_code", "hand_paper", "hand_signed", "hand_cancel", "hand_plan"}
    | {"hand_came", "order_ask", "order_give", "order_no", "order_refuse", "order_sign", "clear_all"}
)
_LABELS = frozenset(
    {"teslim aldim", "teslim ettim", "teslim et", "ciksin", "cikmasin", "emri iste", "imzayi gir", "yerinde onay"}
    | {"kagit imzalandi", "iptal et", "tam", "gelmedi", "baska cihaz", "hasarli", "hepsini geri al"}
)
"""Folded: other words are not looked up."""
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


def pressed_of_handover(turn: Turn, text: str, files: tuple[str, ...]) -> bool:
    """Whether the text was, word for word, a button of a handover or an order that stands last: "teslim aldım",
    "çıksın". "Sorun var" alone may begin a report, and is none."""
    if files or folded(text).strip(" .!") not in _LABELS:
        return False
    exact = comparison.called(text, [(one, one.label) for one in newest_buttons(turn)], comparison.BUTTONS)
    press = None if exact is None else turn.uow.messages.press(exact.token)
    if exact is None or press is None or press.action.partition(":")[0] not in _OF_HANDOVERS:
        return False
    buttons.press(turn, exact.token)
    return True


def _offer(turn: Turn, draft: Draft, presses: list[PressedButton]) -> None:
    shown = [Button(press.label, press.action) for press in presses]
    turn.say(turn.address, "meant_a_button", buttons=shown, slot=f"meant:{draft.id}", fresh=True)
