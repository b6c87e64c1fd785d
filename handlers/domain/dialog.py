"""Where one person's talk with the desk stands: the report being made, and what the desk is waiting to hear."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from handlers.domain.people import PersonId


class Expect(StrEnum):
    """What the next free text of this person in this conversation answers."""

    NOTICE = "notice"
    NAME = "name"
    DEPARTMENT = "department"
    ROOM = "room"
    FACT = "fact"
    RESOLUTION = "resolution"
    WAIT_DETAIL = "wait_detail"
    QUESTION = "question"
    """The technician types what to ask the reporter."""
    ANSWER = "answer"
    """The reporter answers a technician, who asked them something."""
    WORD = "word"
    """The same where the technician wrote without asking: what is clearly something else is none."""
    VISIT = "visit"
    """When a technician comes, as they agreed by telephone; or a photo of the closed door, or a note."""
    PROMISE = "promise"
    """The day that a technician promises the reporter."""
    OUTAGE_LINE = "outage_line"
    """A line to everybody who has the outage."""
    OUTAGE_CAUSE = "outage_cause"
    OUTAGE_END = "outage_end"
    """What those who had it are told at its end."""
    OUTAGE_NOTE = "outage_note"
    """One of the questions after it."""
    OUTAGE_ACTIONS = "outage_actions"
    """What shall be done about it."""
    BLANK = "blank"
    """What stands in a place of a hazır yanıt."""
    APPROVER = "approver"
    """Whose yes is asked for."""
    APPROVAL_WHY = "approval_why"
    DOCUMENT = "document"
    """Day and number of what was written behind a yes."""
    REFUSAL = "refusal"
    """Why there is none."""
    APPROVAL_QUESTION = "approval_question"
    APPROVAL_ANSWER = "approval_answer"
    OPEN_LINES = "open_lines"
    """Why required lines of a checklist stay open."""
    EVIDENCE = "evidence"
    """The photo, file or number that is wanted of a düzenli iş, or why there is none."""
    DEVICE = "device"
    """The number of the device that a ticket is about."""
    DEVICE_NEW = "device_new"
    """A number of a device that is recorded, or where it stands."""
    DEVICE_PLACE = "device_place"
    DEVICE_FIX = "device_fix"
    HANDOVER_TO = "handover_to"
    """To whom devices are handed over."""
    HANDOVER_OUTSIDE = "handover_outside"
    """To whom outside the house, and until when."""
    HANDOVER_CODE = "handover_code"
    """What the receiver reads out."""
    HANDOVER_PAGE = "handover_page"
    """A photo of the signed page."""
    ORDER_REASON = "order_reason"
    """Why nothing leaves the depot."""
    ORDER_SIGNED = "order_signed"
    """The EBYS number of an order, or a photo of its signed page."""
    RETURN_NOTE = "return_note"
    """What is missing or damaged of what came back."""
    SWAP_TO = "swap_to"
    """To whom something is passed on."""
    SCRAP_OPINION = "scrap_opinion"
    """A line of technical opinion on what is proposed to be scrapped, or its photo."""
    SCRAP_DISK = "scrap_disk"
    """How its disk was wiped, or by which record it was destroyed."""
    COUNT = "count"
    """Rooms, numbers and photos of labels, one after the other until Bitir."""
    SERVICE_FORM = "service_form"
    """A photo or file of what the firm signed."""
    SERVICE_WHY = "service_why"
    """Why there is none."""
    TERM_END = "term_end"
    """Until when a süreli kayıt was renewed."""
    ANNOUNCED = "announced"
    """The müdürlük to which what was written is announced."""
    TRACKED = "tracked"
    """Of a document to be answered: the number of its answer, its new last day, or who answers it."""
    CANCEL_REASON = "cancel_reason"
    MERGE_TARGET = "merge_target"
    CALLER = "caller"
    """`/adina`: for whom."""
    CALLER_REPORT = "caller_report"
    REOPEN_REASON = "reopen_reason"
    ARTICLE = "article"
    """A lead writes the corrected text of an article."""


@dataclass(slots=True, kw_only=True)
class Expectation:
    kind: Expect
    ticket: int | None = None
    detail: str = ""
    """What exactly: a fact's name, a wait's state, a caller's handle."""
    rest: list[str] = field(default_factory=list)
    """What will be asked after it."""
    asked: str = ""
    """Slot of the message that asked, to be settled when the answer is there."""


class Phase(StrEnum):
    """How far a report without a ticket is: NEW, then one of the answers, then a ticket, or WORKED. The values are
    stored."""

    NEW = "new"
    SUGGESTED = "suggested"
    """The steps to try, or of a request what will happen."""
    ASKED = "asked"
    """Which of two or three near subjects it is."""
    OPEN_QUESTION = "open_question"
    """What happened, in their own words."""
    NOT_OURS = "not_ours"
    """None of the directorate's business."""
    WORKED = "worked"
    """The steps helped; no ticket unless they come back."""
    CALLER = "caller"
    """Opened on behalf of somebody: for whom, and what they report."""
    CALLER_OFFERED = "caller_offered"
    """The same, ready to be opened."""

    @property
    def is_answered(self) -> bool:
        """Whether an answer to the report stands there, with its buttons."""
        return self in (Phase.SUGGESTED, Phase.ASKED, Phase.OPEN_QUESTION, Phase.NOT_OURS)

    @property
    def is_shown(self) -> bool:
        """Whether a message stands in the draft's slot."""
        return self.is_answered or self is Phase.CALLER_OFFERED

    @property
    def is_on_behalf(self) -> bool:
        return self in (Phase.CALLER, Phase.CALLER_OFFERED)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A report that has no ticket yet."""

    id: str
    started_at: datetime
    changed_at: datetime
    texts: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """Event keys of the texts, in the same order: an edit on the platform replaces its text."""
    files: list[str] = field(default_factory=list)
    phase: Phase = Phase.NEW
    category: str | None = None
    article: str | None = None
    candidates: list[str] = field(default_factory=list)
    """Categories offered, best first."""
    dismissed: list[str] = field(default_factory=list)
    """Categories that were not it."""
    tried_article: str | None = None
    tried: int = 0
    reasons: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    urgent: bool = False
    waiting_citizens: bool = False
    due_today: bool = False
    second: str | None = None
    """The category of another problem in the same report."""
    second_article: str | None = None
    parts: list[str] = field(default_factory=list)
    """The words of the first problem and of the second."""
    reminded: bool = False
    not_outages: list[int] = field(default_factory=list)
    """Heads of known outages that it is not of, as its writer says."""
    not_works: list[int] = field(default_factory=list)
    """The same of planned work."""
    for_person: PersonId | None = None
    """Opened by a technician for this colleague."""
    untold: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def slot(self) -> str:
        """The one message that carries the suggestion; it is replaced in place."""
        return f"draft:{self.id}"


@dataclass(slots=True, kw_only=True)
class Dialog:
    """One person in one conversation (in a unit's room there are many)."""

    conversation: str
    person: PersonId
    draft: Draft | None = None
    expects: Expectation | None = None
    """What the desk asked."""
    asked_by_workers: list[Expectation] = field(default_factory=list)
    """What technicians asked or wrote, oldest first and one a ticket; it stands beside what the desk asks."""
    last_ticket: int | None = None
    """The ticket last spoken of here: a bare "teşekkürler" or photo belongs to it."""
    changed_at: datetime | None = None
    version: int = 0
