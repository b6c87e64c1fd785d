"""Many new tickets at once: a room that cannot be told of each in time is given lists.

A platform lets a bot say some twenty messages a minute in a group; three hundred cards would take a quarter of an hour,
and who is on duty would learn of the last one then. So what waits is listed, a line a ticket, and the cards are had in
private (`/sira`). Of a listed ticket no card stands in the room; it is posted there when the ticket next changes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handlers.context import UseCaseContext
from handlers.domain.states import Priority, State
from handlers.messages import Outgoing
from handlers.ports import WaitingPost
from handlers.terms import STATE_MARKS, STATES

CARDS = frozenset({"card", "card_restricted"})
NEWS = frozenset(
    {"work_released", "work_reopened", "work_unclaimed", "work_cancelled_by_reporter", "work_solved_by_reporter"}
    | {"work_holder_left"}
)
"""One line each, about one ticket."""
LINES = 30
"""Of one list: fits into one message of any platform."""
POSTS_A_TRANSACTION = 4 * LINES
"""Listed in one transaction, which others wait for."""


def join_bursts(work: UseCaseContext, channel: str, rooms: Collection[str], per_minute: int) -> None:
    """Where more waits for one of these rooms than it takes in a minute, what is new is joined into lists. Urgent
    tickets keep their cards and go first."""
    for room in work.uow.bursts.crowded(channel, rooms, per_minute):
        posts = work.uow.bursts.waiting(channel, room, POSTS_A_TRANSACTION)
        urgent = [post for post in posts if post.kind in CARDS and post.priority == Priority.URGENT]
        rest = [post for post in posts if _is_a_line(post)]
        lists = [joined for start in range(0, len(rest), LINES) if len(joined := rest[start : start + LINES]) > 1]
        if lists:
            work.uow.bursts.join(urgent, [(_list(work, room, joined), joined) for joined in lists])


def _is_a_line(post: WaitingPost) -> bool:
    return post.priority != Priority.URGENT and (post.kind in CARDS or (post.kind in NEWS and post.plain))


def _list(work: UseCaseContext, room: str, posts: Sequence[WaitingPost]) -> Outgoing:
    cards = sum(post.kind in CARDS for post in posts)
    head = work.desk.texts.render("burst", cards=cards, news=len(posts) - cards)
    return Outgoing(
        conversation=room,
        text="\n".join([head, *map(_line, posts)]),
        kind="burst",
        rings=any(post.rings for post in posts),
        minimal="\n".join(post.minimal for post in posts if post.minimal),
    )


def _line(post: WaitingPost) -> str:
    """The first line of the card: what, which number, how urgent; and where somebody was quicker, how it stands now."""
    line = post.text.partition("\n")[0]
    if post.kind not in CARDS or post.state in ("", State.OPEN):
        return line
    return f"{line} · {STATE_MARKS[post.state]} {STATES[post.state]}"
