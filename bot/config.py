"""The settings, read once at the start: the environment (`MASA_WEB__PORT`), then `masa.toml` in the working directory.

Every bad value stops the command with a SettingsError that names its source, the value and what is expected.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as SourceError

from bot.channels.registry import CHANNELS, ChannelRegistry
from bot.errors import SettingsError
from bot.setting_sources import HIDDEN, PREFIX, first_of, holds_a_secret, quoted, secret_names, source_or_variable
from bot.setting_types import (
    PRIVATE_NETWORKS,
    AgentsSection,
    ChannelSection,
    DatabaseUrl,
    HttpUrl,
    Megabytes,
    Name,
    Network,
    Port,
    ProbeSection,
    Section,
    SslSection,
    TimeOfDay,
    TimeZone,
)
from handlers.domain import priority_places
from handlers.domain.handovers import OrderMode
from handlers.domain.notice import PrivacyNotice
from handlers.domain.priority_places import PriorityPlace
from handlers.people.file_quota import FileQuota
from knowledge.language.folding import folded

FILE = Path("masa.toml")
MEGA = 1_000_000


# --- sections -----------------------------------------------------------------------------------
class WebSection(Section):
    host: Name = "127.0.0.1"
    port: Port = 8080
    """0: any free one."""
    base_url: HttpUrl = ""
    """As people type it; empty: made of host and port."""
    label_url: HttpUrl = ""
    """Printed into the codes of device labels, which live ten years; empty: `base_url`."""
    connections: Annotated[int, Field(ge=16, le=60_000)] = 4000
    """At a time, as far as there may be open files."""
    connections_an_address: Annotated[int, Field(ge=8, le=60_000)] = 1000
    """Half of all at most. Not for a trusted proxy."""
    streams_a_session: Annotated[int, Field(ge=1, le=1000)] = 20
    """Pages that one browser may have open."""
    internal_networks: tuple[Network, ...] = PRIVATE_NETWORKS
    """From these the status page is open without signing in."""


class FilesSection(Section):
    """How much may be sent in files within a day, in MB; 0: as much as there is room for."""

    person_mb: Megabytes = 200
    conversation_mb: Megabytes = 400
    guest_mb: Megabytes = 25
    """Of whom nobody knows."""
    guests_mb: Megabytes = 500
    """Of all whom nobody knows together."""
    reserve_mb: Megabytes = 500
    """Room on the disk below which no file is taken, and below a fifth of it no message. 0: none."""

    @property
    def quota(self) -> FileQuota:
        return FileQuota(
            person=self.person_mb * MEGA,
            conversation=self.conversation_mb * MEGA,
            guest=self.guest_mb * MEGA,
            guests=self.guests_mb * MEGA,
        )

    @property
    def reserve(self) -> int:
        """Bytes."""
        return self.reserve_mb * MEGA


class NoticeSection(Section):
    """What the privacy notice says of the house."""

    address: str = ""
    requests: str = ""


class TermsSection(Section):
    """How long what is kept is kept, as the privacy notice says it."""

    chat_months: Annotated[int, Field(ge=1, le=120)] = 6
    ticket_months: Annotated[int, Field(ge=1, le=240)] = 24
    register_years: Annotated[int, Field(ge=1, le=100)] = 10


class DepotSection(Section):
    order: Literal["sohbet", "once_imza", "toplu"] = "sohbet"
    """What counts as the director's order by which a device leaves the depot (bylaw 11/26)."""

    @property
    def mode(self) -> OrderMode:
        return OrderMode(self.order)


class Schedule(Section):
    digest_at: TimeOfDay = time(17, 0)
    morning_at: TimeOfDay = time(8, 15)
    weekly_at: Annotated[TimeOfDay | None, BeforeValidator(lambda typed: None if typed in ("", "off") else typed)] = (
        time(8, 30)
    )
    """None: there is no weekly report."""


class PlaceSection(Section):
    """A place where citizens or the council sit: a fault there, in these hours, holds up the whole house."""

    title: Name
    words: Annotated[tuple[Name, ...], Field(min_length=1)]
    """How the words that name it begin; capitals and Turkish letters make no difference."""
    opens: TimeOfDay = time(8, 0)
    closes: TimeOfDay = time(17, 0)
    on_weekends: bool = False

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> PlaceSection:
        if self.closes <= self.opens:
            raise ValueError(f"closes at {self.closes:%H:%M}, opens at {self.opens:%H:%M}; expected a later time")
        return self

    @property
    def place(self) -> PriorityPlace:
        return PriorityPlace(
            title=self.title,
            words=tuple(folded(word) for word in self.words),
            opens=self.opens,
            closes=self.closes,
            on_weekends=self.on_weekends,
        )


class KnowledgeSection(Section):
    """Another house's knowledge; None: the shipped one."""

    articles: Path | None = None
    catalogue: Path | None = None


