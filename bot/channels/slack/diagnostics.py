"""What `masa doctor` asks Slack itself. Changes nothing there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import api
from bot.channels.slack.errors import NETWORK, code_of
from bot.channels.slack.refs import native
from bot.channels.slack.settings import SlackSettings
from bot.diagnostics.finding import Finding, error, ok, warning

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
        "users:read",
        "users:read.email",
    }
)
"""All that the desk uses; the manifest asks for these and no others."""
MANIFEST = "slack-app-manifest.yaml"
_ABOUT = "Slack"
_TOKEN = "Slack'te OAuth & Permissions sayfasındaki Bot User OAuth Token'ı (xoxb-…) MASA_SLACK__BOT_TOKEN'a yazın."  # noqa: S105 # a sentence
_TOKEN_HERE = "Slack'te OAuth & Permissions sayfasındaki Bot User OAuth Token'ı (xoxb-…) “Bot anahtarı” alanına yazın."  # noqa: S105 # a sentence
_APP_TOKEN = (
    "Slack'te Basic Information → App-Level Tokens altında connections:write yetkili bir anahtar (xapp-…) üretip"  # noqa: S105 # the same
    " MASA_SLACK__APP_TOKEN'a yazın."
)
_APP_TOKEN_HERE = (
    "Slack'te Basic Information → App-Level Tokens altında connections:write yetkili bir anahtar (xapp-…) üretip"  # noqa: S105 # the same
    " “Uygulama anahtarı” alanına yazın."
)


def checks(settings: SlackSettings, rooms: Mapping[str, str]) -> list[Finding]:
    """`rooms`: address → unit of the bound Slack channels. Empty where the channel is off. Not for a running loop."""
    return asyncio.run(_all(settings, rooms)) if settings.bot_token else []


async def _all(settings: SlackSettings, rooms: Mapping[str, str]) -> list[Finding]:
    async with api.session(settings) as session:
        return [finding async for finding in _examine(settings, session, rooms)]


async def _examine(
    settings: SlackSettings, session: aiohttp.ClientSession, rooms: Mapping[str, str]
) -> AsyncIterator[Finding]:
    for finding in _settings(settings):
        yield finding
    client = api.web_client(settings, session, settings.bot_token)
    try:
        me = await client.auth_test()
    except NETWORK as trouble:
        yield _no_answer(trouble, settings)
        return
    yield ok(_ABOUT, f"{me.get('team')} çalışma alanına @{me.get('user')} olarak bağlanılıyor")
    granted = {scope.strip() for scope in me.headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    if granted and (missing := sorted(SCOPES - granted)):
        yield error(
            _ABOUT,
            f"eksik yetki: {', '.join(missing)}",
            f"Uygulamanın App Manifest sayfasına {MANIFEST} dosyasını yapıştırın, sonra Reinstall to Workspace deyin.",
        )
    async for finding in _way_in(settings, client):
        yield finding
    for address, unit in rooms.items():
        yield await _room(client, address, unit)


def _settings(settings: SlackSettings) -> Iterator[Finding]:
    """What cannot work, whatever Slack says."""
    if not settings.app_token and not settings.signing_secret:
        yield error(
            _ABOUT, "Slack'ten hiçbir şey gelemez: ne Socket Mode ne imzalı istek ayarlı", _APP_TOKEN, _APP_TOKEN_HERE
        )
    elif not settings.app_token and not settings.web_url.startswith("https://"):
        yield error(
            _ABOUT,
            "imzalı istekler için https adresi yok",
            "MASA_WEB__BASE_URL'i Slack'in ulaşabildiği https adresi yapın ya da Socket Mode kullanın.",
            _APP_TOKEN_HERE,
        )


def _no_answer(trouble: Exception, settings: SlackSettings) -> Finding:
    code = code_of(trouble) if isinstance(trouble, SlackApiError) else ""
    if code:
        return error(_ABOUT, f"anahtar kabul edilmiyor ({code})", _TOKEN, _TOKEN_HERE)
    return error(
        _ABOUT,
        f"{settings.base_url} yanıt vermiyor ({type(trouble).__name__})",
        "Bu makineden Slack'e çıkışı (443) ve MASA_SLACK__BASE_URL'i denetleyin.",
        "Bu makineden Slack'e çıkışı (443) denetleyin.",
    )


async def _way_in(settings: SlackSettings, client: AsyncWebClient) -> AsyncIterator[Finding]:
    if settings.app_token:
        try:
            await client.apps_connections_open(app_token=settings.app_token)
        except NETWORK as trouble:
            why = code_of(trouble) if isinstance(trouble, SlackApiError) else type(trouble).__name__
            yield error(_ABOUT, f"Socket Mode açılamıyor ({why})", _APP_TOKEN, _APP_TOKEN_HERE)
        else:
            yield ok(_ABOUT, "Socket Mode açılıyor; dışarıya açık adres gerekmez")
    elif settings.signing_secret and settings.web_url.startswith("https://"):
        yield ok(_ABOUT, f"imzalı istekler {settings.web_url}/slack/events adresine gelmeli")


async def _room(client: AsyncWebClient, address: str, unit: str) -> Finding:
    try:
        await client.conversations_history(channel=native(address), limit=1)
    except NETWORK as trouble:
        why = code_of(trouble) if isinstance(trouble, SlackApiError) else type(trouble).__name__
        if why in ("not_in_channel", "channel_not_found"):
            return error(_ABOUT, f"masa {unit} kanalında değil", "Kanala girip /invite @masa yazın.")
        if why == "is_archived":
            return error(_ABOUT, f"{unit} kanalı arşivlenmiş", f"Başka bir kanalda /bagla {unit} yazın.")
        return warning(_ABOUT, f"{unit} kanalına bakılamadı ({why})", "Biraz sonra yeniden deneyin.")
    return ok(_ABOUT, f"masa {unit} kanalında")
