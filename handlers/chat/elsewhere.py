"""What nobody here sees to, and must not wait until that is understood: whom to call is said at once."""

from __future__ import annotations

from handlers.chat.turn import Turn
from knowledge.building import Matter, matter


def told(turn: Turn, text: str, *, only_danger: bool) -> bool:
    """Whether they were told whom to call. `only_danger`: where the words may answer something."""
    found = matter(text)
    if found is None or (only_danger and found is not Matter.people) or turn.understand(text).hazard is not None:
        return False
    turn.say(turn.address, "elsewhere", matter=found.value)
    return True
