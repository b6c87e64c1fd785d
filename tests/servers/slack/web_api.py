"""The Web API: its methods by name, its failures on command, files up and down."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.servers.slack.delivery import Delivery
from tests.servers.slack.reading import file_public, public
from tests.servers.slack.strictness import Strict
from tests.servers.slack.workspace import BOT_ID, BOT_USER, TEAM, Channel, Failure, Refused


class WebApi(Strict, Delivery):
    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.pop("token", "")
        self.calls.append((method, arguments))
        failure = self._failure(method, arguments)
        if failure is not None and failure.kind != "after":
            return await self._fail(request, failure)
        try:
            answer = {"ok": True, **self._do(method, arguments, token)}
        except Refused as refused:
            answer = {"ok": False, "error": refused.error, **refused.more}
        if failure is not None:
            if failure.then is not None:
                failure.then()
            return await self._fail(request, Failure(kind="drop"))
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(sorted(self.scopes))})

    def _failure(self, method: str, arguments: Mapping[str, Any]) -> Failure | None:
        planned = self._failures[method]
        failure = next((f for f in planned if f.channel in (None, arguments.get("channel"))), None)
        if failure is None:
            return None
        if failure.spared:
            failure.spared -= 1
            return None
        failure.times -= 1
        if failure.times <= 0:
            planned.remove(failure)
        return failure

    async def _fail(self, request: web.Request, failure: Failure) -> web.StreamResponse:
        if failure.kind == "mute":
            await asyncio.sleep(3600)
        if failure.kind == "drop":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
        if failure.kind == "status" and failure.status >= 500:
            return web.Response(text="<html>upstream</html>", content_type="text/html", status=failure.status)
        body = {"ok": False, "error": failure.error or "ratelimited"}
        return web.json_response(body, status=failure.status, headers=headers)

    def _do(self, method: str, arguments: dict[str, Any], token: str) -> dict[str, Any]:
        if method == "apps.connections.open":
            if token != self.app_token:
                raise Refused("invalid_auth")
            return {"url": f"ws://127.0.0.1:{self.port}/link?ticket={next(self._count)}"}
        if token != self.bot_token:
            raise Refused("invalid_auth" if token else "not_authed")
        done = getattr(self, f"_{_snake(method)}", None)
        if done is None:
            raise Refused("unknown_method")
        result: dict[str, Any] = done(arguments)
        return result

    def _need(self, scope: str) -> None:
        if scope not in self.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    # --- methods ------------------------------------------------------------------------------------------
    def _auth_test(self, _arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {"team": "Belediye", "team_id": TEAM, "user": "masa", "user_id": BOT_USER, "bot_id": BOT_ID}

    def _users_info(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self._need("users:read")
        user = self.users.get(arguments["user"])
        if user is None:
            raise Refused("user_not_found")
        profile = {"real_name": user.name}
        if "users:read.email" in self.scopes:
            profile["email"] = user.email
        member = {"id": user.id, "team_id": TEAM, "name": user.name.lower(), "real_name": user.name}
        return {
            "user": {
                **member,
                "deleted": user.deleted,
                "is_bot": False,
                "is_restricted": user.guest,
                "is_email_confirmed": True,
                "profile": profile,
            }
        }

    def _conversations_open(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self._need("im:write")
        user = self.users.get(arguments["users"])
        if user is None:
            raise Refused("user_not_found")
        if user.deleted:
            raise Refused("user_disabled")
        return {"channel": {"id": self.direct(user.id)}}

    def _conversations_history(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        channel = self._readable(arguments)
        said = [m for m in channel.messages if m.get("thread_ts") in (None, m["ts"]) or m.get("broadcast")]
        return self._page(list(reversed(said)), arguments)

    def _conversations_replies(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        channel, root = self._readable(arguments), arguments["ts"]
        if not any(m["ts"] == root for m in channel.messages):
            raise Refused("thread_not_found")
        return self._page([m for m in channel.messages if root in (m["ts"], m.get("thread_ts"))], arguments)

    def _readable(self, arguments: Mapping[str, Any]) -> Channel:
        channel = self.channels.get(arguments["channel"])
        if channel is None:
            raise Refused("channel_not_found")
        self._need(channel.history_scope)
        if BOT_USER not in channel.members:
            raise Refused("channel_not_found" if channel.private else "not_in_channel")
        return channel

    def _page(self, said: list[dict[str, Any]], arguments: Mapping[str, Any]) -> dict[str, Any]:
        oldest = float(arguments.get("oldest") or 0)
        said = [m for m in said if float(m["ts"]) > oldest]
        first, limit = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 100)
        more = first + limit < len(said)
        page = {"messages": [public(m) for m in said[first : first + limit]], "has_more": more}
        return {**page, "response_metadata": {"next_cursor": str(first + limit) if more else ""}}

    def _chat_post_message(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._need("chat:write")
        channel = self._writable(arguments)
        thread = arguments.get("thread_ts")
        if thread and not any(m["ts"] == thread for m in channel.messages):
            raise Refused("thread_not_found")
        self._check_message(arguments)
        message: dict[str, Any] = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "ts": self._ts(),
            "text": arguments.get("text", ""),
            "blocks": arguments.get("blocks") or [],
        }
        if thread:
            message |= {"thread_ts": thread, "broadcast": bool(arguments.get("reply_broadcast"))}
        channel.messages.append(message)
        self._echo(self.event({**message, "channel": channel.id, "channel_type": self._type(channel.id)}))
        return {"channel": channel.id, "ts": message["ts"], "message": message}

    def _chat_update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._need("chat:write")
        channel = self._writable(arguments)
        if channel.id.startswith("U"):
            raise Refused("channel_not_found")
        message = next((m for m in channel.messages if m["ts"] == arguments.get("ts")), None)
        if message is None:
            raise Refused("message_not_found")
        if message.get("bot_id") != BOT_ID:
            raise Refused("cant_update_message")
        self._check_message(arguments)
        before = dict(message)
        message.update(text=arguments.get("text", ""), blocks=arguments.get("blocks") or [])
        message["edits"] = before.get("edits", 0) + 1
        self._echo(self._hidden(channel.id, "message_changed", message=dict(message), previous_message=before))
        return {"channel": channel.id, "ts": message["ts"], "text": message["text"]}

    def _views_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        opened_at = self._triggers.pop(arguments["trigger_id"], None)
        if opened_at is None or time.monotonic() - opened_at > 3.0:
            raise Refused("expired_trigger_id")
        self._check_view(arguments["view"])
        view_id = f"V{next(self._count):06d}"
        self.views[view_id] = arguments["view"]
        return {"view": {"id": view_id, **arguments["view"]}}

    def _views_publish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._check_view(arguments["view"])
        self.homes[arguments["user_id"]] = arguments["view"]
        return {"view": arguments["view"]}

    # --- files ----------------------------------------------------------------------------------------
    def _files_get_upload_url_external(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self._need("files:write")
        file = self._new_file(arguments["filename"], b"", "application/octet-stream")
        file["wanted"] = int(arguments["length"])
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{file['id']}", "file_id": file["id"]}

    def _files_complete_upload_external(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self._need("files:write")
        given = arguments["files"]
        named = json.loads(given) if isinstance(given, str) else given
        files = [self.files[part["id"]] for part in named]
        if any(len(file["bytes"]) != file["wanted"] for file in files):
            raise Refused("file_upload_size_mismatch")
        channel = self._writable({"channel": arguments.get("channel_id")})
        message: dict[str, Any] = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "ts": self._ts(),
            "text": "",
            "files": [file_public(file) for file in files],
        }
        if arguments.get("thread_ts"):
            message["thread_ts"] = arguments["thread_ts"]
        channel.messages.append(message)
        return {"files": [{"id": file["id"]} for file in files]}

    async def _upload(self, request: web.Request) -> web.Response:
        self.files[request.match_info["file"]]["bytes"] = await request.read()
        return web.Response(text="OK - 1")

    async def _download(self, request: web.Request) -> web.Response:
        await self.file_gate.wait()
        allowed = request.headers.get("Authorization") == f"Bearer {self.bot_token}" and "files:read" in self.scopes
        if not allowed:
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        file = self.files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file["bytes"], content_type=file["mimetype"])


def _snake(method: str) -> str:
    """`files.getUploadURLExternal` → `files_get_upload_url_external`."""
    parted = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", re.sub(r"([a-z])([A-Z])", r"\1_\2", method))
    return parted.replace(".", "_").lower()


async def _arguments(request: web.Request) -> dict[str, Any]:
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
    elif request.can_read_body:
        arguments |= dict(await request.post())
    for name in ("blocks", "view"):
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    return arguments
