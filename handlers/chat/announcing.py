"""`/duyuru`: what was announced and is not read yet; a new one, to whom, looked at before it is sent; in private."""

from __future__ import annotations

from collections.abc import Callable

from handlers.announcements import sending
from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.announcements import AnnouncementAction, AnnouncementId, Audience, may, require, require_text
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.messages import Button, PostedMessage

_SLOT = "announcement_new"
_STOP = Button("Vazgeç", "announcement_stop")
_TO = {Audience.EVERYBODY: "Herkese", Audience.STAFF: "Bilgi İşlem’e"}


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Raises NotAllowed, Invalid(`announcement_…`)."""
    turn.go_private()
    if not words.strip():
        show_unread(turn)
        return
    require(turn.person, AnnouncementAction.ANNOUNCE)
    _ask_whom(turn, require_text(words))


def show_unread(turn: Turn) -> None:
    found = turn.uow.announcements.unread_of(turn.person.id)
    if not found:
        turn.say(turn.address, "announcements_none", announces=may(turn.person, AnnouncementAction.ANNOUNCE))
    for one in found:
        sending.show(turn, one, turn.address)


def _ask_whom(turn: Turn, text: str) -> None:
    prompts.cancel_prompt(turn)
    turn.dialog.expects = Expectation(kind=Expect.ANNOUNCED, detail=text, asked=_SLOT)
    buttons = [Button(label, f"announcement_to:{audience}") for audience, label in _TO.items()]
    turn.say(turn.address, "announcement_whom", buttons=[*buttons, _STOP], slot=_SLOT, fresh=True, text=text)


def said(turn: Turn, waiting: Expectation, text: str) -> None:
    """The name of a müdürlük: to those there alone."""
    sending.audience_of(turn.uow, Audience.DEPARTMENT, text)
    _preview(turn, waiting.detail, Audience.DEPARTMENT, text)


def to(turn: Turn, audience: str, department: str = "") -> None:
    """Whom is chosen: how many they are, and whether it is sure."""
    _preview(turn, _text(turn), Audience(audience), department)


def _preview(turn: Turn, text: str, audience: Audience, department: str) -> None:
    people = sending.possible(turn, text, audience, department)
    turn.say(
        turn.address,
        "announcement_sure",
        buttons=[
            Button("Gönder", f"announcement_send:{audience}:{department}"),
            Button("Güvenlik duyurusu olarak gönder", f"announcement_safe:{audience}:{department}"),
            _STOP,
        ],
        slot=_SLOT,
        fresh=True,
        text=text,
        count=len(people),
        department=department,
        audience=audience,
    )


def send(turn: Turn, audience: str, department: str = "", *, security: bool = False) -> None:
    """Gönder."""
    one = sending.send(turn, _text(turn), Audience(audience), department, security=security)
    turn.dialog.expects = None
    turn.uow.messages.disable_buttons(turn.address, _SLOT)
    sending.tell_first(turn, one)
    count = turn.uow.announcements.counts()[one.id]
    turn.receipt(
        Effect.CHANGED,
        "announcement_sent",
        buttons=[Button("Kaldır", f"announcement_end:{one.id}")],
        one=one,
        count=count.readers,
    )


def send_as_security(turn: Turn, audience: str, department: str = "") -> None:
    send(turn, audience, department, security=True)


def read(turn: Turn, key: str) -> None:
    """Okudum."""
    sending.read(turn, AnnouncementId(int(key)))
    one = turn.uow.announcements.get(AnnouncementId(int(key)))
    turn.say(turn.address, "announcement_read", slot=f"announcement:{one.id}", one=one)


def end(turn: Turn, key: str) -> None:
    """Kaldır."""
    one = sending.withdraw(turn, AnnouncementId(int(key)))
    turn.receipt(Effect.CHANGED, "announcement_ended", one=one)


def stop(turn: Turn) -> None:
    """Vazgeç: nothing was sent."""
    prompts.cancel_prompt(turn)
    turn.uow.messages.disable_buttons(turn.address, _SLOT)


def _text(turn: Turn) -> str:
    """Raises Invalid(`announcement_over`): something else was asked meanwhile."""
    waiting = turn.dialog.expects
    if waiting is None or waiting.kind is not Expect.ANNOUNCED:
        raise Invalid("announcement_over")
    return waiting.detail


BUTTONS: dict[str, Callable[..., None]] = {
    "announcement_to": to,
    "announcement_send": send,
    "announcement_safe": send_as_security,
    "announcement_read": read,
    "announcement_end": end,
    "announcement_stop": lambda turn, *_: stop(turn),
}
