"""`/egitim`: the trainings to which somebody is invited; Katılırım, Katılamam."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat.turn import Turn
from handlers.domain.trainings import TrainingAction, TrainingId, may
from handlers.messages import PostedMessage
from handlers.trainings import planning


def command(turn: Turn, _words: str, _answered: PostedMessage | None) -> None:
    turn.go_private()
    found = turn.uow.trainings.open_of(turn.person.id)
    if not found:
        turn.say(turn.address, "trainings_none", plans=may(turn.person, TrainingAction.PLAN))
    for one in found:
        mine = next(said for said in turn.uow.trainings.participants(one.id) if said.person == turn.person.id)
        planning.show_invitation(turn, one, turn.address, mine.answer)


def _answered(turn: Turn, key: str, *, comes: bool) -> None:
    said = planning.answer(turn, TrainingId(int(key)), comes=comes)
    one = turn.uow.trainings.get(said.training)
    turn.say(turn.address, "training_answered", slot=f"training:{one.id}", one=one, said=said.answer)


BUTTONS: dict[str, Callable[..., None]] = {
    "training_yes": lambda turn, key: _answered(turn, key, comes=True),
    "training_no": lambda turn, key: _answered(turn, key, comes=False),
}
