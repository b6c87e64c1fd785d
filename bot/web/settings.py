"""What the web channel needs to know, parsed elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.setting_types import PRIVATE_NETWORKS, opens_only_here
from bot.web.printed import PrintedForm, PrintedSheet
from handlers.context import Desk
from handlers.domain.brought_lists import ReadAs
from handlers.domain.device_lists import DeviceList
from handlers.domain.people import Person, PersonId
from handlers.domain.staff_lists import StaffList
from handlers.ports import UnitOfWork
from handlers.queries.door_cards import Door
from handlers.queries.status import Status
from handlers.reports.months import MonthReport
from handlers.reports.ticket_export import Export
from handlers.reports.years import YearReport
from handlers.tickets.order_drafts import OrderDraft
from handlers.tickets.outage_notes import OutageNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """As it is printed for somebody."""

    name: str
    department: str
    code: str
    link: str


LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Printout(Generic[T]):
    """A page of ours as a PDF."""

    look: Callable[[UnitOfWork, datetime, Person, int], T]
    """What stands in the one of that number, for that person; raises what the use case raises."""
    draw: Callable[[T], bytes]


@dataclass(frozen=True, slots=True)
class SetupCode:
    """By which the first admin of a house comes in; only its hash is kept."""

    hash: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PushOffer:
    """What a browser needs so that it can ring although no page is open."""

    public_key: Callable[[], str]
    accepts: Callable[[str], bool]
    """Whether this house sends to that address."""
    keys_are_sound: Callable[[str, str], bool]
    """Of those that a browser gave: its public key, and its secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSetting:
    """One that an operator made, as a page shows it; a secret's value is not in it."""

    section: str
    name: str
    value: str
    variable: str
    """The environment variable that sets it."""
    source: str | None
    """The variable, or file and line, that did; None: it is as the desk comes."""


NEWEST_ARRIVALS = 10_000
"""As many are looked through for the last of each channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """How a channel is doing, as a page shows it."""

    name: str
    title: str
    has_settings: bool
    """It is a platform's; the others are the desk's own programs."""
    is_on: bool
    """As the settings stand now."""
    runs: bool
    """In this process, since its start."""
    trouble: str = ""
    """In Turkish; empty: none."""
    last_in: datetime | None = None
    """Among the newest NEWEST_ARRIVALS of all channels: whatever came in, a form of the panel too."""
    last_out: datetime | None = None
    """Since the start of the process."""
    error: str = ""
    error_at: datetime | None = None
    waiting: int = 0
    given_up: int = 0
    abroad: str = ""
    """What a foreign platform gets, and on what basis; empty: nothing leaves the country."""
    is_unfounded: bool = False
    """It gets more than anything that was recorded lets it have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTest:
    """What came of a message to oneself."""

    said: Sequence[str]
    is_ok: bool = False
    seconds: float | None = None
    """There and back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFile:
    name: str
    size: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupView:
    """What the page Yedek shows."""

    possible: bool
    """False on PostgreSQL, which has tools of its own."""
    folder: str
    last_at: datetime | None = None
    """Whoever took it."""
    last: str = ""
    """Its file, size and place."""
    files: Sequence[BackupFile] = ()
    """Those that the page took, newest first."""
    percent: int | None = None
    """While one is being taken."""
    failed: str = ""
    """Why the last one that the page began was not taken."""
    done: str = ""
    """What came of it."""


class SharedFiles(Protocol):
    """Files that one process makes, and any of them hands out. Blocking."""

    def put(self, key: str, line: Mapping[str, Any], content: bytes | None = None) -> None: ...
    def line(self, key: str) -> Mapping[str, Any] | None: ...
    def lines(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """With their keys."""

    def content(self, key: str) -> bytes | None: ...
    def drop(self, key: str) -> None: ...


LOGO_PATH = "/kurum-logosu.png"


class Logo(Protocol):
    """Of the house, as a PNG."""

    @property
    def version(self) -> str:
        """Empty: there is none."""

    @property
    def has_before(self) -> bool: ...
    def read(self) -> bytes | None: ...
    def keep(self, content: bytes) -> None:
        """Raises Invalid."""

    def remove(self) -> None: ...
    def take_back(self) -> None: ...


class Backups(Protocol):
    def view(self, uow: UnitOfWork) -> BackupView: ...
    def start(self, by: PersonId) -> bool:
        """Beside the desk's work; False where one is being taken."""


class Channels(Protocol):
    def states(self, uow: UnitOfWork) -> Sequence[ChannelState]: ...
    async def test(self, name: str, address: str | None, text: str) -> ChannelTest: ...


@dataclass(frozen=True, slots=True)
class LabelToPrint:
    token: str
    number: str
    asset_no: str
    model: str