class Settings(BaseSettings):
    """Without the channels: `with_channels` adds a section for each."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    database_url: DatabaseUrl = "sqlite:///masa.db"
    data_dir: Path = Path("masa-data")
    """Attachments."""
    institution: Name = "Belediye"
    timezone: TimeZone = ZoneInfo("Europe/Istanbul")
    backup_days: Annotated[int, Field(ge=1, le=3660)] = 30
    """How long backups are kept; whoever has their words erased is told so."""
    demo: bool = False
    """Demo people and rooms, on loopback only."""
    watchdog_seconds: Annotated[float, Field(gt=0, le=3600)] = 10.0
    """A handler that takes longer is noticed, and its message tried again."""
    web: WebSection = WebSection()
    files: FilesSection = FilesSection()
    schedule: Schedule = Schedule()
    depot: DepotSection = DepotSection()
    notice: NoticeSection = NoticeSection()
    terms: TermsSection = TermsSection()
    agents: AgentsSection = AgentsSection()
    knowledge: KnowledgeSection = KnowledgeSection()
    tell_days: bool = True
    """Reporters hear by which day somebody usually looks at what they report."""
    units_without_effort: tuple[Name, ...] = ()
    """In which nobody is asked how long a ticket took."""
    priority_places: tuple[PlaceSection, ...] | None = None
    """None: the desk's own (a pay desk, a wedding hall …); `[]`: none."""

    probes: tuple[ProbeSection, ...] = ()
    """Of the house's systems; none: nothing is asked."""
    ssl: SslSection = SslSection()

    @property
    def places(self) -> tuple[PriorityPlace, ...]:
        if self.priority_places is None:
            return priority_places.DEFAULT
        return tuple(section.place for section in self.priority_places)

    @property
    def base_url(self) -> str:
        """Where people find the web chat, without a slash at the end."""
        host = f"[{self.web.host}]" if ":" in self.web.host else self.web.host
        return self.web.base_url or f"http://{host}:{self.web.port}"

    @property
    def label_url(self) -> str:
        """Printed into the codes of device labels."""
        return self.web.label_url or self.base_url

    @property
    def privacy_notice(self) -> PrivacyNotice:
        return PrivacyNotice(
            institution=self.institution,
            **self.notice.model_dump(),
            **self.terms.model_dump(),
            inventory=self.agents.are_expected,
        )

    @property
    def channels(self) -> dict[str, ChannelSection]:
        """The channels' sections, by the name of the channel."""
        fields = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: section for name, section in fields if isinstance(section, ChannelSection)}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never stand in a log."""
        return tuple(_secrets(self))

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme == "sqlite" else None

    @property
    def folders(self) -> dict[str, Path]:
        """Where our files lie, by what they are."""
        file = self.database_file
        return {"attachments": self.data_dir} | ({} if file is None else {"database": file.parent})

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 # signature of pydantic-settings
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 # no dotenv file is read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 # nor a folder of secrets
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what `load` read from the file."""
        return env_settings, init_settings


def with_channels(sections: Mapping[str, type[ChannelSection]]) -> type[Settings]:
    """The settings with these sections: MASA_<NAME>__… and [name]."""
    fields: dict[str, Any] = {name: (section, section()) for name, section in sections.items()}
    return create_model("Settings", __base__=Settings, **fields)


def _secrets(section: BaseModel) -> Iterator[str]:
    """Every secret that is set, here and in the sections below."""
    for name in type(section).model_fields:
        match getattr(section, name):
            case SecretStr() as secret if secret.get_secret_value():
                yield secret.get_secret_value()
            case BaseModel() as below:
                yield from _secrets(below)


# --- loading ------------------------------------------------------------------------------------
def load(file: Path = FILE, channels: ChannelRegistry = CHANNELS) -> Settings:
    """Raises SettingsError, and OperatorError where a channel has settings and no row in the registry."""
    text = _read(file)
    kind = with_channels(channels.sections)
    try:
        settings = kind(**_parse(file, text, kind))
    except ValidationError as error:
        raise first_of(error, kind, file, text) from None
    except SourceError as error:
        field = re.search(r'field "(\w+)"', str(error))
        name = f"{PREFIX}{field[1]}".upper() if field else PREFIX
        found = HIDDEN if field and holds_a_secret(kind, (field[1],)) else quoted(os.environ.get(name, ""))
        raise SettingsError(name, found, f"a JSON object, or {name}__NAME") from None
    if settings.demo and not _is_loopback(settings.web.host):
        demo = source_or_variable(("demo",), file, text)
        raise SettingsError(
            source_or_variable(("web", "host"), file, text),
            quoted(settings.web.host),
            f"a loopback address such as 127.0.0.1, since {demo} lets anybody be anybody",
        )
    channels.require_sections(settings.channels)
    return settings


def unknown_names(environ: Mapping[str, str], settings: Settings) -> list[str]:
    """Variables that look like settings of ours and are none: most likely misspelt."""
    known = {f"{PREFIX}{field}".upper() for field in type(settings).model_fields}
    return sorted(name for name in environ if name.startswith(PREFIX) and name.partition("__")[0] not in known)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(f"{file}:{line}", f"byte 0x{error.object[error.start]:02x}", "text in UTF-8") from None
    except OSError as error:
        raise SettingsError(str(file), error.strerror or str(error), "a file that can be read") from None


def _parse(file: Path, text: str, kind: type[Settings]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = str(error)
        at = re.search(r"line (\d+)", what)
        number = int(at[1]) if at else text.count("\n") + 1
        lines = text.splitlines()
        found = lines[number - 1].strip() if number <= len(lines) else ""
        named = {part.strip().strip("\"'") for part in re.split(r"[=.{,]", found)}
        shown = HIDDEN if named & secret_names(kind) else quoted(found)
        raise SettingsError(f"{file}:{number}", shown, f"TOML ({what})") from None


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
