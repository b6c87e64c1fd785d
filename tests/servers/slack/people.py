"""What people do in Slack, each told to the app as Slack tells it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from tests.servers.slack.delivery import Delivery
from tests.servers.slack.reading import shown
from tests.servers.slack.workspace import BOT_USER, TEAM


class People(Delivery):
    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        *,
        thread: str | None = None,
        files: Sequence[tuple[str, bytes, str]] = (),
        escape: bool = True,
        event_id: str | None = None,
        **more: Any,
    ) -> str:
        """Types it; returns its `ts`. `files`: name, bytes, media type."""
        ts = self._ts()
        message: dict[str, Any] = {
            "type": "message",
            "user": user,
            "text": html.escape(text, quote=False) if escape else text,
            "ts": ts,
            "team": TEAM,
        }
        if thread:
            message["thread_ts"] = thread
        if files:
            message["subtype"] = "file_share"
            message["files"] = [self._add_file(*file) for file in files]
        message.update(more)
        self.channels[channel].messages.append(message)
        payload = self.event({**message, "channel": channel, "channel_type": self._type(channel)})
        await self.deliver(payload | ({"event_id": event_id} if event_id else {}))
        return ts

    async def share(self, user: str, source: str, ts: str, target: str, text: str = "") -> str:
        """Passes a message on with words of one's own, as "Share message" does."""
        message = self._message(source, ts)
        shared = {
            "is_share": True,
            "is_msg_unfurl": True,
            "channel_id": source,
            "ts": ts,
            "author_id": message["user"],
            "author_name": self.users[message["user"]].name,
            "text": message["text"],
            "fallback": message["text"],
            "files": message.get("files", []),
        }
        return await self.say(user, target, text, attachments=[shared])

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        message = self._message(channel, ts)
        before = dict(message)
        message.update(text=html.escape(text, quote=False), edited={"user": user, "ts": self._ts()})
        await self.deliver(self._hidden(channel, "message_changed", message=dict(message), previous_message=before))

    async def delete(self, channel: str, ts: str) -> None:
        message = self._message(channel, ts)
        self.channels[channel].messages.remove(message)
        await self.deliver(self._hidden(channel, "message_deleted", deleted_ts=ts, previous_message=message))

    async def mention(self, user: str, channel: str, text: str) -> str:
        """`@masa …`: Slack tells of it twice, with two event ids."""
        ts = await self.say(user, channel, f"<@{BOT_USER}> {html.escape(text, quote=False)}", escape=False)
        message = {**self._message(channel, ts), "type": "app_mention", "channel": channel}
        await self.deliver(self.event(message))
        return ts

    async def press(self, user: str, channel: str, ts: str, label: str) -> None:
        message = self._message(channel, ts)
        for block in message.get("blocks", ()):
            for element in block.get("elements", ()):
                if element.get("type") == "button" and element["text"]["text"] == label:
                    await self.deliver(self.pressed(user, channel, message, block, element))
                    return
        raise AssertionError(f"no button {label!r} on {shown(message)!r}")

    def pressed(
        self, user: str, channel: str, message: Mapping[str, Any], block: Mapping[str, Any], element: Mapping[str, Any]
    ) -> dict[str, Any]:
        return {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "name": self.users[user].name},
            "channel": {"id": channel},
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel},
            "trigger_id": self._trigger(),
            "message": dict(message),
            "actions": [
                {
                    "type": "button",
                    "action_id": element["action_id"],
                    "block_id": block["block_id"],
                    "value": element.get("value"),
                    "action_ts": self._ts(),
                }
            ],
        }

    async def command(self, user: str, channel: str, command: str, text: str = "") -> dict[str, Any]:
        """Returns what the desk acknowledged with."""
        body = {
            "command": command,
            "text": html.escape(text, quote=False),
            "team_id": TEAM,
            "user_id": user,
            "user_name": self.users[user].name,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "kanal",
            "trigger_id": self._trigger(),
            "response_url": f"http://127.0.0.1:{self.port}/response",
        }
        return await self.deliver(body, kind="slash_commands")

    async def shortcut(self, user: str, channel: str, ts: str, callback: str) -> None:
        await self.deliver(
            {
                "type": "message_action",
                "callback_id": callback,
                "team": {"id": TEAM},
                "user": {"id": user, "name": self.users[user].name},
                "channel": {"id": channel},
                "message": dict(self._message(channel, ts)),
                "message_ts": ts,
                "trigger_id": self._trigger(),
            }
        )

    async def submit(self, user: str, view_id: str, **values: str) -> dict[str, Any]:
        """Fills in the form and sends it; what is not named keeps its first value. Returns the acknowledgement."""
        view = self.views[view_id]
        state: dict[str, dict[str, Any]] = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            element = block["element"]
            value = values.get(element["action_id"], element.get("initial_value"))
            if not value and not block.get("optional"):
                raise AssertionError(f"{element['action_id']} is asked for")
            state[block["block_id"]] = {element["action_id"]: {"type": element["type"], "value": value or None}}
        return await self.deliver(
            {
                "type": "view_submission",
                "team": {"id": TEAM},
                "user": {"id": user, "name": self.users[user].name},
                "trigger_id": self._trigger(),
                "view": {**view, "id": view_id, "state": {"values": state}},
            }
        )

    # --- accounts and the Home tab ----------------------------------------------------------------------
    async def close_account(self, user: str) -> None:
        """The workspace's admin deactivates it; bots that listen to `user_change` are told."""
        self.users[user].deleted = True
        await self._tell_of(user)

    async def set_status(self, user: str, status: str) -> None:
        await self._tell_of(user, status_text=status)

    async def _tell_of(self, user: str, **profile: str) -> None:
        told = self.users[user]
        member = {"id": told.id, "team_id": TEAM, "name": told.name.lower(), "deleted": told.deleted, "is_bot": False}
        named = {"real_name": told.name, "email": told.email, **profile}
        await self.deliver(self.event({"type": "user_change", "user": {**member, "profile": named}}))

    async def open_home(self, user: str) -> None:
        await self.deliver(
            self.event({"type": "app_home_opened", "user": user, "channel": self.direct(user), "tab": "home"})
        )

    async def press_home(self, user: str, label: str) -> None:
        for block in self.homes[user]["blocks"]:
            for element in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])):
                if element.get("type") == "button" and element["text"]["text"] == label:
                    await self.deliver(
                        {
                            "type": "block_actions",
                            "team": {"id": TEAM},
                            "user": {"id": user, "name": self.users[user].name},
                            "container": {"type": "view", "view_id": f"V{user}"},
                            "trigger_id": self._trigger(),
                            "view": self.homes[user],
                            "actions": [
                                {
                                    "type": "button",
                                    "action_id": element["action_id"],
                                    "block_id": block.get("block_id", "b"),
                                    "value": element.get("value"),
                                    "action_ts": self._ts(),
                                }
                            ],
                        }
                    )
                    return
        raise AssertionError(f"no button {label!r} on the Home tab")
