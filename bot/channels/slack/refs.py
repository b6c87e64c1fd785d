"""How Slack's places are named inside the house.

A private conversation is named after the person, `slack:p:<user>`: a slash command, a shortcut and the Home tab
tell who speaks but not which direct-message channel is theirs, and nothing may have to be looked up within the three
seconds in which Slack wants its answer. A channel is `slack:r:<channel>`. A message is its `ts`, unique in its channel.
"""

from __future__ import annotations

CHANNEL = "slack"


def private(user: str) -> str:
    return f"{CHANNEL}:p:{user}"


def room(channel: str) -> str:
    return f"{CHANNEL}:r:{channel}"


def is_room(address: str) -> bool:
    return address.startswith(f"{CHANNEL}:r:")


def native(address: str) -> str:
    """The platform's id of a person or a channel."""
    return address.split(":", 2)[2]


def address(channel: str, user: str) -> str:
    """Where somebody speaks: direct messages (`D…`) are private, everything else is a room."""
    return private(user) if channel.startswith("D") else room(channel)
