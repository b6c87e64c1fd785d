"""Files in both directions: fetched before their message is acknowledged, shared after theirs is posted."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.inbound import KeptFile, Update
from bot.channels.slack.settings import SlackSettings
from handlers.channel_port import Files
from handlers.domain.errors import Invalid
from handlers.messages import Delivery, TimelineFile
from handlers.ports import Attachment

LIMIT = 20 * 1024 * 1024
"""As the house keeps them; what says of itself that it is larger is refused unopened."""
MAX_FILES = 10
"""Files of one message; Slack allows no more."""
UNREACHABLE = "file_unreachable"
BELOW = frozenset({"card", "ticket"})
"""Messages whose files go into a thread of their own: they stand for long, and are shown again and again."""
_CHUNK = 256 * 1024
_MEMORY = 1024 * 1024
_REMEMBERED = 500


class NotYet(Exception):
    """A file is still on its way: let its message be sent again, it will be here by then."""


class IncomingFiles:
    def __init__(
        self,
        settings: SlackSettings,
        session: aiohttp.ClientSession,
        files: Files,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._session = session
        self._files = files
        self._now = now
        self._loading: dict[tuple[str, str], asyncio.Task[Attachment | KeptFile]] = {}
        """By event or form, and file: what is sent again finds what its first try began."""

    async def fetch(self, update: Update, *, last_chance: bool) -> tuple[dict[str, KeptFile], list[Attachment]]:
        """What became of each file, and what is to be stored with its event.

        Raises NotYet where one takes longer than Slack waits, or got lost on the way; not on the last chance.
        """
        if not update.files:
            return {}, []
        loading = {file["id"]: self._begin(update, file) for file in update.files[:MAX_FILES]}
        await asyncio.wait(loading.values(), timeout=self._settings.ack_seconds)
        kept: dict[str, KeptFile] = {}
        attachments: list[Attachment] = []
        for file in update.files[:MAX_FILES]:
            match self._result(update, file, loading[file["id"]], last_chance):
                case Attachment() as attachment:
                    kept[file["id"]] = {"id": attachment.id}
                    attachments.append(attachment)
                case refused:
                    kept[file["id"]] = refused
        return kept, attachments

    def began(self, update: Update) -> bool:
        """Whether an earlier try of it began to fetch its files."""
        return any((update.files_key, file.get("id", "")) in self._loading for file in update.files)

    def forget(self, update: Update) -> None:
        """Its message is stored."""
        for file in update.files:
            task = self._loading.pop((update.files_key, file.get("id", "")), None)
            if task is not None and not task.done():
                task.cancel()

    async def close(self) -> None:
        for task in self._loading.values():
            task.cancel()
        await asyncio.gather(*self._loading.values(), return_exceptions=True)
        for task in self._loading.values():
            self._let_go(task)
        self._loading.clear()

    def _let_go(self, task: asyncio.Task[Any]) -> None:
        """What was fetched for a message that did not come again."""
        if not task.cancelled() and task.exception() is None and isinstance(kept := task.result(), Attachment):
            self._files.discard(kept.id)

    def _begin(self, update: Update, file: Mapping[str, Any]) -> asyncio.Task[Attachment | KeptFile]:
        place = (update.files_key, file["id"])
        task = self._loading.get(place)
        if task is None or (task.done() and task.exception() is not None):
            if len(self._loading) >= _REMEMBERED:
                done = next((key for key, old in self._loading.items() if old.done()), None)
                if done is not None:
                    self._let_go(self._loading.pop(done))
            task = self._loading[place] = asyncio.create_task(self._load(update, file))
        return task

    def _result(
        self, update: Update, file: Mapping[str, Any], task: asyncio.Task[Attachment | KeptFile], last_chance: bool
    ) -> Attachment | KeptFile:
        if task.done() and task.exception() is None:
            return task.result()
        if not last_chance:
            raise NotYet(update.key)
        return _refused(UNREACHABLE, name=_name(file))

    async def _load(self, update: Update, file: Mapping[str, Any]) -> Attachment | KeptFile:
        """Raises aiohttp.ClientError or TimeoutError where the network failed: worth another try."""
        size = file.get("size") or 0
        if isinstance(size, int) and size >= LIMIT:
            return _refused("file_too_large", size_mb=size // 1024 // 1024, limit_mb=LIMIT // 1024 // 1024)
        if file.get("mode") == "external":  # a link to somebody else's server: never fetched
            return _refused("file_type", name=_name(file))
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if not self._is_slacks(url):
            return _refused(UNREACHABLE, name=_name(file))
        with tempfile.SpooledTemporaryFile(max_size=_MEMORY) as spool:
            if not await self._download(url, cast(BinaryIO, spool), file):
                return _refused(UNREACHABLE, name=_name(file))
            spool.seek(0)
            try:
                return await self._keep(cast(BinaryIO, spool), _name(file), update.conversation)
            except Invalid as error:
                data = {name: value for name, value in error.data.items() if isinstance(value, (str, int))}
                return {"reason": error.reason, "data": data}

    async def _keep(self, content: BinaryIO, name: str, conversation: str) -> Attachment:
        """Where nobody waits for it any more, what the thread still puts on disk is discarded. Raises Invalid."""
        keep = partial(self._files.keep, content, name, uploader=None, conversation=conversation, at=self._now())
        keeping = asyncio.create_task(asyncio.to_thread(keep))
        try:
            return await asyncio.shield(keeping)
        except asyncio.CancelledError:
            await asyncio.wait((keeping,))
            self._let_go(keeping)
            raise

    async def _download(self, url: str, target: BinaryIO, file: Mapping[str, Any]) -> bool:
        """False: it is not there, or not for us (without the scope Slack answers with its sign-in page)."""
        headers = {"Authorization": f"Bearer {self._settings.bot_token}"}
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status >= 500 or response.status == 429:
                response.raise_for_status()
            is_page = response.content_type == "text/html" and file.get("mimetype") != "text/html"
            if response.status != 200 or is_page:
                return False
            received = 0
            async for chunk in response.content.iter_chunked(_CHUNK):
                received += len(chunk)
                target.write(chunk)
                if received >= LIMIT:  # the house refuses it by its size
                    break
        return True

    def _is_slacks(self, url: str) -> bool:
        """The token goes to Slack's own servers only, or to where the Web API is."""
        try:
            parts, own = urlsplit(url), urlsplit(self._settings.base_url)
        except ValueError:
            return False
        host = parts.hostname or ""
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return True
        return parts.scheme == "https" and (host == "slack.com" or host.endswith((".slack.com", ".slack-files.com")))


