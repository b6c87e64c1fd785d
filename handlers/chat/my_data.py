"""`/verilerim`: what is kept of me, and erasing what I wrote (KVKK; the register itself is kept, bylaw 11/5)."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.domain.notice import name_of
from handlers.messages import Button, PostedMessage
from handlers.people import personal_data

SLOT = "my_data"


def show(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    turn.say(
        turn.address,
        "my_data",
        buttons=[Button("Yazdıklarımı sil", "erase_ask")],
        slot=SLOT,
        fresh=True,
        person=turn.person,
        notice=name_of(turn.person.notice_version) if turn.person.notice_version else "",
        mine=personal_data.kept(turn),
        accounts=[str(account) for account in turn.uow.people.accounts(turn.person.id)],
    )


def ask(turn: Turn) -> None:
    """Erasing cannot be undone: asked once more."""
    turn.say(
        turn.address,
        "erase_sure",
        buttons=[Button("Evet, sil", "erase"), Button("Hayır, kalsın", "erase_keep")],
        slot=SLOT,
        open=len(turn.uow.tickets.open_of_reporter(turn.person.id)),
    )


def keep(turn: Turn) -> None:
    turn.say(turn.address, "erase_kept", slot=SLOT)


def erase(turn: Turn) -> None:
    """Evet, sil."""
    erased = personal_data.erase(turn)
    turn.say(turn.address, "erased", slot=SLOT, erased=erased, days=turn.desk.backup_days)
