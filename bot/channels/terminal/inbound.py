"""One line of JSON from a script to what its person does. Strict: what is not understood is refused, never guessed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

MAX_LINE_BYTES = 1 << 20
_WITH = {"press": set(), "reply_to": {"text"}, "attach": {"text", "reply_to"}, "text": {"reply_to", "attach"}}
"""What may stand beside what."""


class BadLine(Exception):
    """The line cannot be used; the message says why, in English, for whoever wrote the script."""


@dataclass(frozen=True, slots=True)
class Say:
    text: str
    reply_to: str | None = None
    attach: Path | None = None


@dataclass(frozen=True, slots=True)
class ButtonPress:
    token: str


def parse(line: bytes) -> Say | ButtonPress:
    """Raises BadLine."""
    if len(line) > MAX_LINE_BYTES:
        raise BadLine(f"longer than {MAX_LINE_BYTES} bytes")
    try:
        given = json.loads(line.decode("utf-8"), object_pairs_hook=_once_each)
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8 (byte 0x{line[error.start]:02x} at {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON ({error.msg} at character {error.pos + 1})") from None
    except (ValueError, RecursionError):
        raise BadLine("not JSON that can be read (nested too deep, or a number too long)") from None
    if not isinstance(given, dict):
        raise BadLine("not a JSON object")
    return _request(given)


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    given = dict(pairs)
    if len(given) != len(pairs):
        raise BadLine("a key stands twice")
    return given


def _request(given: dict[str, object]) -> Say | ButtonPress:
    for key, value in given.items():
        if key not in _WITH:
            raise BadLine(f"unknown key {json.dumps(key)[:80]} (known: {', '.join(_WITH)})")
        if not isinstance(value, str):
            raise BadLine(f'"{key}" must be a string, got {json.dumps(value)[:80]}')
    if "press" in given:
        if len(given) > 1:
            raise BadLine('"press" stands alone')
        return ButtonPress(str(given["press"]))
    if not given:
        raise BadLine('nothing to do: "text", "press", "reply_to" or "attach" is missing')
    if "reply_to" in given and len(given) == 1:
        raise BadLine('"reply_to" needs a "text"')
    attach = str(given["attach"]) if "attach" in given else None
    if attach is not None and (not attach or "\0" in attach):
        raise BadLine('"attach" must be the path of a file')
    return Say(
        text=str(given.get("text", "")),
        reply_to=str(given["reply_to"]) if "reply_to" in given else None,
        attach=Path(attach) if attach else None,
    )
