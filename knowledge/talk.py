"""What a line wants that is said into a talk: while steps, a question or a ticket stand before its writer.

A recogniser of its own, beside the one that reads reports: "bi dk deniyorum" is no report where something stands, and
must not take one away where nothing does. It knows sentences of every intent, and reports as what is none.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from knowledge import hazards
from knowledge.corpus import Example, digest
from knowledge.errors import KnowledgeError
from knowledge.facts import facts
from knowledge.features import Features, of_words
from knowledge.mail_text import own_words
from knowledge.model import Model
from knowledge.reading import Fragment, Intent
from knowledge.text import Word, plain, visible, words
from knowledge.training import OF_SHORT_LINES, train
from knowledge.yaml_nodes import read_text

HERE = Path(__file__).parent
TRAINING = HERE / "training"
MODEL = HERE / "model" / "talk.npz"

_FROM_ANSWERS = {
    "cancel": Intent.cancel,
    "help": Intent.help,
    "human": Intent.human,
    "no": Intent.not_worked,
    "small_talk": Intent.small_talk,
    "status": Intent.status,
    "thanks": Intent.thanks,
    "yes": Intent.worked,
}
"""Sentences of `training/intents`, and what they want in a talk."""
_SHARPNESS = 5.0
_ASKED = "90000"

_SIGNS_ONLY = re.compile(r"\A[^\w?？]*+[?？]\W*+\Z")
_PHRASES: tuple[tuple[Intent, str], ...] = (
    (
        Intent.correction,
        (
            r"^(?:pardon |yok |hayir |yani )?(?!(?:ben|bende|bu|o|sorun\w*|konu|oyle|sadece)\b)\w+ degil(?! mi\b)"
            r"(?: o)? \w+(?: \w+){0,2}$"
        ),
    ),
    (
        Intent.another,
        r"^(?:bi ?de|bir ?de|ayrica|hem de|ustune|(?:baska )?bir? (?:sey|sorun\w*|dert\w*|ariza\w*) daha)\b",
    ),
    (Intent.cannot, r"\b(?:yapamam|yapamiyo\w*|beceremem|beceremiyo\w*|ugrasamam|elimden gelmez|yapamad\w+)\b"),
    (
        Intent.not_understood,
        (
            r"\b(?:anlamad\w+|anlayamad\w+|anlasilm\w+|ne demek|nasil yani|ne diyo\w*)\b"
            r"|^(?!(?:son )?(?:durum|haber|sonuc))\w+ ne(?: (?:ya|abi|ki|be|hocam|oluyor))?$"
            r"|\bne (?:sec|yap|yaz)\w* (?:bilmi|bilem)\w*"
        ),
    ),
    (
        Intent.wrong_guess,
        (
            r"\bne (?:alaka|ilgisi|ilgi)\w*|\balakasi yok\b|\bhicbiri\w*(?! (?:ise|yara|ol|calis|duzel))"
            r"|^(?:yok )?(?:bu|o|oyle|konu) (?:o |bu )?degil\b"
            r"|\b(?:derdim|sorunum|sikintim|meselem) (?:\w+ ){0,5}\w+m[ae](?:si|m|k)\b"
        ),
    ),
    (Intent.impatience, r"\b(?:ne zaman|kacta|saat kacta) (?:gel|bak|ugra)\w*|\bgelen (?:yok|olmadi)\b"),
    (Intent.small_talk, r"\b(?:yapay zeka|robot|bot|gercek insan)\w* m[iu]\w*|^haha\w*\b"),
    (
        Intent.human,
        (
            r"\b(?:teknisyen|eleman|usta|uzman|yetkili|birini?|arkadas)\w* (?:\w+ ){0,2}(?:yonlendir|gonder|yolla)\w*"
            r"|\bkonusa(?:cak|bilece)\w* (?:\w+ )?(?:kimse|biri)\w*|\bgelip (?:gor|bak)s\w*"
        ),
    ),
    (
        Intent.worked,
        (
            r"^(?:evet |simdi |hah )?cikti(?: cikti)?$"
            r"|\b(?:cizirti|ugultu|gurultu|parazit|titreme|cizgi|leke|uyari|takilma|donma|reklam|carpi|unlem)\w*"
            r" (?:kesildi|gitti|gecti|bitti|kalmadi|kayboldu|kalkti)\b"
            r"(?!.{0,160}\b(?:ama|yine|gene|tekrar|sonra|mi|hala|degil)\b)"
            r"|\b(?:duzeldi|duzelmis|cozuldu|halloldu|kendiliginden \w+)\b"
            r"(?!.{0,160}\b(?:ama|yine|gene|tekrar|sonra|mi|sanmi\w*|demi\w*|hala|degil)\b)"
        ),
    ),
    (Intent.wait, r"^(?:\w+ )?(?:bi|bir) (?:dk|dakka|dakika|sn|saniye)\b(?! (?:once|icinde|surme|gecme))"),
    (
        Intent.wait,
        r"^(?:tamam\w*|tm|tmm\w*|ok|okey|peki|anladim|olur)(?: tamam\w*| peki| anladim| deniyor\w*| bakiyor\w*)?$",
    ),
)
"""Ways of saying it that need no likelihood; the first that is found counts."""
_QUEUE = re.compile(
    r"\b(?:kuyruk|sira) (?:ol|birik|uza|kapi)\w*|\bkuyrukta (?:insan|vatandas|\d+)\w*|\b(?:insanlar|millet) bekl\w*"
)
_WHAT = re.compile(r"(?:h[aei]+|efendim|ney|ne|nasil|anlamadim|bu ne|ne bu|pardon)(?: (?:ne|bu))?")
_COMPILED = tuple((intent, re.compile(pattern)) for intent, pattern in _PHRASES)
_MOST_WORDS = 25
"""Who writes more tells of something."""


def examples(training: Path = TRAINING) -> list[Example]:
    """What there is to learn from: `talk/<intent>.txt`, where `report` holds sentences of every category, and the
    answers of `intents/`.

    Raises:
        KnowledgeError: a file is named for no intent.
    """
    found: list[Example] = []
    for file in sorted((training / "talk").glob("*.txt")):
        if file.stem not in Intent.__members__:
            raise KnowledgeError(file, None, f"the unknown intent '{file.stem}'", "one of " + ", ".join(Intent))
        found += [Example(line, file.stem) for line in _lines(file)]
    for stem, intent in _FROM_ANSWERS.items():
        found += [Example(line, intent) for line in _lines(training / "intents" / f"{stem}.txt")]
    first: dict[str, Example] = {}
    for example in found:
        first.setdefault(plain(example.text), example)  # said in two ways it counts as the one that stands first
    return sorted(first.values(), key=lambda e: (e.label, e.text))


def _lines(file: Path) -> list[str]:
    return [line.strip() for line in read_text(file).splitlines() if line.strip()]


def said_in_talk(text: str) -> Features:
    """All its words, courtesies too, and a number for a question."""
    seen = visible(text)
    found = words(seen)
    return of_words([*found, *([Word(_ASKED, len(seen), len(seen))] if "?" in seen else [])])


def make(training: Path = TRAINING) -> Model:
    """The same sentences always make the same recogniser."""
    known = examples(training)
    return train(known, digest(known), read=said_in_talk, copies=OF_SHORT_LINES)


@dataclass(frozen=True, slots=True)
class TalkReader:
    """Reads lines that are said into a talk. Immutable; safe to share between threads."""

    model: Model

    @classmethod
    def shipped(cls) -> "TalkReader":
        """The shipped one, read once. Raises ModelError: there is none, or it is damaged."""
        return _shipped()

    def read(self, text: str) -> Fragment:
        """Any text is answered, and the same text always in the same way."""
        own = own_words(text)
        said = plain(own)
        waiting = hazards.citizens_waiting(said) or _QUEUE.search(said) is not None
        outright = _outright(own, said)
        if outright is not None:
            return Fragment({outright: 1.0}, True, facts(own), waiting)
        return Fragment(self._shares(own), False, facts(own), waiting)

    def _shares(self, own: str) -> dict[Intent, float]:
        model = self.model
        scores = model.hear(said_in_talk(own)).margins()
        powers = np.exp((scores - scores.max()) * _SHARPNESS)
        shares = (powers / powers.sum()).tolist()
        likeliest = sorted(range(len(shares)), key=lambda place: -shares[place])
        return {Intent(model.labels[place]): round(shares[place], 4) for place in likeliest}


def _outright(own: str, said: str) -> Intent | None:
    if not said:
        return Intent.not_understood if _SIGNS_ONLY.fullmatch(own) else Intent.small_talk
    if "?" in own and _WHAT.fullmatch(said):
        return Intent.not_understood
    if len(said.split()) > _MOST_WORDS:
        return Intent.report
    return next((intent for intent, pattern in _COMPILED if pattern.search(said)), None)


@cache
def _shipped() -> TalkReader:
    return TalkReader(Model.load(MODEL))
