"""A report that begins with a device: "HP M404dn · D-00042 · 312 — ne oldu?" """

from __future__ import annotations

from handlers import device_names
from handlers.chat import drafts, report_answers, report_buttons
from handlers.chat.turn import Turn
from handlers.domain.devices import Device
from handlers.domain.dialog import Draft, Phase
from handlers.domain.errors import NotFound
from handlers.messages import Button
from handlers.tickets.device_links import SCANNED
from knowledge.device_kinds import device_kinds

_MOST_SUBJECTS = 4


def begin(turn: Turn, device: Device) -> None:
    """Asks what is the matter with it, by the commonest subjects of its kind or in words. What was being reported and
    has words already is of this device from now on."""
    draft = drafts.live(turn)
    if draft is not None and draft.texts:
        draft.facts |= _facts(device)
        report_answers.show_again(turn, draft)
        return
    draft = turn.dialog.draft = Draft(
        id=turn.desk.randomness.token()[:16],
        started_at=turn.now,
        changed_at=turn.now,
        phase=Phase.OPEN_QUESTION,
        facts=_facts(device),
    )
    kind = device_kinds().get(device.description.kind)
    subjects = [one for one in (kind.subjects if kind is not None else ()) if turn.desk.category(one) is not None]
    turn.say(
        turn.address,
        "device_trouble",
        buttons=[Button(turn.desk.title(one), f"device_trouble:{draft.id}:{one}") for one in subjects[:_MOST_SUBJECTS]],
        slot=draft.slot,
        fresh=True,
        name=device_names.name(device),
        number=device.number,
        where=" ".join(filter(None, (device.department, device_names.place_name(turn.uow, device)))),
        subjects=subjects,
    )


def chosen(turn: Turn, draft: Draft, category: str) -> None:
    """One of the subjects: its title is what was reported."""
    if turn.desk.category(category) is None:
        raise NotFound("category", category)  # a button of an older catalogue
    if not draft.texts:
        drafts.add(turn, draft, turn.desk.title(category), ())
    report_buttons.show(turn, draft, category)


def _facts(device: Device) -> dict[str, str]:
    return {SCANNED: str(device.number), "cihaz": device_names.name(device)}
