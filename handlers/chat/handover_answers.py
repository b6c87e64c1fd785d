"""What is typed or sent where a handover or an order asked for it."""

from __future__ import annotations

from handlers.chat import confirming, device_swaps, handing_over, orders_out, taking_back
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Expectation


def said(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> None:
    """Raises Invalid; the question stands."""
    match waiting.kind:
        case Expect.HANDOVER_OUTSIDE:
            handing_over.outside_said(turn, waiting, text)
        case Expect.HANDOVER_CODE:
            confirming.code_said(turn, waiting, text)
        case Expect.HANDOVER_PAGE:
            confirming.page_said(turn, waiting, files)
        case Expect.ORDER_REASON:
            orders_out.reason_said(turn, waiting, text)
        case Expect.ORDER_SIGNED:
            orders_out.signature_said(turn, waiting, text, files)
        case Expect.RETURN_NOTE:
            taking_back.note_said(turn, waiting, text)
        case Expect.SWAP_TO:
            device_swaps.whom_said(turn, waiting, text)
        case _:
            handing_over.whom_said(turn, waiting, text)