class DeviceFiles(Protocol):
    """Files of devices. Blocking: seconds for a large house."""

    @property
    def sheets(self) -> Mapping[str, tuple[str, int]]:
        """Kinds of sheets for labels: their title, and how many are on one."""

    def read(self, content: bytes | str, today: date, said: ReadAs) -> DeviceList:
        """Raises UnreadableList."""

    def workbook(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes: ...
    def pages(self, printed: PrintedSheet) -> bytes: ...
    def form(self, printed: PrintedForm) -> bytes: ...
    def labels(self, labels: Sequence[LabelToPrint], sheet: str, start: int) -> bytes:
        """`start`: the first label of the first sheet that is free, from 1."""

    def test_page(self, sheet: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class AgentAccess:
    """By which inventory agents are let in."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    base_url: str = "http://127.0.0.1:8080"
    """How browsers reach the page; its host is always allowed, `https` makes cookies Secure."""
    allowed_hosts: tuple[str, ...] = ()
    """Further host names; a request for any other is refused (DNS rebinding)."""
    demo: bool = False
    """A person picker instead of signing in; for loopback only."""
    institution: str = "Belediye"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Istanbul"))
    subjects: Mapping[str, str] = field(default_factory=dict)
    """Title of each category, as the catalogue has it."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Title of each unit."""

    tells_places: bool = True
    """Whether a reporter is told how many stand before them."""
    max_file_bytes: int = 20 * 1024 * 1024
    max_files: int = 5
    guest_bytes: int = 25_000_000
    """What somebody whom nobody knows may send in files within a day; more is not even read. 0: as everybody else."""
    max_text: int = 8000
    messages_a_minute: int = 100
    """Messages and presses of one person."""
    guests_a_minute: int = 30
    """New browsers from one address."""
    codes_a_minute: int = 20
    """Codes for joining that are tried from one address."""
    session_days: int = 30
    """A session that nobody used for so long has ended."""
    streams_a_session: int = 20
    """Open pages of one browser, each with its stream."""
    rights_every: float = 30.0
    """Seconds after which an open stream asks again whether its person may still listen."""

    door_cards: Callable[[Sequence[Door]], bytes] | None = None
    """Draws the cards for these doors, as a PDF."""
    outage_note: Printout[OutageNote] | None = None
    order_draft: Printout[OrderDraft] | None = None
    month_report: Callable[[MonthReport], bytes] | None = None
    """Draws a unit's month, as a PDF."""
    year_reports: Mapping[str, Callable[[YearReport], bytes]] = field(default_factory=dict)
    """What writes the report of a year as a file, by the ending of its name."""
    push: PushOffer | None = None
    """None: browsers ring only while a page is open."""
    internal_networks: tuple[str, ...] = PRIVATE_NETWORKS
    """From these the status page is open without signing in."""
    ticket_exports: Mapping[str, Callable[[Export], bytes]] = field(default_factory=dict)
    """What writes a list of tickets as a file, by the ending of its name."""
    staff_list: Callable[[bytes | str, ReadAs], StaffList] | None = None
    """Reads a list of staff, a file's bytes or what was pasted, as it was said. Raises UnreadableList."""
    devices: Callable[[], DeviceFiles] | None = None
    """Made when they are asked for: what sets pages is no part of the start."""
    agents: AgentAccess | None = None
    """None: no inventories are taken."""
    label_url: str = ""
    """Under which address labels are printed; empty: the base URL."""
    invitations: Callable[[Sequence[Invitation]], bytes] | None = None
    """Draws these as a PDF, some on a page."""
    telegram_name: Callable[[], str] = str
    """What people call the bot there, without its @; empty: there is none, or nobody knows it yet."""
    slack_app: Callable[[], str] = str
    """The id of the app there; empty: it is off, or nobody knows it."""
    operators: Callable[[], Sequence[ShownSetting]] = tuple
    """What stands in `masa.toml` and in the environment."""
    channels: Channels | None = None
    setup_code: SetupCode | None = None
    """None: none was printed, the house has an admin."""
    backups: Backups | None = None
    logo: Logo | None = None
    list_files: SharedFiles | None = None
    """Where those that take longer are laid down for every process; None: there is one."""
    lookers: SharedFiles | None = None
    """Where each process lays down who has which ticket open; None: there is one."""
    brought_lists: SharedFiles | None = None
    """Where staff lists lie that were brought, until they are taken in; None: there is one process."""
    desk: Desk | None = None
    """What the panel's use cases and queries work with; None: there is no panel."""
    status: Callable[[UnitOfWork, datetime], Status] | None = None
    """How the systems stand at that moment; None: there is no status page."""
    metrics: Callable[[], bytes] | None = None
    health: Callable[[], Mapping[str, Any]] | None = None
    """`ok` False answers 503."""

    @property
    def secure(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def opens_only_here(self) -> bool:
        """Nobody else gets in by the address that pages, invitations and codes tell."""
        return opens_only_here(self.base_url)

    @property
    def hosts(self) -> frozenset[str]:
        own, of_labels = urlsplit(self.base_url).hostname, urlsplit(self.label_url).hostname
        return LOOPBACK | {host.lower() for host in (own, of_labels, *self.allowed_hosts) if host}

    @property
    def max_body(self) -> int:
        """All files of a message at their largest, the text, and room for the form around them."""
        return self.max_files * self.max_file_bytes + 1_000_000

    @property
    def max_guest_body(self) -> int:
        return min(self.max_body, self.guest_bytes + 1_000_000) if self.guest_bytes else self.max_body

    @property
    def logo_address(self) -> str:
        """Another one with another logo; empty: the house has none."""
        return f"{LOGO_PATH}?{self.logo.version}" if self.logo is not None and self.logo.version else ""

    def subject(self, category: str | None) -> str:
        return self.subjects.get(category or "", "Konusu belirlenecek")
