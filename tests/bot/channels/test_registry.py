"""A channel is one row: what it is called, whether it is external, its settings, how it is opened and asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import config
from bot.app import App, build
from bot.channels.registry import CHANNELS, ChannelRegistry, ChannelRow, PlatformRow
from bot.clock import going_by
from bot.commands.doctor import examine
from bot.diagnostics.finding import Finding, Severity, ok
from bot.errors import OperatorError, SettingsError
from bot.runtime import event_codec
from bot.setting_types import ChannelSection
from handlers.channel_port import Channel, ChannelContext, ChannelGateway, Translate
from handlers.domain.channels import EMBEDDED
from handlers.domain.people import Account
from handlers.events import MessageReceived
from handlers.messages import Outgoing
from handlers.ports import Arrival, Conversation, UnitOfWork
from tests.clock import START, FakeClock
from tests.scenarios.stage import settings_for, shared_desk

ELSEWHERE, IN_THE_HOUSE = "sunucularından da geçer", "Veri sorumlusu"


# --- a channel that was made up here ---
class MatrixSection(ChannelSection):
    access_token: SecretStr = SecretStr("")

    @property
    def is_on(self) -> bool:
        return bool(self.access_token.get_secret_value())


def _translator() -> Translate:
    return event_codec.load


def _open(_gateway: ChannelGateway, own: MatrixSection, context: ChannelContext) -> Channel:
    raise AssertionError("nobody opens it here")


def _diagnose(own: MatrixSection, _context: ChannelContext, rooms: Mapping[str, str]) -> Iterable[Finding]:
    return [ok("Matrix", f"{len(own.access_token.get_secret_value())} harfli anahtar, {len(rooms)} grup")]


MATRIX = PlatformRow(
    name="matrix",
    title="Matrix",
    section=MatrixSection,
    translator=_translator,
    open=_open,
    diagnose=_diagnose,
    quiet_loggers=("nio",),
)
WITH_MATRIX = ChannelRegistry((*CHANNELS, MATRIX))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in config.os.environ if name.startswith("MASA_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def switched_on(monkeypatch: pytest.MonkeyPatch) -> str:
    """The token of the made-up channel."""
    monkeypatch.setenv("MASA_MATRIX__ACCESS_TOKEN", "syt_kadayif")
    return "syt_kadayif"


@contextmanager
def running(folder: Path, channels: ChannelRegistry) -> Iterator[App]:
    settings = settings_for(folder)
    app = build(settings, clock=FakeClock(), desk=shared_desk(), channels=channels)
    try:
        yield app
    finally:
        app.close()


async def greeted(app: App, channel: str) -> str:
    """What somebody is told who writes there for the first time."""
    address = f"{channel}:p:yeni"
    await app.worker.start()
    event = MessageReceived(
        key=f"{channel}:1", at=START, sender=Account(channel, "yeni"), conversation=address, text="yazıcı bozuk"
    )
    await app.gateway.accept(event)
    await app.gateway.handled(event.key)
    said = await app.gateway.read(lambda uow: uow.timeline.page(address))
    await app.worker.stop()
    return said[-1].text


async def test_its_row_is_enough_for_its_privacy_notice(home: Path) -> None:
    with running(home, WITH_MATRIX) as app:
        notice = await greeted(app, "matrix")
    assert "Matrix şirketinin" in notice
    assert ELSEWHERE in notice


@pytest.mark.parametrize("channel", ["web", "terminal"])
async def test_what_runs_in_the_house_is_said_to_stay_there(home: Path, channel: str) -> None:
    with running(home, CHANNELS) as app:
        notice = await greeted(app, channel)
    assert IN_THE_HOUSE in notice
    assert ELSEWHERE not in notice


@pytest.mark.parametrize("channel", ["telegram", "slack"])
async def test_foreign_platforms_are_named(home: Path, channel: str) -> None:
    with running(home, CHANNELS) as app:
        assert f"{channel.capitalize()} şirketinin" in await greeted(app, channel)


def test_a_channel_that_nobody_declared_internal_is_external() -> None:
    undeclared = ChannelRegistry((ChannelRow(name="kiosk", title="Kiosk"),)).known
    assert undeclared.is_external("kiosk")
    assert undeclared.is_external("never-heard-of")


def test_its_row_is_enough_for_its_settings_and_their_secrets(switched_on: str, home: Path) -> None:
    settings = config.load(channels=WITH_MATRIX)
    assert settings.secrets == (switched_on,)
    assert switched_on not in repr(settings)
    assert list(WITH_MATRIX.connect(settings.channels, ChannelContext(zone=settings.timezone))) == ["matrix"]


def test_a_secret_that_cannot_be_read_is_not_repeated() -> None:
    Path("masa.toml").write_text("[matrix]\naccess_token = 12345", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"masa\.toml:2: a value that is not shown here"):
        config.load(channels=WITH_MATRIX)


@pytest.mark.parametrize("line", ["access_token = syt_kadayif", "matrix.access_token = syt_kadayif"])
def test_a_secret_in_a_line_that_is_no_toml_is_not_repeated(line: str) -> None:
    Path("masa.toml").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"masa\.toml:1: a value that is not shown here; expected TOML"):
        config.load(channels=WITH_MATRIX)


def test_a_section_that_is_a_secret_by_mistake_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASA_MATRIX", "syt_kadayif")
    with pytest.raises(SettingsError) as caught:
        config.load(channels=WITH_MATRIX)
    assert "kadayif" not in str(caught.value)


def said_of_matrix() -> list[Finding]:
    with going_by(FakeClock()):
        return [finding for finding in examine(WITH_MATRIX) if finding.about == "Matrix"]


def test_its_row_is_enough_for_the_doctor(switched_on: str) -> None:
    assert said_of_matrix()[0] == ok("Matrix", "11 harfli anahtar, 0 grup")


def test_a_channel_that_is_off_is_not_asked() -> None:
    assert said_of_matrix() == [ok("Matrix", "kapalı (anahtarı ayarlanmamış)")]


def test_without_a_web_address_nobody_could_read_what_is_withheld() -> None:
    sections = {"matrix": MatrixSection(access_token="x", content="minimal")}
    for web_url, states in (("", [Severity.OK, Severity.WARNING]), ("https://masa.example", [Severity.OK])):
        context = ChannelContext(zone=settings_for(Path()).timezone, web_url=web_url)
        assert [finding.state for finding in MATRIX.findings(sections, context, {})] == states


def test_its_libraries_are_quiet() -> None:
    assert "nio" in WITH_MATRIX.quiet_loggers


# --- a row that was forgotten ---
def test_a_package_without_a_row_is_an_error_at_the_start() -> None:
    CHANNELS.require_folders()
    with pytest.raises(OperatorError, match=r"bot\.channels\.matrix.*registry\.py"):
        CHANNELS.require_folders(["terminal", "matrix"])


def test_a_section_without_a_row_is_an_error_at_the_start(switched_on: str) -> None:
    sections = config.load(channels=WITH_MATRIX).channels
    with pytest.raises(OperatorError, match=r"\[matrix\].*registry\.py"):
        CHANNELS.require_sections(sections)


def _converse(uow: UnitOfWork) -> None:
    uow.conversations.ensure(Conversation(address="matrix:p:1", channel="matrix"))
    uow.messages.put(Outgoing(conversation="matrix:p:1", text="merhaba"))


def _arrive(uow: UnitOfWork) -> None:
    arrival = Arrival(key="matrix:1", channel="matrix", conversation="matrix:p:1", payload="{}", received_at=START)
    uow.inbox.accept([arrival], now=START, owner=None)


@pytest.mark.parametrize("before", [_converse, _arrive])
def test_a_conversation_or_an_event_without_a_row_is_an_error_at_the_start(home: Path, before: object) -> None:
    with running(home, WITH_MATRIX) as app:
        app.store.write(before)
    with pytest.raises(OperatorError, match=r"matrix.*registry\.py"), running(home, CHANNELS):
        pass
    with running(home, WITH_MATRIX):
        pass


async def test_an_event_without_a_row_is_not_stored(home: Path) -> None:
    with running(home, CHANNELS) as app:
        await app.worker.start()
        with pytest.raises(ValueError, match="matrix"):
            await app.gateway.accept_raw(
                [Arrival(key="matrix:1", channel="matrix", conversation="matrix:p:1", payload="{}", received_at=START)]
            )
        await app.worker.stop()


def test_two_rows_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one name"):
        ChannelRegistry((*CHANNELS, MATRIX, MATRIX))


# --- what stands elsewhere and must agree ---
def test_storage_sends_nothing_to_the_embedded_channels() -> None:
    assert CHANNELS.embedded == frozenset(EMBEDDED)


def test_the_platforms_libraries_are_not_imported_with_the_registry() -> None:
    """A command of the terminal would wait for them."""
    code = "import sys, bot.channels.registry; print(sorted({'telegram', 'slack_sdk', 'aiohttp'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
