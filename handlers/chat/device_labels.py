"""Somebody stands before a device: they scanned its label, sent a photo of it, or wrote its number and nothing else.

What is asked next is what is the matter, with what is most often the matter with such a thing.
"""

from __future__ import annotations

import re

from handlers import device_names
from handlers.chat import drafts, report_answers
from handlers.chat.turn import Turn
from handlers.devices import identifying
from handlers.domain.devices import Device
from handlers.domain.dialog import Draft, Phase
from handlers.messages import Button
from handlers.tickets import photographed
from handlers.tickets.device_links import SCANNED
from knowledge.device_kinds import device_kinds
from knowledge.language.device_numbers import own_number

MOST_SUBJECTS = 4
_LABEL = re.compile(r"(?:etiket|label)[\s:]+(?P<token>[2-9A-HJ-NP-TV-Z]{8})", re.IGNORECASE)
"""What a scanned label types: `Etiket 7K3M9Q2X`."""


def names_a_device(turn: Turn, text: str) -> bool:
    """A label's token, or our number alone; whether there is such a device is for `stand_before` to say."""
    return _LABEL.fullmatch(text.strip()) is not None or _own(turn, text) is not None


def stand_before(turn: Turn, text: str) -> None:
    """They say next what is the matter. A label that leads nowhere (any more) is told, and the talk goes on."""
    label = _LABEL.fullmatch(text.strip())
    device = _own(turn, text) if label is None else identifying.by_token(turn.uow, label["token"])
    if device is None:
        turn.say(turn.address, "label_unknown")
        return
    draft = drafts.keep(turn, str(device.number), ())
    draft.facts[SCANNED] = str(device.number)
    ask(turn, draft, device)


def ask(turn: Turn, draft: Draft, device: Device) -> None:
    """With its commonest subjects as buttons; their own words do as well."""
    kind = device_kinds().get(device.description.kind)
    subjects = [one for one in kind.subjects if turn.desk.category(one) is not None] if kind is not None else []
    draft.candidates = subjects[:MOST_SUBJECTS]
    draft.phase = Phase.ASKED if draft.candidates else Phase.OPEN_QUESTION
    buttons = [Button(turn.desk.title(one), f"pick:{draft.id}:{one}") for one in draft.candidates]
    turn.say(
        turn.address,
        "device_known",
        slot=draft.slot,
        buttons=[*buttons, report_answers.technician_button(draft)],
        name=device_names.name(device),
        number=device.number,
        where=" ".join(filter(None, (device.department, device_names.place_name(turn.uow, device)))),
    )


def in_photo(turn: Turn, files: tuple[str, ...]) -> Device | None:
    return photographed.device_in(turn.uow, files)


def is_all(draft: Draft) -> bool:
    """Nothing was written yet but which device it is: no example of how a subject is told."""
    return not draft.text.strip() or (SCANNED in draft.facts and own_number(draft.text) is not None)


def _own(turn: Turn, text: str) -> Device | None:
    """By our number, where nothing else is written."""
    if own_number(text) is None:
        return None
    found = identifying.found_by(turn.uow, text)
    return found[0] if len(found) == 1 and found[0].living else None
