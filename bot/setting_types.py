"""What settings are made of: values that say what is expected of them, and the base of each section."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from datetime import date, time
from ipaddress import ip_address, ip_network
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from handlers.content_policy import ContentPolicy
from handlers.domain.probes import Probe

PRIVATE_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
"""Which no packet of the internet comes from."""


def _expected(what: str) -> PydanticCustomError:
    return PydanticCustomError("expected", "{what}", {"what": what})


def _database_url(value: object) -> object:
    if isinstance(value, str) and re.match(r"sqlite:///.|postgresql\+psycopg://.", value):
        return value
    raise _expected("sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE")


def _timezone(value: object) -> object:
    try:
        return value if isinstance(value, ZoneInfo) else ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        raise _expected("the name of a time zone, such as Europe/Istanbul") from None


def _time_of_day(value: object) -> object:
    if isinstance(value, time):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return time.fromisoformat(value)
    raise _expected("a time of day, such as 17:00")


def _http_url(value: object) -> object:
    if value == "":
        return value
    if isinstance(value, str) and re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        return value.rstrip("/")
    raise _expected("an address that begins with http:// or https://")


def _network(value: object) -> object:
    try:
        return str(ip_network(str(value)))
    except ValueError:
        raise _expected("a network, such as 10.0.0.0/8") from None


DatabaseUrl = Annotated[str, BeforeValidator(_database_url)]
TimeZone = Annotated[ZoneInfo, BeforeValidator(_timezone)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
HttpUrl = Annotated[str, BeforeValidator(_http_url)]
"""Without a slash at the end."""
Network = Annotated[str, BeforeValidator(_network)]
Port = Annotated[int, Field(ge=0, le=65535)]
Megabytes = Annotated[int, Field(ge=0, le=1_000_000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


def is_loopback(url: str) -> bool:
    """Whether that address is one of this machine itself."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def opens_only_here(url: str) -> bool:
    """Whether no other machine gets there by that address: it is of this one, or of none (`0.0.0.0`)."""
    try:
        return is_loopback(url) or ip_address(urlsplit(url).hostname or "").is_unspecified
    except ValueError:
        return False


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


SHORTEST_AGENT_PASSWORD = 12


class AgentsSection(Section):
    """Inventory agents (glpi-agent) of the house's machines."""

    user: Annotated[str, Field(pattern=r"^[^:\s]{1,40}$")] = "ajan"
    password: SecretStr = SecretStr("")
    """Empty: no inventories are taken."""

    @field_validator("password")
    @classmethod
    def _is_long(cls, password: SecretStr) -> SecretStr:
        """It lies on every machine of the house and never changes by itself."""
        if 0 < len(password.get_secret_value()) < SHORTEST_AGENT_PASSWORD:
            raise _expected(f"at least {SHORTEST_AGENT_PASSWORD} signs, or nothing: no inventories are taken then")
        return password

    @property
    def are_expected(self) -> bool:
        return bool(self.password.get_secret_value())


CONTRACT = "standart_sozlesme"
BASES = frozenset({"yeterlilik", CONTRACT, "taahhutname"})
"""On which an institution may let personal data leave the country (KVKK m.9)."""


class Transfer(Section):
    """The record of a transfer abroad: on what basis a platform gets what people write, and who decided it."""

    basis: str = ""
    """One of `BASES`; what else is written here is told by `masa doctor`."""
    signed_on: date | None = None
    notified_on: date | None = None
    """When the authority was told of a standard contract."""
    document: str = ""
    decided_by: str = ""

    @property
    def is_founded(self) -> bool:
        return self.basis in BASES

    @property
    def is_consent(self) -> bool:
        return "riza" in self.basis.casefold().replace("ı", "i")


class ChannelSection(Section):
    """The section of a channel, named as the channel is. What is secret in it is a `SecretStr`: so no log shows it."""

    content: ContentPolicy = "minimal"
    transfer: Transfer = Transfer()
    """What lets a foreign platform have `full`."""

    @model_validator(mode="before")
    @classmethod
    def _full_on_this_machine(cls, given: object) -> object:
        """A server that listens on this machine alone is one for trying the desk out: unless told otherwise, nothing is
        withheld from it."""
        if isinstance(given, Mapping) and "content" not in given and is_loopback(str(given.get("base_url", ""))):
            return {**given, "content": "full"}
        return given

    @property
    @abstractmethod
    def is_on(self) -> bool:
        """Whether everything is set without which the channel cannot be spoken with at all."""


class ProbeSection(Section):
    """Whether a system answers, asked each minute from inside."""

    system: Name
    """Its id or title, as `/sistem` lists it."""
    kind: Literal["tcp", "http", "dns", "tls"]
    target: Name
    """`host:port`, of a page its address, of a name the name."""
    status: Annotated[int, Field(ge=100, le=599)] | None = None
    word: str = ""
    days: Annotated[int, Field(ge=0, le=365)] = 1

    @model_validator(mode="after")
    def _fits_its_kind(self) -> ProbeSection:
        host, _, port = self.target.rpartition(":")
        if self.kind == "http" and not re.fullmatch(r"https?://[^\s/?#]+(/\S*)?", self.target):
            raise ValueError(f"target is {self.target!r}; expected an address that begins with http:// or https://")
        if self.kind in ("tcp", "tls") and not (host and port.isdecimal() and 0 < int(port) < 65536):
            raise ValueError(f"target is {self.target!r}; expected HOST:PORT, such as ebys.local:443")
        if self.kind == "dns" and not re.fullmatch(r"[\w.-]+", self.target):
            raise ValueError(f"target is {self.target!r}; expected a name, such as www.ornek.bel.tr")
        if self.kind != "http" and (self.status is not None or self.word):
            raise ValueError(f"status and word are of kind http; kind is {self.kind}")
        return self

    @property
    def probe(self) -> Probe:
        host, _, port = self.target.rpartition(":") if self.kind in ("tcp", "tls") else ("", "", "0")
        return Probe(
            system=self.system,
            kind=self.kind,
            host=self.target if self.kind == "dns" else host.strip("[]"),
            port=int(port),
            url=self.target if self.kind == "http" else "",
            status=self.status,
            word=self.word,
            days=self.days,
        )


class SslSection(Section):
    """The house's own certificates: read once a day, to be told before they end."""

    hosts: tuple[Name, ...] = ()
    """`HOST:PORT`, such as ebelediye.ornek.bel.tr:443."""

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for one in hosts:
            host, _, port = one.rpartition(":")
            if not (re.fullmatch(r"[\w.-]+|\[[0-9a-fA-F:]+\]", host) and port.isdecimal() and 0 < int(port) < 65536):
                raise ValueError(f"{one!r} is no HOST:PORT, such as ebelediye.ornek.bel.tr:443")
        return hosts
