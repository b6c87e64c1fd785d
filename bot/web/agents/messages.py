"""What an agent sent, whichever of its two languages it speaks.

| it says | in XML (old, and the first word to a server that it does not know) | in JSON |
|---|---|---|
| here I am | `QUERY` is `PROLOG` | – |
| what shall I do | – | `action` is `contact` |
| my machine | `QUERY` is `INVENTORY` | `action` is `inventory` |
| a printer or a switch that I asked | `QUERY` is `SNMPQUERY`, in `DEVICE` | `action` is `netinventory` |
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.json_depth import is_deep
from bot.web.agents import xml_reading

DEEPEST = 32
MOST_SIGNS = 1_000_000
"""Each may become a value, which needs up to a hundred times its room; the inventory of a machine with a thousand
programs has a few ten thousand."""
_SIGNS = (b",", b"{", b"[", b"=")
_LONGEST = 200


class Language(Enum):
    XML = "xml"
    JSON = "json"


class Kind(Enum):
    PROLOG = "prolog"
    CONTACT = "contact"
    INVENTORY = "inventory"
    NOTHING = "nothing"
    """A beginning or an end of a job that it reports."""
    OTHER = "other"


class Unreadable(Exception):
    """What was sent is no message of an agent. `language`: in which it would hear of it."""

    def __init__(self, language: Language) -> None:
        super().__init__(language.value)
        self.language = language


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentMessage:
    language: Language
    kind: Kind
    device_text: str = ""
    item_type: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    partial: bool = False


_XML_KINDS = {"PROLOG": Kind.PROLOG, "INVENTORY": Kind.INVENTORY, "SNMPQUERY": Kind.INVENTORY, "SNMP": Kind.INVENTORY}
_JSON_KINDS = {"contact": Kind.CONTACT, "inventory": Kind.INVENTORY, "netinventory": Kind.INVENTORY}


def read(body: bytes) -> AgentMessage:
    """In time that grows with its length only. Raises Unreadable."""
    plain = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = plain[:1] == b"<"
    if sum(map(plain.count, _SIGNS)) > MOST_SIGNS:
        raise Unreadable(Language.XML if is_xml else Language.JSON)
    return _of_xml(plain) if is_xml else _of_json(plain)


def _of_json(body: bytes) -> AgentMessage:
    try:
        text = body.decode()
        if is_deep(text, DEEPEST):
            raise Unreadable(Language.JSON)
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(Language.JSON) from error
    if not isinstance(said, dict):
        raise Unreadable(Language.JSON)
    content = said.get("content")
    return AgentMessage(
        language=Language.JSON,
        kind=_JSON_KINDS.get(_text(said.get("action")), Kind.OTHER),
        device_text=_text(said.get("deviceid")),
        item_type=_text(said.get("itemtype")),
        content=content if isinstance(content, dict) else {},
        partial=said.get("partial") is True,
    )


def _of_xml(body: bytes) -> AgentMessage:
    try:
        said = xml_reading.read(body).get("request")
    except xml_reading.Unreadable as error:
        raise Unreadable(Language.XML) from error
    if not isinstance(said, dict):
        raise Unreadable(Language.XML)
    content = _first(said.get("content"))
    kind = _XML_KINDS.get(_text(said.get("query")), Kind.OTHER)
    device = _first(content.get("device"))
    if kind is Kind.INVENTORY and _text(said.get("query")) != "INVENTORY":
        content = device
        kind = Kind.INVENTORY if _first(content.get("info")) else Kind.NOTHING
    return AgentMessage(
        language=Language.XML,
        kind=kind,
        device_text=_text(said.get("deviceid")),
        item_type=_text(said.get("itemtype")),
        content=content,
    )


def _first(value: Any) -> dict[str, Any]:
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""
