"""A message of Slack as its reader sees it, and as its programs are told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def shown(message: Mapping[str, Any]) -> str:
    """A message as its reader sees it: rich text literally, buttons in brackets, files by name."""
    lines: list[str] = []
    for block in message.get("blocks", ()):
        if block["type"] == "rich_text":
            lines.append("".join(str(e.get("text") or e.get("fallback", "")) for e in rich([block])))
        elif block["type"] == "actions":
            lines.append(" ".join(f"[{e['text']['text']}]" for e in block["elements"]))
    if not message.get("blocks"):
        lines.append(message.get("text", ""))
    lines += [f"<{file['name']}>" for file in message.get("files", ())]
    return "\n".join(line for line in lines if line)


def buttons(message: Mapping[str, Any]) -> list[str]:
    found = [b for b in message.get("blocks", ()) if b["type"] == "actions"]
    return [element["text"]["text"] for block in found for element in block["elements"]]


def rich(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        if block["type"] == "rich_text":
            for part in block["elements"]:
                yield from part["elements"]


def strings(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Every text of the blocks, a rich text block as one."""
    for block in blocks:
        if block["type"] == "rich_text":
            yield "".join(str(e.get("text", "")) for e in rich([block]))
        elif isinstance(block.get("text"), dict):
            yield block["text"]["text"]


def public(message: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in ("broadcast", "edits")}


def file_public(file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": file["id"],
        "name": file["name"],
        "title": file["name"],
        "mimetype": file["mimetype"],
        "size": len(file["bytes"]),
    }
