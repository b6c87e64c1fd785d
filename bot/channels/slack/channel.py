"""The Slack channel, put together: Bolt in the middle, two ways in, one way out.

Bolt acknowledges before a listener runs, so a listener that fails has lost its event. Here a middleware stores the
event first; where storing fails it raises, Bolt answers 500 (nothing on a socket), and Slack sends the event again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute, Route

from bot.backoff import Backoff
from bot.channels.slack import api, inbound, views
from bot.channels.slack.errors import NETWORK, code_of
from bot.channels.slack.files import IncomingFiles, NotYet
from bot.channels.slack.inbound import Body, SlackEnvelope, Update
from bot.channels.slack.outbound import SlackSender
from bot.channels.slack.profiles import Profile, Profiles, introduction
from bot.channels.slack.refs import CHANNEL, is_room
from bot.channels.slack.settings import SlackSettings
from bot.channels.slack.signed_http import SignedHttp
from bot.channels.slack.socket_mode import SocketMode
from handlers.channel_port import ChannelGateway
from handlers.domain.people import Account
from handlers.queries import accounts
from handlers.queries.tickets import own_work

EVENTS_PATH = "/slack/events"
LAST_RETRY = 3
"""Slack sends an event again at once, after a minute and after five; then it is gone."""
ELSEWHERE = "Yanıtı masayla özel sohbetinize yazıyorum."
HERE = "Yanıtı bu kanala yazıyorum. Görmezseniz masayı kanala ekleyin: /invite @masa"
STOPS_WITHIN = 5.0
MAX_PAUSE_SECONDS = 60.0
RETRY_LATER = BoltResponse(status=503, body="")
_log = structlog.get_logger("slack")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom the token belongs to."""

    team: str
    bot_user: str
    bot_id: str


@dataclass(slots=True, kw_only=True)
class Connected:
    """What there is between `open` and `close`."""

    session: aiohttp.ClientSession
    client: AsyncWebClient
    files: IncomingFiles
    profiles: Profiles
    app: AsyncApp
    socket: SocketMode | None
    identified: asyncio.Task[None]
    """Done once we know who we are."""


