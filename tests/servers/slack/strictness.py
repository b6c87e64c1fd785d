"""What Slack would have refused, or what would have rung somebody: noted, and refused here too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.servers.slack.reading import rich, strings
from tests.servers.slack.workspace import BOT_USER, Channel, Refused, Workspace

RICH_TEXT_ELEMENTS = {"text", "link", "emoji", "date", "user", "usergroup", "broadcast", "channel"}
MESSAGE_LENGTH = 13_200
_MANUAL = re.compile(r"<[^<>\s][^<>]*>")


class Strict(Workspace):
    def _writable(self, arguments: Mapping[str, Any]) -> Channel:
        channel = self.channels.get(str(arguments.get("channel")))
        if channel is None:
            raise Refused("channel_not_found")
        if BOT_USER not in channel.members:
            raise Refused("not_in_channel")
        if channel.archived:
            raise Refused("is_archived")
        return channel

    def _check_message(self, arguments: Mapping[str, Any]) -> None:
        text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
        if not text and not blocks:
            self._complain("no_text")
        if len(text) > 40_000:
            self._complain("msg_too_long")
        if not text:
            self._complain("no fallback text")
        if len(blocks) > 50:
            self._complain("invalid_blocks: more than 50")
        self._check_blocks(blocks)
        if sum(len(t) for t in strings(blocks)) > MESSAGE_LENGTH:
            self._complain("msg_blocks_too_long")
        for reference in _MANUAL.findall(text):
            self.pings.append(reference)
        for element in rich(blocks):
            if element["type"] in ("user", "usergroup", "broadcast", "channel"):
                self.pings.append(json.dumps(element))

    def _check_view(self, view: Mapping[str, Any]) -> None:
        if view["type"] == "modal" and not (view.get("title") and view.get("callback_id")):
            self._complain("invalid_arguments: a modal needs title and callback_id")
        try:
            View(**view).validate_json()
        except SlackObjectFormationError as error:
            self._complain(f"invalid_arguments: {error}")
        self._check_blocks(view["blocks"])

    def _check_blocks(self, blocks: Sequence[Mapping[str, Any]]) -> None:
        block_ids = [block["block_id"] for block in blocks if "block_id" in block]
        actions: list[str] = []
        if len(set(block_ids)) != len(block_ids):
            self._complain("invalid_blocks: block_id twice")
        for block in blocks:
            parsed = Block.parse(dict(block))
            if parsed is None:
                self._complain(f"invalid_blocks: {block['type']}")
                continue
            try:
                parsed.validate_json()
                for element in getattr(parsed, "elements", None) or ():
                    if hasattr(element, "validate_json"):
                        element.validate_json()
            except SlackObjectFormationError as error:
                self._complain(f"invalid_blocks: {error}")
            actions += [element["action_id"] for element in block.get("elements", ()) if "action_id" in element]
            for text in strings([block]):
                if not text or len(text) > 3000:
                    self._complain(f"invalid_blocks: a text of {len(text)} characters")
        if len(set(actions)) != len(actions):
            self._complain("invalid_blocks: action_id twice")
        for element in rich(blocks):
            if element["type"] not in RICH_TEXT_ELEMENTS:
                self._complain(f"invalid_blocks: element {element['type']}")
            if element["type"] == "link" and not re.match(r"https?://", element["url"]):
                self._complain("invalid_blocks: link")

    def _complain(self, what: str) -> None:
        self.complaints.append(what)
        raise Refused(what.partition(":")[0].replace(" ", "_"))
