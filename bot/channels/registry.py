"""The channels that there are: a row each, and everything that has to know of a channel reads it here.

The privacy notice, the settings and the secrets that logs hide, the doctor's lines, and what is opened at the start all
come from these rows. A platform's library is large: a row imports it only when its channel is opened or asked.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import bot.channels
from bot.channels import push, slack, telegram
from bot.diagnostics.finding import Finding, ok, warning
from bot.errors import OperatorError
from bot.setting_types import ChannelSection
from handlers.channel_port import Channel, ChannelContext, ChannelGateway, Translate
from handlers.domain.channels import KnownChannels

S = TypeVar("S", bound=ChannelSection)
PLACE = "bot/channels/registry.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform with its settings. Any process that works the inbox must be able to `translate`, one that speaks with
    the platform also to `open` it."""

    translate: Translate
    open: Callable[[ChannelGateway], Channel]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """A channel of our own programs: its messages are delivered when they are committed."""

    name: str
    """In addresses (`telegram:p:1`), settings (`MASA_TELEGRAM__TOKEN`) and the folder's name."""
    title: str
    """What people call it."""
    is_external: bool = True
    """Whether words pass through somebody else's servers; the privacy notice says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRow(ChannelRow, Generic[S]):
    """A channel to a platform: off until its settings say otherwise, messages go out through the outbox."""

    section: type[S]
    translator: Callable[[], Translate]
    open: Callable[[ChannelGateway, S, ChannelContext], Channel]
    diagnose: Callable[[S, ChannelContext, Mapping[str, str]], Iterable[Finding]]
    """Asks the platform; the mapping holds the bound rooms, address → unit. Not for a running loop."""
    has_rooms: bool = True
    """Whether a unit can have a group there."""
    how_to_join: str = ""
    """What somebody does who is not reached there yet; empty: they write a code."""
    lacks: str = "anahtarı ayarlanmamış"
    """What keeps it off while nobody set it up."""
    quiet_loggers: tuple[str, ...] = ()
    """Of its libraries: they log addresses with tokens in them, or every request."""

    def settings_in(self, sections: Mapping[str, ChannelSection]) -> S | None:
        """None where the channel is off."""
        found = sections.get(self.name)
        return found if isinstance(found, self.section) and found.is_on else None

    def connect(self, sections: Mapping[str, ChannelSection], context: ChannelContext) -> Platform | None:
        settings = self.settings_in(sections)
        if settings is None:
            return None
        return Platform(translate=self.translator(), open=lambda gateway: self.open(gateway, settings, context))

    def findings(
        self, sections: Mapping[str, ChannelSection], context: ChannelContext, rooms: Mapping[str, str]
    ) -> Iterator[Finding]:
        settings = self.settings_in(sections)
        if settings is None:
            yield ok(self.title, f"kapalı ({self.lacks})")
            return
        yield from self.diagnose(settings, context, rooms)
        if settings.content == "minimal" and not context.web_url:
            yield warning(
                self.title,
                "iletiler içeriksiz gidiyor ama web adresi yok",
                "MASA_WEB__BASE_URL'i yazın ki kişiler iletiyi web sohbetinde açabilsin.",
            )


class ChannelRegistry:
    """Raises ValueError for two rows of one name."""

    def __init__(self, rows: Iterable[ChannelRow]) -> None:
        self.rows: Sequence[ChannelRow] = tuple(rows)
        self._by_name = {row.name: row for row in self.rows}
        if len(self._by_name) != len(self.rows):
            raise ValueError("two channels of one name")

    def __iter__(self) -> Iterator[ChannelRow]:
        return iter(self.rows)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @property
    def platforms(self) -> Sequence[PlatformRow[Any]]:
        return [row for row in self.rows if isinstance(row, PlatformRow)]

    @property
    def embedded(self) -> frozenset[str]:
        """Those that need no sending."""
        return frozenset(row.name for row in self.rows if not isinstance(row, PlatformRow))

    @property
    def sections(self) -> Mapping[str, type[ChannelSection]]:
        return {row.name: row.section for row in self.platforms}

    @property
    def quiet_loggers(self) -> frozenset[str]:
        return frozenset(name for row in self.platforms for name in row.quiet_loggers)

    @property
    def known(self) -> KnownChannels:
        """What the use cases have to know."""
        return KnownChannels(
            titles={row.name: row.title for row in self.rows},
            internal=frozenset(row.name for row in self.rows if not row.is_external),
        )

    def without_basis(self, sections: Mapping[str, ChannelSection]) -> Sequence[str]:
        """Titles of the foreign platforms that get all that is written, and nothing is recorded that lets them."""
        return [
            row.title
            for row in self.switched_on(sections)
            if row.is_external and sections[row.name].content == "full" and not sections[row.name].transfer.is_founded
        ]

    def switched_on(self, sections: Mapping[str, ChannelSection]) -> Sequence[PlatformRow[Any]]:
        return [row for row in self.platforms if row.settings_in(sections) is not None]

    def connect(self, sections: Mapping[str, ChannelSection], context: ChannelContext) -> dict[str, Platform]:
        """The platforms that are switched on."""
        found = {row.name: row.connect(sections, context) for row in self.platforms}
        return {name: platform for name, platform in found.items() if platform is not None}

    # --- a row that is missing ---
    def require_folders(self, folders: Collection[str] | None = None) -> None:
        """Raises OperatorError for a channel's package without a row. `folders`: by default those of this package."""
        there = _packages() if folders is None else folders
        self._require(there, "the package bot.channels.{}")

    def require_sections(self, sections: Mapping[str, ChannelSection]) -> None:
        """Raises OperatorError for a channel's settings without a row."""
        self._require(sections, "the settings section [{}]")

    def require_names(self, names: Collection[str]) -> None:
        """Raises OperatorError for conversations or events of a channel without a row: nobody would know whether what
        is written there leaves the house."""
        self._require(names, "the database, in conversations of “{}”")

    def _require(self, names: Iterable[str], where: str) -> None:
        missing = sorted(name for name in names if name not in self)
        if missing:
            raise OperatorError(f"{where.format(missing[0])}: a channel without a row; expected one in {PLACE}")


def _packages() -> Collection[str]:
    return [module.name for module in pkgutil.iter_modules(bot.channels.__path__) if module.ispkg]


CHANNELS = ChannelRegistry(
    (
        ChannelRow(name="web", title="Web", is_external=False),
        ChannelRow(name="terminal", title="Terminal", is_external=False),
        PlatformRow(
            name="telegram",
            title="Telegram",
            section=telegram.TelegramSection,
            translator=telegram.translator,
            open=telegram.open_channel,
            diagnose=telegram.diagnose,
            quiet_loggers=("telegram",),
        ),
        PlatformRow(
            name="slack",
            title="Slack",
            section=slack.SlackSection,
            translator=slack.translator,
            open=slack.open_channel,
            diagnose=slack.diagnose,
            quiet_loggers=("slack_sdk", "slack_bolt"),
        ),
        PlatformRow(
            name="push",
            title="Tarayıcı bildirimi",
            section=push.PushSection,
            translator=push.translator,
            open=push.open_channel,
            diagnose=push.diagnose,
            has_rooms=False,
            lacks="bildirim hizmetlerinin yazacağı adres girilmemiş",
            how_to_join="Size ileti gönderilmedi: Bildirimlerim sayfasında “Bu tarayıcıda aç” deyin.",
        ),
    )
)