def _name(file: Mapping[str, Any]) -> str:
    return str(file.get("name") or file.get("title") or "dosya")


def _refused(reason: str, **data: str | int) -> KeptFile:
    return {"reason": reason, "data": data}


class OutgoingFiles:
    def __init__(self, client: AsyncWebClient, files: Files) -> None:
        self._client = client
        self._files = files

    async def share(self, delivery: Delivery, channel: str, ref: str, *, in_thread: str | None, fresh: bool) -> None:
        """Bring the delivery's files to where its message `ref` is; what is there already stays as it is.

        `fresh`: the message was posted a moment ago, so nothing of it can be there.
        """
        thread = ref if delivery.kind in BELOW else in_thread
        missing = delivery.files if fresh else await self._missing(delivery.files, channel, ref, thread)
        uploads = [{"id": await self._upload(file), "title": file.name} for file in missing]
        if uploads:
            await self._client.files_completeUploadExternal(
                files=cast("list[dict[str, str | None]]", uploads), channel_id=channel, thread_ts=thread
            )

    async def _missing(
        self, wanted: Sequence[TimelineFile], channel: str, ref: str, thread: str | None
    ) -> list[TimelineFile]:
        if thread is not None:
            page = await self._client.conversations_replies(channel=channel, ts=thread, limit=200)
        else:
            page = await self._client.conversations_history(channel=channel, oldest=ref, limit=100)
        there = Counter(
            file.get("name") for said in page["messages"] if said.get("bot_id") for file in said.get("files", ())
        )
        missing = []
        for file in wanted:
            if there[file.name] > 0:
                there[file.name] -= 1
            else:
                missing.append(file)
        return missing

    async def _upload(self, file: TimelineFile) -> str:
        path = self._files.path(file.id)
        place = await self._client.files_getUploadURLExternal(filename=file.name, length=path.stat().st_size)
        session = self._client.session
        assert session is not None
        with path.open("rb") as source:
            async with session.post(place["upload_url"], data=source) as response:
                response.raise_for_status()
        return str(place["file_id"])
