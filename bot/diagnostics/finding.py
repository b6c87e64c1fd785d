"""One line of `masa doctor`, whoever found it: the desk's own checks or a channel's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    state: Severity
    about: str
    says: str
    do: str = ""
    """What to do about it, in the words of somebody who can do it."""
    on_page: str = ""
    """The same for who reads it beside the form in which it is said; empty: it is the same."""


def ok(about: str, says: str) -> Finding:
    return Finding(Severity.OK, about, says)


def warning(about: str, says: str, do: str = "", on_page: str = "") -> Finding:
    return Finding(Severity.WARNING, about, says, do, on_page)


def error(about: str, says: str, do: str = "", on_page: str = "") -> Finding:
    return Finding(Severity.ERROR, about, says, do, on_page)
