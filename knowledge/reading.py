"""What the desk understood of one message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Decision(StrEnum):
    """suggest: one article or category is near enough to show; ask: one of the first three; reject: not ours."""

    suggest = "suggest"
    ask = "ask"
    reject = "reject"


class Intent(StrEnum):
    """What a message wants. All but `report` are answers, courtesies or questions to the desk itself."""

    report = "report"
    small_talk = "small_talk"
    thanks = "thanks"
    status = "status"
    cancel = "cancel"
    yes = "yes"
    no = "no"
    human = "human"
    help = "help"

    # what a line wants that is said into a talk, where something was answered or asked before (`knowledge.talk`)
    worked = "worked"
    not_worked = "not_worked"
    wait = "wait"
    """They are trying it, or will soon."""
    step_question = "step_question"
    """How a step is done, or where a thing is."""
    not_understood = "not_understood"
    cannot = "cannot"
    """They are not able to do the steps, or will not."""
    already_tried = "already_tried"
    wrong_guess = "wrong_guess"
    """What was understood is not what they meant."""
    correction = "correction"
    """Of their name, or of a word of the report: "yazıcı değil tarayıcı"."""
    more = "more"
    """Of the same matter: a room, a device, how many, how urgent."""
    another = "another"
    """Another problem beside the first."""
    wish = "wish"
    """When or how somebody should come: "yarın gelin"."""
    impatience = "impatience"
    anger = "anger"
    broken_again = "broken_again"
    me_too = "me_too"
    off_topic = "off_topic"
    """Of lunch, the weather, a feast: of nothing that stands."""
    word = "word"
    """What a word means that was used: "drum nedir"."""
    answer = "answer"
    """To what was asked; whether it is one, only the question tells."""


class Hazard(StrEnum):
    """An emergency that skips the steps."""

    burning = "burning"
    fire = "fire"
    malware = "malware"
    phishing = "phishing"
    """A password or the like was given away."""
    data_leak = "data_leak"
    lost_key = "lost_key"
    """A card or token that signs in somebody's name is lost."""
    building_offline = "building_offline"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One category with its best article. `score`: how likely it is this one, 0 to 1."""

    category: str
    article: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What was said that a ticket needs to know, as typed (numbers alone where a number is meant)."""

    room: str | None = None
    floor: str | None = None
    department: str | None = None
    device: str | None = None
    asset_no: str | None = None
    staff_no: str | None = None
    error: str | None = None
    phone: str | None = None
    since: str | None = None
    people: str | None = None
    deadline: str | None = None
    soon: bool = False
    """Whether the deadline is today, as far as the message tells."""
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole of it. `second`: another category that the same message reports beside the first, if it does; `parts`:
    then the words of the first and the words of the second. `explicit`: the intent is said in so many words, and no
    guess; `bare`: it is then no more than a yes or no."""

    text: str
    decision: Decision
    intent: Intent
    unit: str | None
    candidates: tuple[Candidate, ...]
    hazard: Hazard | None = None
    citizens_waiting: bool = False
    facts: Facts = field(default_factory=Facts)
    reasons: tuple[str, ...] = ()
    second: Candidate | None = None
    parts: tuple[str, ...] = ()
    explicit: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a line wants that is said into a talk. `shares`: how likely each intent is, 0 to 1, as far as its words
    tell, the likeliest first; `outright`: a way of saying it that needs no likelihood."""

    shares: Mapping[Intent, float]
    outright: bool
    facts: Facts
    citizens_waiting: bool

    @property
    def intent(self) -> Intent:
        return next(iter(self.shares))
