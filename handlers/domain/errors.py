"""What can go wrong by the rules of the desk.

    DeskError
    ├── NotFound             no such ticket, person or code, or none that the asker may know of
    ├── NotAllowed           the asker's role does not permit it
    │   └── NotHolder        it would, if the ticket were theirs
    ├── WrongState           the ticket's state does not permit it
    │   └── AlreadyClaimed   somebody else holds it
    ├── Invalid              what was given cannot be used (the message says why, in Turkish)
    └── Stale                another transaction changed it first: do the whole message again

Every one carries data, never a ready sentence: the texts live in the templates.
"""

from __future__ import annotations

from handlers.domain.people import PersonId
from handlers.domain.states import State


class DeskError(Exception):
    """Root of the desk's own errors."""


class NotFound(DeskError):
    """Also raised for somebody else's ticket, so that the answer tells nothing."""

    def __init__(self, what: str, key: object) -> None:
        super().__init__(f"no {what} {key!r}")
        self.what, self.key = what, key


class NotAllowed(DeskError):
    def __init__(self, action: str, handle: str) -> None:
        super().__init__(f"{handle} may not {action}")
        self.action, self.handle = action, handle


class NotHolder(NotAllowed):
    """They would be allowed to if it were theirs: `holder` has it, or nobody yet (None)."""

    def __init__(self, action: str, handle: str, number: str, holder: PersonId | None) -> None:
        super().__init__(action, handle)
        self.number, self.holder = number, holder


class WrongState(DeskError):
    def __init__(self, number: str, state: State, action: str) -> None:
        super().__init__(f"{number} is {state}: cannot {action}")
        self.number, self.state, self.action = number, state, action


class AlreadyClaimed(WrongState):
    def __init__(self, number: str, state: State, holder: PersonId) -> None:
        super().__init__(number, state, "claim")
        self.holder = holder


class Invalid(DeskError):
    """`reason` names a template of the `errors` folder, `data` fills it."""

    def __init__(self, reason: str, **data: object) -> None:
        super().__init__(f"{reason}: {data}")
        self.reason, self.data = reason, data


class Stale(DeskError):
    def __init__(self, what: str, key: object) -> None:
        super().__init__(f"{what} {key!r} was changed by another transaction")
        self.what, self.key = what, key