class Slack:
    """`sender` goes to the relay, `routes` to the web server; `run` listens in Socket Mode, where that is wanted."""

    def __init__(self, gateway: ChannelGateway, settings: SlackSettings) -> None:
        self._gateway = gateway
        self._settings = settings
        self.sender = SlackSender(settings, gateway)
        self.identity: Identity | None = None
        self._connected: Connected | None = None
        self._trouble = "starting"
        self._listens = False
        """In Socket Mode: whether this process has it."""

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Empty in Socket Mode alone. They are for Slack's servers: no page of ours calls them."""
        if not self._settings.signing_secret:
            return ()
        signed = SignedHttp(self._settings.signing_secret, self._dispatch, self._gateway.now)
        return (Route(EVENTS_PATH, signed.receive, methods=["POST"]),)

    def health(self) -> Mapping[str, Any]:
        """`trouble` is empty or one of: starting, token_refused, unreachable, no_socket."""
        trouble, socket = self._trouble, self._connected.socket if self._connected else None
        if not trouble and self._listens and socket is not None and not socket.connected.is_set():
            trouble = "no_socket"
        return {"ok": not trouble, "trouble": trouble}

    # --- life -----------------------------------------------------------------------------------
    async def open(self) -> None:
        """Slack may be out of reach at the start, and at any time."""
        self._connected = self._connect()

    async def run(self) -> None:
        """Takes events in until cancelled; what is being stored then is still acknowledged. Signed requests are
        answered without it, in every process."""
        connected = self._connected
        assert connected is not None  # it was opened
        self._listens = True
        try:
            await asyncio.shield(connected.identified)
            if connected.socket is not None:
                await connected.socket.run()
            else:
                await asyncio.Event().wait()
        finally:
            self._listens = False
            if connected.socket is not None:
                await connected.socket.close(STOPS_WITHIN)

    async def close(self) -> None:
        """After the relay has stopped: nothing is sent any more."""
        connected, self._connected = self._connected, None
        if connected is not None:
            connected.identified.cancel()
            await asyncio.gather(connected.identified, return_exceptions=True)
            await connected.files.close()
            await connected.session.close()

    def _connect(self) -> Connected:
        session = api.session(self._settings)
        client = api.web_client(self._settings, session, self._settings.bot_token)
        self.sender.open(client)
        return Connected(
            session=session,
            client=client,
            files=IncomingFiles(self._settings, session, self._gateway.files, self._gateway.now),
            profiles=Profiles(client, self._gateway),
            app=self._bolt(api.web_client(self._settings, session, None)),
            socket=SocketMode(self._settings, client, session, self._take) if self._settings.app_token else None,
            identified=asyncio.create_task(self._identify(client)),
        )

    async def _identify(self, client: AsyncWebClient) -> None:
        """Who we are: needed to know our own messages. Tried until it is known."""
        if self.identity is not None:
            return

        def note(error: BaseException, _seconds: float) -> None:
            refused = code_of(error) if isinstance(error, SlackApiError) else ""
            self._trouble = "token_refused" if refused else "unreachable"
            _log.error("slack_not_connected", why=refused or type(error).__name__, see="masa doctor")

        backoff = Backoff(first=self._settings.retry_seconds, longest=MAX_PAUSE_SECONDS)
        answer = await backoff.retry(client.auth_test, NETWORK, on_failure=note)
        self.identity = Identity(team=answer["team_id"], bot_user=answer["user_id"], bot_id=answer.get("bot_id", ""))
        self._trouble = ""

    # --- the two ways in --------------------------------------------------------------------------
    async def _dispatch(self, body: str | dict[str, Any], headers: Mapping[str, str]) -> BoltResponse:
        if self._connected is None or self.identity is None:
            return RETRY_LATER
        mode = "http" if isinstance(body, str) else "socket_mode"
        try:
            request = AsyncBoltRequest(mode=mode, body=body, headers=dict(headers))
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # Bolt expects every field in its place
            return await self._keep_unread({"raw": body} if isinstance(body, str) else body, error)
        return await self._connected.app.async_dispatch(request)

    async def _keep_unread(self, body: Body, error: Exception) -> BoltResponse:
        """Into quarantine, for an admin to look at: refused, it would only come again."""
        _log.error("slack_payload_unread", error=type(error).__name__)
        update = inbound.unparsed(body)
        await self._gateway.accept_raw([inbound.arrival(update, {"body": body}, self._gateway.now())])
        return BoltResponse(status=200, body="")

    async def _take(self, payload: dict[str, Any], headers: Mapping[str, str]) -> Mapping[str, Any] | None:
        answer = await self._dispatch(payload, headers)
        if answer.status != 200:
            return None
        return json.loads(answer.body) if answer.body else {}

    # --- Bolt ---------------------------------------------------------------------------------------
    def _bolt(self, client: AsyncWebClient) -> AsyncApp:
        """Signatures are checked before Bolt, whose check raises on what it cannot read."""
        app = AsyncApp(
            name="masa",
            logger=api.QUIET,
            client=client,
            authorize=_Authorize(self._authorized),
            request_verification_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        app.use(_Store(self._store))
        app.command(inbound.REPORT_COMMAND)(self._open_form)
        app.shortcut(inbound.REPORT_SHORTCUT)(self._open_form)
        app.action(inbound.REPORT_ACTION)(self._open_form)
        app.event("app_home_opened")(self._show_home)
        app.error(_failed)
        return app

    def _authorized(self) -> AuthorizeResult:
        assert self.identity is not None  # nothing is dispatched before it is known
        return AuthorizeResult(
            enterprise_id=None,
            team_id=self.identity.team,
            bot_id=self.identity.bot_id,
            bot_user_id=self.identity.bot_user,
            bot_token=self._settings.bot_token,
        )

    async def _store(self, body: Body, retry: int) -> BoltResponse | None:
        """On disk for good when this returns. None: nothing to store, somebody wants to see a screen."""
        connected, identity = self._connected, self.identity
        if connected is None or identity is None:
            return RETRY_LATER
        try:
            if _is_screen(body):
                return None
            update = inbound.update_of(body, identity.bot_user)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            return await self._keep_unread(body, error)
        if update is None:
            return BoltResponse(status=200, body="")
        if update.direct:
            self.sender.direct(update.user, update.direct)
        envelope: SlackEnvelope = {"body": body, "bot": identity.bot_user}
        if is_room(update.conversation) and "event" in body:
            bound = await self._gateway.read(lambda uow: accounts.is_bound(uow, update.conversation))
            if bound == update.mention:
                # in a unit's room the message event itself is the one to take; elsewhere only a mention is meant for us
                return BoltResponse(status=200, body="")
            envelope["private"] = not bound
        # Slack sends an event again by itself; a form stays open, and whoever sent it does, once.
        last_chance = connected.files.began(update) if update.form else retry >= LAST_RETRY
        try:
            await self._accept(connected, identity, update, envelope, last_chance=last_chance)
        except NotYet:
            return BoltResponse(status=200, body=views.not_yet()) if update.form else RETRY_LATER
        return _acknowledgement(body)

    async def _accept(
        self, connected: Connected, identity: Identity, update: Update, envelope: SlackEnvelope, *, last_chance: bool
    ) -> None:
        """Raises NotYet where a file is still on its way."""
        now = self._gateway.now()
        profile = Profile() if update.closed else await connected.profiles.of(update.user)
        kept, attachments = await connected.files.fetch(update, last_chance=last_chance)
        envelope["name"], envelope["files"] = profile.name, kept
        event = inbound.arrival(update, envelope, now)
        arrivals = [introduction(identity.team, update.user, profile, event), event] if profile.email else [event]
        await self._gateway.accept_raw(arrivals, attachments)
        connected.profiles.stored(update.user)
        connected.files.forget(update)

    # --- screens: after the acknowledgement, and nothing to lose -----------------------------------------
    async def _open_form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        if self._connected is not None and self.identity is not None:
            message = body.get("message")
            author = await self._other_author(body["user"]["id"], message) if message else ""
            view = views.report_view(message, self.identity.bot_user, author)
            with _logged("slack_form_not_opened"):
                await self._connected.client.views_open(trigger_id=body["trigger_id"], view=view)

    async def _other_author(self, user: str, message: Mapping[str, Any]) -> str:
        """The name of whoever wrote it, where it is not the one who passes it on."""
        assert self._connected is not None  # a form is being opened
        author = message.get("user")
        if not isinstance(author, str) or author == user:
            return ""
        known = await self._gateway.read(lambda uow: accounts.name_of(uow, Account(CHANNEL, author)))
        return known or (await self._connected.profiles.of(author)).name

    async def _show_home(self, event: dict[str, Any]) -> None:
        if self._connected is None or event.get("tab", "home") != "home":
            return
        user, settings = str(event["user"]), self._settings
        work = await self._gateway.read(lambda uow: own_work(uow, Account(CHANNEL, user), views.SHOWN))
        view = views.home_view(work, settings)
        with _logged("slack_home_not_shown"):
            await self._connected.client.views_publish(user_id=user, view=view)


class _Authorize(AsyncAuthorize):
    """One workspace, and who we are in it is known since the start."""

    def __init__(self, authorized: Callable[[], AuthorizeResult]) -> None:
        self._authorized = authorized

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 # Bolt's signature
        enterprise_id: str | None,  # noqa: ARG002 # the same
        team_id: str | None,  # noqa: ARG002 # the same
        user_id: str | None,  # noqa: ARG002 # the same
        actor_enterprise_id: str | None = None,  # noqa: ARG002 # the same
        actor_team_id: str | None = None,  # noqa: ARG002 # the same
        actor_user_id: str | None = None,  # noqa: ARG002 # the same
    ) -> AuthorizeResult:
        return self._authorized()


