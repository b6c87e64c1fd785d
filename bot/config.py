"""The settings, read once at the start: the environment (`MASA_WEB__PORT`), then `masa.toml` in the working directory.

Every bad value stops the command with a SettingsError that names its source, the value and what is expected.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as SourceError

from bot.errors import SettingsError
from handlers.content_policy import ContentPolicy

PREFIX = "MASA_"
FILE = Path("masa.toml")


# --- values -------------------------------------------------------------------------------------
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


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
HttpUrl = Annotated[str, BeforeValidator(_http_url)]
Port = Annotated[int, Field(ge=0, le=65535)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


# --- sections -----------------------------------------------------------------------------------
class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Web(_Section):
    host: Name = "127.0.0.1"
    port: Port = 8080
    """0: any free one."""
    base_url: HttpUrl = ""
    """As people type it; empty: made of host and port."""


class Telegram(_Section):
    token: SecretStr = SecretStr("")
    """Empty: the channel is off."""
    base_url: HttpUrl = "https://api.telegram.org"
    """A Bot API server: `{base}/bot{token}/{method}`."""
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: SecretStr = SecretStr("")
    content: ContentPolicy = "full"


class Slack(_Section):
    bot_token: SecretStr = SecretStr("")
    """Empty: the channel is off."""
    signing_secret: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    """Set: Socket Mode."""
    base_url: HttpUrl = "https://slack.com/api"
    content: ContentPolicy = "full"


class Schedule(_Section):
    digest_at: TimeOfDay = time(17, 0)
    morning_at: TimeOfDay = time(8, 15)


class Knowledge(_Section):
    """Another house's knowledge; None: the shipped one."""

    articles: Path | None = None
    catalogue: Path | None = None


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    database_url: Annotated[str, BeforeValidator(_database_url)] = "sqlite:///masa.db"
    data_dir: Path = Path("masa-data")
    """Attachments."""
    institution: Name = "Belediye"
    timezone: Annotated[ZoneInfo, BeforeValidator(_timezone)] = ZoneInfo("Europe/Istanbul")
    demo: bool = False
    """Demo people and rooms, on loopback only."""
    watchdog_seconds: Annotated[float, Field(gt=0, le=3600)] = 10.0
    """A handler that takes longer is noticed, and its message tried again."""
    web: Web = Web()
    telegram: Telegram = Telegram()
    slack: Slack = Slack()
    schedule: Schedule = Schedule()
    knowledge: Knowledge = Knowledge()

    @property
    def base_url(self) -> str:
        """Where people find the web chat, without a slash at the end."""
        host = f"[{self.web.host}]" if ":" in self.web.host else self.web.host
        return self.web.base_url or f"http://{host}:{self.web.port}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never stand in a log."""
        channels = (self.telegram.token, self.telegram.webhook_secret, self.slack.bot_token)
        found = (*channels, self.slack.signing_secret, self.slack.app_token)
        return tuple(value for secret in found if (value := secret.get_secret_value()))

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


# --- loading ------------------------------------------------------------------------------------
def load(file: Path = FILE) -> Settings:
    """Raises SettingsError."""
    text = _read(file)
    try:
        settings = Settings(**_parse(file, text))
    except ValidationError as error:
        raise _first_of(error, file, text) from None
    except SourceError as error:
        field = re.search(r'field "(\w+)"', str(error))
        name = f"{PREFIX}{field[1]}".upper() if field else PREFIX
        raise SettingsError(name, _quoted(os.environ.get(name, "")), f"a JSON object, or {name}__NAME") from None
    if settings.demo and not _is_loopback(settings.web.host):
        raise SettingsError(
            _source(("web", "host"), file, text),
            _quoted(settings.web.host),
            f"a loopback address such as 127.0.0.1, since {_source(('demo',), file, text)} lets anybody be anybody",
        )
    return settings


def unknown_names(environ: Mapping[str, str]) -> list[str]:
    """Variables that look like settings of ours and are none: most likely misspelt."""
    known = {f"{PREFIX}{field}".upper() for field in Settings.model_fields}
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


def _parse(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = str(error)
        at = re.search(r"line (\d+)", what)
        number = int(at[1]) if at else text.count("\n") + 1
        lines = text.splitlines()
        found = lines[number - 1].strip() if number <= len(lines) else ""
        raise SettingsError(f"{file}:{number}", _quoted(found), f"TOML ({what})") from None


def _first_of(error: ValidationError, file: Path, text: str) -> SettingsError:
    details = error.errors()[0]
    path = tuple(str(part) for part in details["loc"])
    return SettingsError(_source(path, file, text), _found(path, details), _wanted(details))


def _source(path: tuple[str, ...], file: Path, text: str) -> str:
    """The variable that set it, else file and line; where neither did, the variable that could."""
    by_name = {name.upper(): name for name in os.environ}
    for length in range(len(path), 0, -1):
        name = by_name.get(PREFIX + "__".join(path[:length]).upper())
        if name and os.environ[name]:
            return name
    line = _line_of(path, text)
    return f"{file}:{line}" if line else PREFIX + "__".join(path).upper()


def _line_of(path: tuple[str, ...], text: str) -> int | None:
    """Where a key of a TOML text is set: the first line without which the text does not hold it."""
    lines, start = text.splitlines(keepends=True), 1
    for number in range(1, len(lines) + 1):
        try:
            found: Any = tomllib.loads("".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value that takes several lines
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if found is not None:
            return start
        start = number + 1
    return None


_SECRET = frozenset({"token", "webhook_secret", "bot_token", "signing_secret", "app_token"})


def _found(path: tuple[str, ...], details: ErrorDetails) -> str:
    if details["type"] == "extra_forbidden":
        return f"unknown setting {'.'.join(path)}"
    if path[-1] in _SECRET:
        return "a value that is not shown here"
    return _quoted(re.sub(r"(://[^:/@]*:)[^@]*@", r"\1***@", str(details["input"])))


def _wanted(details: ErrorDetails) -> str:
    limits = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            return "one of the settings in the README"
        case "expected":
            return str(limits["what"])
        case "bool_parsing" | "bool_type":
            return "1 or 0 (true or false)"
        case "int_parsing" | "int_type" | "int_from_float":
            return "a whole number"
        case "model_type" | "model_attributes_type":
            return "a section with settings of its own"
        case "literal_error":
            return str(limits["expected"])
        case _:
            return re.sub(r"^Input should be (a valid )?", "", details["msg"])


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _quoted(value: str) -> str:
    return repr(value if len(value) <= 200 else value[:200] + "…")
