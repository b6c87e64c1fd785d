"""What a line wants that is said into a talk: while steps, a question or a ticket stand before its writer.

A recogniser of its own, beside the one that reads reports: "bi dk deniyorum" is no report where something stands, and
must not take one away where nothing does. It knows sentences of every intent, and reports as what is none.
"""

import re
from collections.abc import Sequence
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
from knowledge.training import train
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
_TELLING = """
asks       nasil nasi nere* nerd* hangi* kac neden niye nicin nedir ne mi mu miy* muy* misin* musun*
asks       *miyim *muyum *miyiz
still      ne_zaman kacta nerede_kal* nerde_kal* hala halen daha kac_saat* kac_gun* *tir_bekl* saattir gundur gelen
still      giden
again      yine gene tekrar* yeniden nuks* bir_daha bi_daha eski_hali* geri_geldi geri_dondu ayni_yer*
we_too     bizde_de bende_de bizimki* benimki* ben_de biz_de bizim_de benim_de bana_da bize_de onlarda_da *da_da *de_de
we_too     *ta_da *te_de herkes*
when       yarin bugun pazartesi sali* carsamba persembe cuma cumartesi hafta* ogle* sabah* aksam* saat mesai*
come       gelin* gelsin* gelse* gelebil* gelirse* gelme* gelir* gelecek* ugra* arasin* arayin ara aramasin* arar*
come       getir* gonder* yolla*
unable     *amam *emem *amiyo* *emiyo* *amad* *emed* *amay* *emey* *amic* *emic* *amaz* *emez* kork* yasak yetki*
unable     elimden benlik
i_do       *iyorum *uyorum *iyoruz *uyoruz *iyom *uyom *iyoz *uyoz *acagim *ecegim *acagiz *ecegiz *icam *icem
i_do       *icaz *icez
i_do       *ucam *ucem *ayim *eyim *iyim *uyum *arim *erim *irim *urum *ariz *eriz *iriz *uruz
i_did      *dim *dum *tim *tum *dik *duk *tik *tuk *dik *mistim *mustum *mistik *mustuk
before     zaten onceden once coktan evvel bile hepsini
not_that   degil* demedim demiyorum istemedim baska* yanlis* alaka* ilgisi farkli
not_so     *miyo* *muyo* *madi* *medi* *mam* *mem* *maz* *mez*
hurry      acil* urgent ivedi acele* cabuk kuyruk* sira* kapida* toplanti* meclis ihale* baskan* vatandas* mukellef*
hurry      insan* kisi*
place      oda* kat* dahili* nolu numara* no
moment     dk dakka* dakika* sn saniye bekle bekleyin* dur birazdan az_sonra bi_sn hele
rude       rezalet rezil* yazik* ayip* bikt* yeter* sacma* sikayet* utan* dalga alay kepaze* lan sorumsuz* beceriksiz*
rude       bicim maas* insaf* cildir* illallah
thanks     tesek* sagol* sag_ol* eyvallah saglik
well       duzeld* cozuld* hallol* hallet* calisti calisiyo* oldu geldi acildi yaradi girdim gecti
step       adim* madde* birinci ikinci ucuncu dorduncu besinci dedig* soyledig* yazdig* anlat* tarif*
"""
"""What tells an intent whatever the words are about: a question, "again", "we too", when, an ability, a person. A star
stands for any letters, a low line for a blank."""


def _written(told: Sequence[str]) -> str:
    """Without a way to try a long word again and again: the endings of one are looked at once."""
    endings = [word[1:] for word in told if word.startswith("*") and not word.endswith("*") and "_" not in word]
    others = [_written_alone(word) for word in told if word[1:] not in endings or not word.startswith("*")]
    return "|".join([rf"\w*+(?:{'|'.join(rf'(?<={ending})' for ending in endings)})"] * bool(endings) + others)


def _written_alone(told: str) -> str:
    stem = told.strip("*").replace("*", r"\w*").replace("_", " ")
    match told.startswith("*"), told.endswith("*"):
        case True, True:
            return rf"(?>\w*?{stem})\w*+"
        case True, False:
            first, blank, rest = stem.partition(" ")
            return rf"\w*+(?<={first}){blank}{rest}"
        case _, ends:
            return stem + (r"\w*+" if ends else "")


def _signs() -> list[tuple[str, re.Pattern[str]]]:
    known: dict[str, list[str]] = {}
    for line in _TELLING.strip().splitlines():
        name, *told = line.split()
        known.setdefault(name, []).extend(told)
    return [
        (
            str(90001 + place),
            re.compile(rf"\b(?:{_written(told)})\b"),
        )
        for place, told in enumerate(known.values())
    ]


_SIGNS = _signs()
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
    """All its words, courtesies too, and a number for everything in it that tells an intent."""
    seen = visible(text)
    found = words(seen)
    said = " ".join(word.plain for word in found)
    signs = [name for name, pattern in _SIGNS if pattern.search(said)]
    signs += [_ASKED] if "?" in seen else []
    return of_words([*found, *(Word(name, len(seen), len(seen)) for name in signs)])


def make(training: Path = TRAINING) -> Model:
    """The same sentences always make the same recogniser."""
    known = examples(training)
    return train(known, digest(known), read=said_in_talk)


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