class _Store(AsyncMiddleware):
    """Before any listener: what must not be lost is stored, and only then acknowledged."""

    def __init__(self, store: Callable[[Body, int], Awaitable[BoltResponse | None]]) -> None:
        self._store = store

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 # Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 # the same
    ) -> BoltResponse | None:
        retry = (req.headers.get("x-slack-retry-num") or ["0"])[0]
        stored = await self._store(req.body, int(retry) if retry.isdecimal() else 0)
        return await next() if stored is None else stored


async def _failed(error: Exception) -> None:
    """Bolt would log the error's own words, and a database's hold what somebody wrote. The answer stays 500."""
    _log.error("slack_request_failed", error=type(error).__name__)


@contextmanager
def _logged(what: str) -> Iterator[None]:
    try:
        yield
    except NETWORK as error:
        _log.warning(what, why=code_of(error) if isinstance(error, SlackApiError) else type(error).__name__)


def _is_screen(body: Body) -> bool:
    match body.get("type"):
        case "event_callback":
            return bool(body["event"]["type"] == "app_home_opened")
        case "message_action" | "shortcut":
            return bool(body.get("callback_id") == inbound.REPORT_SHORTCUT)
        case "block_actions":
            return bool(body["actions"][0].get("action_id") == inbound.REPORT_ACTION)
        case _:
            return "command" in body and inbound.opens_report(body)


def _acknowledgement(body: Body) -> BoltResponse:
    """Nothing; to a command typed in a channel, where its answer will be."""
    if "command" not in body or body["channel_id"].startswith("D"):
        return BoltResponse(status=200, body="")
    where = HERE if body["command"] in inbound.ROOM_COMMANDS else ELSEWHERE
    return BoltResponse(status=200, body={"response_type": "ephemeral", "text": where})
