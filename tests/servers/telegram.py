"""A Bot API server on loopback: strict about the platform's limits, and able to fail on command.

People of the test act on it (`say`, `press`, `block` …); the bot speaks to it over real HTTP. What it answers was read
by the library's own types first.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import BotCommand, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, ReplyParameters, Update

TOKEN = "7001:loopback-token-of-nobody"
BOT = {"id": 7001, "is_bot": True, "first_name": "Masa", "username": "masa_test_bot"}
LONGEST = 4096
MOST_DOWN = 20 * 1000 * 1000
_ALLOWED_TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
_CAMEL = re.compile(r"[a-z]+([A-Z][a-z]+)*")


class Refusal(Exception):
    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Call:
    method: str
    data: dict[str, Any]
    files: dict[str, tuple[str, bytes]]
    at: float


@dataclass
class Chat:
    id: int
    type: str
    title: str = ""
    is_forum: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    may_manage_topics: bool = True
    bot_is_admin: bool = False
    """An ordinary member in privacy mode gets commands and what answers it, and nothing else of a group."""
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    sent_at: deque[float] = field(default_factory=deque)
    last_id: int = 0

    def as_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.type == "private":
            found["first_name"] = self.title
        else:
            found["title"] = self.title
        if self.is_forum:
            found["is_forum"] = True
        return found

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def newest(self) -> dict[str, Any]:
        """The last message; in an empty chat one that nobody sees."""
        nothing = {"message_id": 0, "date": 0, "chat": self.as_dict(), "from": BOT}
        return next(reversed(self.messages.values()), nothing)

    def shown(self) -> list[str]:
        """What somebody who looks at the chat reads, oldest first."""
        return [message.get("text") or message.get("caption") or "" for message in self.messages.values()]


class _Parsed(HTMLParser):
    """The text without its tags. Raises Refusal for what the platform does not take."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ALLOWED_TAGS:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unmatched end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def seen_text(html: str, parse_mode: str | None) -> str:
    if parse_mode is None:
        return html
    assert parse_mode == "HTML", parse_mode
    if re.search(r"&(?!(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)", html):
        raise Refusal(400, "Bad Request: can't parse entities: bare ampersand")  # stricter than the platform
    parsed = _Parsed()
    parsed.feed(html)
    parsed.close()
    if parsed.open:
        raise Refusal(400, "Bad Request: can't parse entities: Can't find end tag")
    return "".join(parsed.text)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class BotApi:
    """Start it with `running`. Times are of its own clock, which a test may replace."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.strict_pace = False
        self.chats: dict[int, Chat] = {}
        self.calls: list[Call] = []
        self.faults: deque[tuple[str, int | None, Callable[[], Response | None]]] = deque()
        self.updates: list[Any] = []
        """Not confirmed yet."""
        self.confirmed: list[Any] = []
        self.files: dict[str, bytes] = {}
        self.webhook: dict[str, Any] = {}
        self.commands: dict[str, list[str]] = {}
        self.answered: list[str] = []
        self.mute = False
        self.me = {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}
        self.local: Path | None = None
        """A server of the house's own, run with `--local`: it names files by where they lie, and calls any webhook."""
        self.port = 0
        self.application = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._file),
            ]
        )
        self._next_update = 100
        self._news = asyncio.Event()
        self._polls = 0
        self._all_sent: deque[float] = deque()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[BotApi]:
        config = uvicorn.Config(
            self._answer,
            host="127.0.0.1",
            port=self.port,
            interface="asgi3",
            log_config=None,
            lifespan="off",
            ws="none",
            proxy_headers=False,
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup()
        self.port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self.mute = False
            server.force_exit = True
            self._news.set()
            await server.shutdown()

    # --- what people do ---
    def person(self, user: int, name: str = "Ayşe") -> Chat:
        return self.chats.setdefault(user, Chat(user, "private", name))

    def group(self, chat: int, title: str = "Donanım", *, forum: bool = False) -> Chat:
        kind = "supergroup" if str(chat).startswith("-100") else "group"
        return self.chats.setdefault(chat, Chat(chat, kind, title, is_forum=forum))

    def say(
        self,
        user: int,
        text: str | None = None,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        album: str | None = None,
        bot: bool = False,
        **content: Any,
    ) -> dict[str, Any]:
        """A message of that person; `content` is what else it holds: photo, document, sticker, caption, contact …"""
        place = self.chats[chat or user]
        message = self._message(place, self._user(user, bot=bot), thread)
        if text is not None:
            message["text"] = text
        if album is not None:
            message["media_group_id"] = album
        if reply_to is not None:
            message["reply_to_message"] = dict(place.messages[reply_to])
        elif thread is not None:
            message["reply_to_message"] = dict(place.messages[thread])
        message |= content
        if _is_for_the_bot(place, message):
            self.push({"message": message})
        return message

    def photo(self, user: int, content: bytes, *, size: int | None = None, **more: Any) -> dict[str, Any]:
        return self.say(user, photo=[self._stored(content, size) | {"width": 8, "height": 8}], **more)

    def document(self, user: int, content: bytes, name: str, *, size: int | None = None, **more: Any) -> dict[str, Any]:
        return self.say(user, document=self._stored(content, size) | {"file_name": name}, **more)

    def edit(self, message: dict[str, Any], text: str) -> None:
        stored = self.chats[message["chat"]["id"]].messages[message["message_id"]]
        stored |= {"caption" if "caption" in stored else "text": text, "edit_date": 1_800_000_001}
        self.push({"edited_message": dict(stored)})

    def press(self, user: int, label: str, *, chat: int | None = None, token: str | None = None) -> str:
        """The newest button of that label (or a token of one's own making). Returns the id of the press."""
        place = self.chats[chat or user]
        message, data = (place.newest(), token) if token is not None else self.button(label, place.id)
        press = f"press-{len(self.confirmed)}-{len(self.updates)}-{self._next_update}"
        query = {"id": press, "from": self._user(user), "chat_instance": "1", "data": data, "message": dict(message)}
        self.push({"callback_query": query})
        return press

    def button(self, label: str, chat: int) -> tuple[dict[str, Any], str]:
        for message in reversed(self.chats[chat].messages.values()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return message, button["callback_data"]
        raise AssertionError(f"no button {label!r} in {self.labels(chat)}")

    def labels(self, chat: int) -> list[str]:
        return [
            button["text"]
            for message in self.chats[chat].messages.values()
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        ]

    def block(self, user: int) -> None:
        self.chats[user].blocked = True
        self._member(self.chats[user], user, "member", "kicked")

    def unblock(self, user: int) -> None:
        self.chats[user].blocked = False
        self._member(self.chats[user], user, "kicked", "member")

    def leave(self, chat: int) -> None:
        """The bot is taken out of the group."""
        self.chats[chat].blocked = True
        self._member(self.chats[chat], 1, "member", "left")

    def come_back(self, chat: int) -> None:
        self.chats[chat].blocked = False
        self._member(self.chats[chat], 1, "left", "member")

    def migrate(self, old: int, new: int) -> None:
        """The group becomes a supergroup: its old id answers with the new one from now on."""
        group = self.chats[old]
        group.migrated_to = new
        self.chats[new] = Chat(new, "supergroup", group.title)
        somebody = self._user(1)
        self.push({"message": self._message(group, somebody) | {"migrate_to_chat_id": new}})
        self.push({"message": self._message(self.chats[new], somebody) | {"migrate_from_chat_id": old}})

    def push(self, update: Any, number: int | None = None) -> int:
        """An update as it is given; with a number of its own where that is `update_id`."""
        if number is None:
            number, self._next_update = self._next_update, self._next_update + 1
        self.updates.append({"update_id": number, **update})
        self._news.set()
        return number

    def redeliver(self) -> None:
        """Everything that was confirmed comes again (the platform never saw the confirmation)."""
        self.updates, self.confirmed = self.confirmed + self.updates, []
        self._news.set()

    # --- faults on command ---
    def fail(
        self,
        method: str,
        code: int,
        description: str = "told to fail",
        *,
        times: int = 1,
        chat: int | None = None,
        **parameters: Any,
    ) -> None:
        """The next calls of that method (to that chat) are refused and have no effect."""

        def answer() -> Response:
            return _refused(Refusal(code, description, **parameters))

        self.faults.extend([(method, chat, answer)] * times)

    def drop_answer(self, method: str, *, times: int = 1) -> None:
        """The next call has its effect, and its answer never comes: the connection breaks."""
        self.faults.extend([(method, None, lambda: None)] * times)

    # --- the API ---
    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        """With a way to hang up in the middle of it: uvicorn's own cycle of request and response is behind `send`."""
        scope["hang_up"] = lambda: send.__self__.transport.abort()
        await self.application(scope, receive, send)

    async def _serve(self, request: Request) -> Response:
        while self.mute:
            await asyncio.sleep(0.01)  # the socket is open and nothing comes
        method = request.path_params["method"]
        assert _CAMEL.fullmatch(method), method
        if request.path_params["token"] != TOKEN:
            return _refused(Refusal(401, "Unauthorized"))
        try:
            data, files = await _arguments(request)
        except ClientDisconnect:
            return Response(status_code=400)  # it was killed while it spoke
        self.calls.append(Call(method, data, files, self.clock()))
        fault = self._fault(method, data)
        if fault is not None and (answer := fault()) is not None:
            return answer
        try:
            result = await getattr(self, f"_{method}")(data, files)
        except Refusal as refusal:
            return _refused(refusal)
        if fault is not None:
            return _Broken()
        return JSONResponse({"ok": True, "result": result})

    def _fault(self, method: str, data: dict[str, Any]) -> Callable[[], Response | None] | None:
        for place, (wanted, chat, answer) in enumerate(self.faults):
            if wanted == method and chat in (None, data.get("chat_id")):
                del self.faults[place]
                return answer
        return None

    async def _file(self, request: Request) -> Response:
        return Response(self.files[request.path_params["path"]], media_type="application/octet-stream")

    async def _getMe(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802 # the platform's names
        return self.me

    async def _getUpdates(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        if self.webhook.get("url"):
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        offset, limit = data.get("offset"), data.get("limit", 100)
        if offset is not None:
            self.confirmed += [u for u in self.updates if u["update_id"] < offset]
            self.updates = [u for u in self.updates if u["update_id"] >= offset]
        if not self.updates and data.get("timeout"):
            self._news.clear()
            try:
                async with asyncio.timeout(data["timeout"]):
                    await self._news.wait()
            except TimeoutError:
                pass
        return self.updates[:limit]

    async def _setWebhook(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        if not data["url"].startswith("https://") and self.local is None:
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = data
        return True

    async def _deleteWebhook(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        self.webhook = {}
        return True

    async def _getWebhookInfo(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        return {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}

    async def _setMyCommands(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        scope = data.get("scope", {"type": "default"})
        for command in data["commands"]:
            BotCommand.de_json(command, None)
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands[json.dumps(scope, sort_keys=True)] = [command["command"] for command in data["commands"]]
        return True

    async def _answerCallbackQuery(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        self.answered.append(data["callback_query_id"])
        return True

    async def _sendChatAction(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        self._reachable(data["chat_id"])
        return True

    async def _getChat(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        chat = self._reachable(data["chat_id"])
        return chat.as_dict() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}

    async def _getChatMember(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        chat = self._reachable(data["chat_id"])
        return {"user": BOT, **_ADMINISTRATOR, "can_manage_topics": chat.may_manage_topics}

    async def _getFile(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        path = data["file_id"]
        if path not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(self.files[path]) > MOST_DOWN:
            raise Refusal(400, "Bad Request: file is too big")
        named = {"file_id": path, "file_unique_id": f"u{path}", "file_size": len(self.files[path])}
        if self.local is None:
            return named | {"file_path": path}
        lies = self.local / path
        lies.write_bytes(self.files[path])
        return named | {"file_path": str(lies)}

    async def _createForumTopic(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        chat = self._reachable(data["chat_id"])
        if not chat.is_forum:
            raise Refusal(400, "Bad Request: the chat is not a forum")
        if not chat.may_manage_topics:
            raise Refusal(400, "Bad Request: not enough rights to create a topic")
        if not 1 <= len(data["name"]) <= 128:
            raise Refusal(400, "Bad Request: TOPIC_TITLE_EMPTY")
        made = self._message(chat, BOT) | {"forum_topic_created": {"name": data["name"], "icon_color": 7322096}}
        thread = made["message_id"]
        chat.messages[thread] |= made | {"message_thread_id": thread, "is_topic_message": True}
        chat.topics[thread] = data["name"]
        return {"message_thread_id": thread, "name": data["name"], "icon_color": 7322096}

    async def _sendMessage(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        chat = self._reachable(data["chat_id"])
        text = seen_text(data["text"], data.get("parse_mode"))
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if utf16(text) > LONGEST:
            raise Refusal(400, "Bad Request: message is too long")
        self._keep_pace(chat)
        message = self._said(chat, data) | {"text": text}
        return self._kept(chat, message, data["text"])

    async def _editMessageText(self, data: dict[str, Any], _: Any) -> Any:  # noqa: N802
        chat = self._reachable(data["chat_id"])
        message = chat.messages.get(data["message_id"])
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if message["from"]["id"] != BOT["id"]:
            raise Refusal(400, "Bad Request: message can't be edited")
        text, markup = seen_text(data["text"], data.get("parse_mode")), _markup(data)
        if utf16(text) > LONGEST:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        same_markup = message.get("reply_markup", {}) == (markup or {})
        if message["html"] == data["text"] and same_markup:
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message",
            )
        self._keep_pace(chat)
        message.pop("reply_markup", None)
        if markup:
            message["reply_markup"] = markup
        message |= {"text": text, "html": data["text"], "edit_date": 1_800_000_001}
        return _checked(message)

    async def _sendPhoto(self, data: dict[str, Any], files: Any) -> Any:  # noqa: N802
        return await self._send_file(data, files, "photo")

    async def _sendDocument(self, data: dict[str, Any], files: Any) -> Any:  # noqa: N802
        return await self._send_file(data, files, "document")

    async def _send_file(self, data: dict[str, Any], files: dict[str, tuple[str, bytes]], kind: str) -> Any:
        chat = self._reachable(data["chat_id"])
        if utf16(data.get("caption", "")) > 1024:
            raise Refusal(400, "Bad Request: message caption is too long")
        given = data.get(kind)
        if isinstance(given, str) and given in self.files:
            stored = {"file_id": given, "file_unique_id": f"u{given}", "file_size": len(self.files[given])}
            name = given
        else:
            name, content = files[given.removeprefix("attach://") if isinstance(given, str) else kind]
            stored = self._stored(content)
        self._keep_pace(chat)
        message = self._said(chat, data)
        message[kind] = [stored | {"width": 8, "height": 8}] if kind == "photo" else stored | {"file_name": name}
        return self._kept(chat, message, "")

    # --- inside ---
    def _reachable(self, chat_id: Any) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.migrated_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.blocked:
            who = "user" if chat.type == "private" else "supergroup chat"
            raise Refusal(
                403,
                "Forbidden: bot was blocked by the user"
                if who == "user"
                else f"Forbidden: bot was kicked from the {who}",
            )
        return chat

    def _keep_pace(self, chat: Chat) -> None:
        now = self.clock()
        if self.strict_pace:
            for sent, window in ((self._all_sent, 1.0), (chat.sent_at, 60.0)):
                while sent and now - sent[0] >= window:
                    sent.popleft()
            per_minute = 20 if chat.type != "private" else 60
            close = bool(chat.sent_at) and now - chat.sent_at[-1] < 0.95
            if close or len(self._all_sent) >= 30 or len(chat.sent_at) >= per_minute:
                raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        self._all_sent.append(now)
        chat.sent_at.append(now)

    def _said(self, chat: Chat, data: dict[str, Any]) -> dict[str, Any]:
        """A new message of the bot, its thread, reply and buttons checked."""
        thread = data.get("message_thread_id")
        if thread is not None and thread not in chat.topics:
            raise Refusal(400, "Bad Request: message thread not found")
        if thread in chat.closed_topics:
            raise Refusal(400, "Bad Request: TOPIC_CLOSED")
        markup, reply = _markup(data), data.get("reply_parameters")
        answered = None
        if reply is not None:
            ReplyParameters.de_json(reply, None)
            answered = chat.messages.get(reply["message_id"])
            if answered is None and (thread is not None or not reply.get("allow_sending_without_reply")):
                raise Refusal(400, "Bad Request: message to be replied not found")
        message = self._message(chat, BOT, thread)
        if markup and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        if answered is not None:
            message["reply_to_message"] = {k: v for k, v in answered.items() if k != "reply_to_message"}
        message["silent"] = bool(data.get("disable_notification"))
        return message

    def _kept(self, chat: Chat, message: dict[str, Any], html: str) -> dict[str, Any]:
        chat.messages[message["message_id"]] = message | {"html": html}
        return _checked(message)

    def _message(self, chat: Chat, sender: dict[str, Any], thread: int | None = None) -> dict[str, Any]:
        message: dict[str, Any] = {
            "message_id": chat.next_id(),
            "date": 1_800_000_000,
            "chat": chat.as_dict(),
            "from": sender,
        }
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        chat.messages[message["message_id"]] = message
        return message

    def _user(self, user: int, *, bot: bool = False) -> dict[str, Any]:
        known = self.chats.get(user)
        return {"id": user, "is_bot": bot, "first_name": known.title if known else f"Kişi {user}"}

    def _member(self, chat: Chat, user: int, before: str, after: str) -> None:
        def status(name: str) -> dict[str, Any]:
            return {"user": BOT, "status": name} | ({"until_date": 0} if name == "kicked" else {})

        self.push(
            {
                "my_chat_member": {
                    "chat": chat.as_dict(),
                    "from": self._user(user),
                    "date": 1_800_000_000,
                    "old_chat_member": status(before),
                    "new_chat_member": status(after),
                }
            }
        )

    def _stored(self, content: bytes, size: int | None = None) -> dict[str, Any]:
        file = f"file{len(self.files)}"
        self.files[file] = content
        return {"file_id": file, "file_unique_id": f"u{file}", "file_size": len(content) if size is None else size}


_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}
_ADMINISTRATOR = {
    "status": "administrator",
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}


def _is_for_the_bot(place: Chat, message: dict[str, Any]) -> bool:
    sees_all = place.type == "private" or place.bot_is_admin or (place.is_forum and place.may_manage_topics)
    answered = message.get("reply_to_message", {}).get("from", {}).get("id")
    command = (message.get("text") or message.get("caption") or "").startswith("/")
    return sees_all or command or answered == BOT["id"]


class _Broken(Response):
    """The connection ends in the middle of the answer."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b'{"ok"', "more_body": True})
        scope["hang_up"]()


def _refused(refusal: Refusal) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return JSONResponse(body, refusal.code)


def _markup(data: dict[str, Any]) -> dict[str, Any] | None:
    markup: dict[str, Any] | None = data.get("reply_markup")
    if markup and "inline_keyboard" in markup:
        InlineKeyboardMarkup.de_json(markup, None)
        for row in markup["inline_keyboard"]:
            assert row, "an empty row of buttons"
            for button in row:
                if not 1 <= len(button["callback_data"].encode()) <= 64:
                    raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    elif markup and "keyboard" in markup:
        ReplyKeyboardMarkup.de_json(markup, None)
    return markup


def _checked(message: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in message.items() if name not in ("html", "silent")}
    Message.de_json(dict(told), None)
    return told


def parses(update: Any) -> bool:
    """Whether the library can read it, for tests that send what it cannot."""
    try:
        Update.de_json(update, None)
    except Exception:  # noqa: BLE001 # any way of failing is what is asked
        return False
    return True


async def _arguments(request: Request) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    data: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    fields = [*request.query_params.multi_items()]
    if request.method == "POST":
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, str):
                    fields.append((name, value))
                else:
                    files[name] = (value.filename or "", await value.read())
    for name, value in fields:
        data[name] = _typed(name, value)
    return data, files


_TEXTS = frozenset({"text", "caption", "name", "url", "secret_token", "callback_query_id", "parse_mode", "file_id"})


def _typed(name: str, value: str) -> Any:
    if name in _TEXTS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
