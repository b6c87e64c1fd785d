"""What a line wants, given what stands before its writer.

The words tell it (`knowledge.talk`), the report's reader tells a fault, and what stands decides between them: a plainly
new report is one whatever stands, a real answer is an answer, and where nothing stands nothing takes a report away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.chat import corrections_told, digressions, follow_up, numbers_told, off_topic, shortcuts, solved
from handlers.chat.facts import facts_of
from handlers.chat.follow_up import Move
from handlers.chat.standing import OF_A_DRAFT, Standing, Stands
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect
from handlers.domain.states import SolvedBy
from knowledge import Decision, Fragment, Intent, Reading, glossary
from knowledge.explicit import begins_with_a_failure
from knowledge.language.folding import folded
from knowledge.language.names import is_talk


@dataclass(frozen=True, slots=True)
class Heard:
    """`outright`: said in so many words, and no guess."""

    wants: Intent
    outright: bool
    reading: Reading
    fragment: Fragment


LIKELY = 0.5
"""The share from which on the words of a line tell what it wants."""
AT_LEAST = 0.2
"""The share from which on what tells of no fault is taken for what it is most like."""
PERHAPS = 0.05
"""The share of a report from which on another subject decides."""
SURELY = 0.75
"""The same where they would otherwise be the answer to a question."""
NEAR = 0.1
"""The likelihood from which on a subject is among those that are meant."""
FEW_WORDS = 5
"""Words of a line that tells no more than where somebody is."""
FEWEST_WORDS = 2
"""Words in which something else can be told."""
LONG_WORDS = 4
"""Words from which on another subject is one, whatever was asked."""
_PERHAPS_A_REPORT = frozenset(
    {Intent.report, Intent.another, Intent.more, Intent.me_too, Intent.broken_again, Intent.not_worked, Intent.human}
)
"""What looks like these is a report where it plainly names another subject."""
_SAYS_NOTHING = frozenset({Intent.report, Intent.more, Intent.answer, Intent.another})
"""What looks like these answers a question."""
_DID = re.compile(r"\w(?:d[iu]|t[iu])[mk]\b")
"""What they did themselves: "taktım", "denedik"."""
_TOLD_ONCE_MORE = frozenset({Intent.report, Intent.more, Intent.not_worked, Intent.broken_again, Intent.answer})
"""What looks like these may be the report once more."""
_OF_A_TICKET = (Standing.TICKET, Standing.PERHAPS)
"""Of one that somebody works on."""
_READ_ANEW = (Standing.STEPS, Standing.REQUEST, Standing.CHOICE)
"""Where "it is not this" makes room for what it is instead."""
_FAILED = frozenset({Intent.not_worked, Intent.broken_again})
_SOLVED = re.compile(r"\b(?:duzel(?:di|mis)|cozul(?:du|mus)|hallol(?:du|mus)|hallet(?:tim|tik))\b")
_NOW_ALSO = re.compile(r"\b(?:bu (?:defa|sefer)|bir? ?de|simdi de?)\b")
"""What makes another problem of the same subject: "yönlendirme oldu, yalnız bu defa da numara görünmüyor"."""
_TURN = re.compile(r"\b(?:ama|fakat|yaln[ıi]z|da|de)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(r"(?:evet|hay[ıi]r|yok|var)\b", re.IGNORECASE)
_COURTESIES = (Intent.small_talk, Intent.help)
"""What adds nothing must be plain, or it is taken for something that does."""
_GUESSES = (Intent.report, Intent.yes, Intent.no, Intent.human)
"""Where nothing is asked they answer nothing, unless they are said outright."""
_OF_NO_QUESTION = frozenset(
    {
        *(Intent.anger, Intent.not_understood, Intent.wrong_guess, Intent.cancel, Intent.worked, Intent.status),
        *(Intent.impatience, Intent.human, Intent.wait, Intent.step_question, Intent.wish, Intent.me_too),
        Intent.small_talk,
    }
)
"""What answers no question, in whatever words it might be answered."""
_ANSWERED_SO = {"tarih": frozenset({Intent.wish, Intent.wait}), "kisi": frozenset({Intent.me_too})}
"""But the question for a day is answered by a wish, and the one for people by who has it as well."""
_OF_NO_THING = frozenset(Intent) - _SAYS_NOTHING - {Intent.correction, Intent.help}
"""What answers no question for a place or a thing."""
_IN_ANY_WORDS = ("hata", "program", "tarih", "kisi")
"""Facts that are told in words of every kind: "bağlantı kurulamadı", "yarın", "bende de"."""
_SHOWN = ("hata", "program")
"""Of those the ones whose short answers look like another fault: "bağlantı kurulamadı", "excel açılmıyor"."""


def hear(turn: Turn, stands: Stands, text: str) -> Heard:
    reading, fragment = turn.understand(text), turn.desk.talk.read(text)
    wants, outright = _wants(turn, stands, text, reading, fragment)
    return Heard(wants, outright, reading, fragment)


def _wants(turn: Turn, stands: Stands, text: str, reading: Reading, fragment: Fragment) -> tuple[Intent, bool]:
    if reading.hazard is not None:
        return Intent.report, True
    said = _outright(reading)
    if said is Intent.cancel and stands.kind is not Standing.REQUEST and _SOLVED.search(folded(text)):
        return Intent.worked, True  # "iptal edin düzeldi": that it is over is why
    if said is not None:
        return said, True
    by_itself = fragment.outright and fragment.intent is Intent.worked and solved.told_how(text) is SolvedBy.ITSELF
    if by_itself and stands.kind in OF_A_DRAFT:
        return Intent.worked, True
    if stands.kind in OF_A_DRAFT and shortcuts.sends_on(text):
        return Intent.human, True
    if glossary.asked(text) is not None:
        return Intent.word, True
    if (
        stands.kind is Standing.STEPS
        and begins_with_a_failure(text)
        and not _names_another(stands, text, reading, fragment)
    ):
        return Intent.not_worked, True
    if numbers_told.put_right(turn, stands, text) is not None:
        return Intent.correction, True
    reports = reading.decision is Decision.suggest and len(text.split()) > FEW_WORDS
    if corrections_told.is_about_a_name(text) and not reports:
        return Intent.correction, True
    if fragment.intent is Intent.correction and fragment.outright and stands.kind is not Standing.QUESTION:
        return Intent.correction, True
    if off_topic.is_chat(stands, text, reading, fragment):
        return Intent.off_topic, False
    if stands.kind is Standing.QUESTION:
        return _beside_question(turn, stands, text, reading, fragment), False
    if stands.kind is Standing.TECHNICIAN:
        return _beside_technician(stands, text, reading, fragment), False
    if stands.kind in (Standing.ENDED, Standing.NOTHING):
        return _where_nothing_is_asked(stands, text, reading, fragment), False
    if stands.kind is Standing.RESOLVED and _turns_to_another(turn, stands, text):
        return Intent.report, False
    return _of_what_stands(stands, text, reading, fragment), False


def _turns_to_another(turn: Turn, stands: Stands, text: str) -> bool:
    """ "yazıcı tamam da telefon çalışmıyor": what stands is done with, and something else is told."""
    behind = _TURN.split(text, maxsplit=1)[1:]
    told = behind[0].strip() if behind else ""
    if len(told.split()) < FEWEST_WORDS:
        return False  # "bende de var"
    reading, fragment = turn.understand(told), turn.desk.talk.read(told)
    if reading.intent is not Intent.report or reading.decision is Decision.reject:
        return False
    if _is_near(stands, reading) and not _NOW_ALSO.search(folded(told)):
        return False
    return _something_happens(told) or _like_a_report(fragment) >= LIKELY


def _outright(reading: Reading) -> Intent | None:
    """An answer in so many words; a bare yes or no answers only what was asked."""
    if not reading.explicit:
        return None
    match reading.intent:
        case Intent.yes:
            return Intent.yes if reading.bare else Intent.worked
        case Intent.no:
            return Intent.no if reading.bare else Intent.not_worked
        case Intent.human | Intent.cancel | Intent.thanks:
            return reading.intent
        case _:
            return None


def _of_what_stands(stands: Stands, text: str, reading: Reading, fragment: Fragment) -> Intent:
    """Of a report in the making, a ticket, or one that counts as done."""
    if stands.draft is not None and off_topic.is_said_again(stands.draft, text):
        return Intent.report
    if _only_tells_where(text, fragment):
        return Intent.more
    if _failed(text, fragment) and stands.kind not in _OF_A_TICKET:
        return fragment.intent
    if fragment.intent is Intent.wrong_guess and _names_another(stands, text, reading, fragment):
        return Intent.wrong_guess if stands.kind in _READ_ANEW else Intent.report
    if _may_report(fragment) and _names_another(stands, text, reading, fragment):
        return Intent.another if stands.kind in OF_A_DRAFT else Intent.report
    if _is_another(fragment):
        return Intent.more if stands.kind in OF_A_DRAFT and reading.decision is Decision.reject else Intent.report
    if _still_the_same(stands, text, reading, fragment):
        return Intent.not_worked
    likeliest, share = _likeliest(stands, fragment)
    if likeliest is Intent.correction and stands.kind in OF_A_DRAFT and reading.decision is Decision.reject:
        return Intent.more  # "Ahmet Çelik, Park Bahçeler": nothing in it is put right
    if share >= (SURELY if likeliest in _COURTESIES else LIKELY) and likeliest is not Intent.report:
        return likeliest
    if reading.intent is not Intent.report and _is_believed(reading, likeliest):
        return _classical(reading)
    if _plainly_reports(stands, reading, fragment):
        return Intent.report
    likeliest, share = _likeliest(stands, fragment, leave_out=Intent.report)
    return likeliest if share >= AT_LEAST and likeliest not in _COURTESIES else Intent.more


def _like_a_report(fragment: Fragment) -> float:
    return fragment.shares.get(Intent.report, 0.0) + fragment.shares.get(Intent.another, 0.0)


def _is_another(fragment: Fragment) -> bool:
    return fragment.shares.get(Intent.another, 0.0) >= LIKELY


def _may_report(fragment: Fragment) -> bool:
    """Whether another subject in it may be another problem."""
    if fragment.outright and fragment.intent is Intent.human:
        return False
    return fragment.intent in _PERHAPS_A_REPORT or _like_a_report(fragment) >= PERHAPS


def _failed(text: str, fragment: Fragment) -> bool:
    """Plainly of what was tried or came again, whatever else is named: "başka usb ye taktım görmedi"."""
    if fragment.outright or fragment.intent not in _FAILED or fragment.shares[fragment.intent] < SURELY:
        return False
    said = folded(text)
    return shortcuts.lasts(said) or _DID.search(said) is not None


def _is_believed(reading: Reading, likeliest: Intent) -> bool:
    """Whether the reader of reports may say what it is: of a courtesy only where nothing contradicts it."""
    return reading.explicit or reading.intent not in _COURTESIES or likeliest in _COURTESIES


def _still_the_same(stands: Stands, text: str, reading: Reading, fragment: Fragment) -> bool:
    """What was reported is told once more, as lasting: the steps did not help. "kareler duruyor" """
    if stands.kind not in (Standing.STEPS, Standing.RESOLVED) or not shortcuts.lasts(text):
        return False
    if fragment.intent not in _TOLD_ONCE_MORE:
        return False
    return off_topic.repeats(stands, text) or (reading.intent is Intent.report and _is_kin(stands, reading))


def _is_kin(stands: Stands, reading: Reading) -> bool:
    """Whether the first reading is of what stands."""
    near = {_kin(category) for category in _subjects(stands)}
    return any(_kin(candidate.category) in near for candidate in reading.candidates[:1])


def _plainly_reports(stands: Stands, reading: Reading, fragment: Fragment) -> bool:
    """Whether it tells of a fault or a wish, as far as can be seen; what is near nothing belongs to what stands."""
    like_a_report = _like_a_report(fragment)
    if reading.decision is Decision.reject:
        return like_a_report >= SURELY and stands.kind in (Standing.OPEN_QUESTION, Standing.NOT_OURS, Standing.WORKED)
    if stands.kind is Standing.RESOLVED:
        return like_a_report >= LIKELY and not _is_kin(stands, reading)
    if stands.kind in _OF_A_TICKET:
        return like_a_report >= SURELY or reading.decision is Decision.suggest
    if stands.kind in (Standing.STEPS, Standing.REQUEST):
        return like_a_report >= LIKELY and not _is_kin(stands, reading)
    return stands.kind is Standing.OPEN_QUESTION or like_a_report >= LIKELY


def _likeliest(stands: Stands, fragment: Fragment, *, leave_out: Intent | None = None) -> tuple[Intent, float]:
    """Intents from which the same follows here count together."""
    shares = {intent: share for intent, share in fragment.shares.items() if intent is not leave_out}
    moves: dict[Move, float] = {}
    for intent, share in shares.items():
        move = follow_up.decide(stands.kind, intent, outright=False)
        moves[move] = moves.get(move, 0.0) + share
    best = max(moves, key=lambda move: moves[move])
    named = next(i for i in shares if follow_up.decide(stands.kind, i, outright=False) is best)
    return named, moves[best]


def _only_tells_where(text: str, fragment: Fragment) -> bool:
    """ "dahilim 1453", "3. kat": a place or a number, and nothing that is wrong."""
    facts = fragment.facts
    told = facts.room or facts.floor or facts.phone or facts.asset_no
    return bool(told) and len(text.split()) <= FEW_WORDS and not _something_happens(text)


def _something_happens(text: str) -> bool:
    return shortcuts.tells_of_trouble(text) or is_talk(text)


def _classical(reading: Reading) -> Intent:
    """What the reader of reports took it for; a yes or no that is none outright is a guess."""
    return {Intent.yes: Intent.worked, Intent.no: Intent.not_worked}.get(reading.intent, reading.intent)


def _names_another(stands: Stands, text: str, reading: Reading, fragment: Fragment) -> bool:
    """Whether it plainly reports something else than what stands: another subject, and that something is wrong."""
    if reading.intent is not Intent.report or reading.decision is not Decision.suggest:
        return False
    if not _something_happens(text) and _like_a_report(fragment) < SURELY:
        return False
    return not _is_near(stands, reading)


def _is_near(stands: Stands, reading: Reading) -> bool:
    """Whether any likely reading is of what stands."""
    near = {_kin(category) for category in _subjects(stands)}
    return any(_kin(candidate.category) in near for candidate in reading.candidates[:3] if candidate.score >= NEAR)


def _kin(category: str) -> str:
    """Subjects of one thing are not told apart in a talk: a printer that prints nothing, and one that jams."""
    return category.partition("-")[0]


def _subjects(stands: Stands) -> set[str]:
    draft, ticket = stands.draft, stands.ticket
    if stands.kind in _OF_A_TICKET:
        return set()  # what is reported once more may be added to it by a button
    if draft is not None:
        return {one for one in (draft.category, draft.second, *draft.candidates[:1]) if one}
    return {ticket.category} if ticket is not None and ticket.category else set()


def _where_nothing_is_asked(stands: Stands, text: str, reading: Reading, fragment: Fragment) -> Intent:
    """A report, unless it says plainly that it is none."""
    if shortcuts.me_too(text):
        return Intent.me_too
    if shortcuts.only_urges(text):
        return Intent.human
    if shortcuts.says_it_read(text):
        return Intent.small_talk  # the notice, long ago
    again = fragment.shares.get(Intent.broken_again, 0.0) >= LIKELY
    if again and stands.kind is Standing.ENDED and not _names_another(stands, text, reading, fragment):
        return Intent.broken_again
    return Intent.report if reading.intent in _GUESSES else reading.intent


# --- beside a question ------------------------------------------------------------------------------
def _beside_question(turn: Turn, stands: Stands, text: str, reading: Reading, fragment: Fragment) -> Intent:
    """What answers it, unless the words are plainly something else."""
    question = stands.question
    assert question is not None
    if shortcuts.skips(text):
        return Intent.answer
    if question.detail == "hata" and stands.ticket is not None and off_topic.adds_nothing(stands.ticket, text):
        return Intent.answer  # the report once more: whoever takes answers sees that it is none
    if _is_new_report(stands, text, reading, fragment):
        return Intent.report
    if fragment.outright and fragment.intent not in (*_SAYS_NOTHING, Intent.correction):
        return fragment.intent
    if reading.explicit and reading.intent is not Intent.report:
        return _classical(reading)
    if question.kind is not Expect.FACT:
        return Intent.answer
    if question.detail != "hata" and _failed(text, fragment):
        return fragment.intent  # "hâlâ çıkmıyor" names no program
    likeliest, share = _likeliest(stands, fragment)
    if "?" in text and likeliest not in _SAYS_NOTHING:
        return likeliest
    if share >= SURELY and likeliest in _beside(question.detail):
        return likeliest
    if "?" in text:
        return Intent.not_understood
    if question.detail in _IN_ANY_WORDS or _tells(question.detail, fragment) or digressions.of(turn, text) is None:
        return Intent.answer
    return likeliest if share >= LIKELY and likeliest not in _SAYS_NOTHING else Intent.wish


def _beside(fact: str) -> frozenset[Intent]:
    """What is no answer to the question for it."""
    if fact in _IN_ANY_WORDS:
        return _OF_NO_QUESTION - _ANSWERED_SO.get(fact, frozenset())
    return _OF_NO_THING


def _tells(fact: str, fragment: Fragment) -> bool:
    """Whether it says what was asked for, whatever it says beside that."""
    told = facts_of(fragment.facts)
    return bool(told.get(fact)) or (fact == "cihaz" and bool(told.get("demirbas")))


def _is_new_report(stands: Stands, text: str, reading: Reading, fragment: Fragment) -> bool:
    """Another fault altogether: another subject, and words that something is wrong or wanted."""
    question = stands.question
    another = _is_another(fragment)
    if another and fragment.outright and reading.decision is not Decision.reject and _something_happens(text):
        return True
    shows = question is not None and question.detail in _SHOWN
    thing = bool(fragment.facts.device) and not fragment.facts.program
    if shows and len(text.split()) < LONG_WORDS and not (another or thing):
        return False
    plainly = another or thing or fragment.shares.get(Intent.report, 0.0) >= AT_LEAST
    return plainly and _names_another(stands, text, reading, fragment)


def _beside_technician(stands: Stands, text: str, reading: Reading, fragment: Fragment) -> Intent:
    """Nearly everything is said to them, if only they wrote last."""
    if fragment.outright and fragment.intent is Intent.worked:
        return Intent.worked
    asked = stands.question is not None and stands.question.kind is Expect.ANSWER
    long = not asked or fragment.intent is Intent.another or len(text.split()) >= LONG_WORDS
    says = not asked or _something_happens(text)  # "siyah ekran bi de yanıp sönen çizgi" is what they asked for
    if long and says and _may_report(fragment) and _names_another(stands, text, reading, fragment):
        return Intent.report
    if reading.explicit and reading.intent in (Intent.help, Intent.thanks):
        return reading.intent
    if asked and _YES_OR_NO.match(text.lstrip()):
        return Intent.answer  # "evet yanıyor" is what they asked for
    return next((i for i in (Intent.anger, Intent.worked) if fragment.shares.get(i, 0.0) >= LIKELY), Intent.answer)
