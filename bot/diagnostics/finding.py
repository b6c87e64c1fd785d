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
    """`do`: what to do about it, in the words of somebody who can do it."""

    state: Severity
    about: str
    says: str
    do: str = ""


def ok(about: str, says: str) -> Finding:
    return Finding(Severity.OK, about, says)


def warning(about: str, says: str, do: str = "") -> Finding:
    return Finding(Severity.WARNING, about, says, do)


def error(about: str, says: str, do: str = "") -> Finding:
    return Finding(Severity.ERROR, about, says, do)
