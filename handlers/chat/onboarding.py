"""The first minute: the privacy notice, then who you are. What was written first is kept and answered after it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chat import digressions, drafts, join_command, prompts, questions, report, report_answers, shortcuts
from handlers.chat.digressions import Digression
from handlers.chat.facts import facts_of
from handlers.chat.turn import Turn
from handlers.department_names import DepartmentNames
from handlers.domain.dialog import Expect, Expectation
from handlers.messages import Button
from handlers.people import accounts, join_codes, names
from handlers.people.names import MAX_NAME_LETTERS
from knowledge import Intent
from knowledge.language.folding import folded, one_line
from knowledge.language.names import SaidName, said_name
from knowledge.language.quoting import is_quoted

NOTICE, NOTICE_WAITS = "notice", "notice:waits"
NAME, DEPARTMENT, ROOM = "who:name", "who:department", "who:room"
NAME_OFFERED = "who:name:offered"
AS_TYPED = "Yazdığım gibi kalsın"
_WAY_IN = (Expect.NOTICE, Expect.NAME, Expect.DEPARTMENT, Expect.ROOM)


def is_complete(turn: Turn) -> bool:
    """Whether the notice was read (in its present version) and the person has said who they are."""
    on_the_way = turn.dialog.expects is not None and turn.dialog.expects.kind in _WAY_IN
    return turn.person.notice_version == turn.desk.notice_version and turn.person.known and not on_the_way


def is_code(turn: Turn, text: str) -> bool:
    """Where a name was asked a joining code may be typed as well."""
    waiting = turn.dialog.expects
    return waiting is not None and waiting.kind is Expect.NAME and join_codes.looks_like_code(text.partition(",")[0])


def next_step(turn: Turn, text: str, files: tuple[str, ...]) -> None:
    """One step on the short way in."""
    waiting = turn.dialog.expects
    meant = waiting is not None and questions.is_shown(turn, waiting) and not is_quoted(text)
    match waiting.kind if waiting else None:
        case Expect.NAME | Expect.DEPARTMENT | Expect.ROOM if shortcuts.is_command(text):
            ask_who(turn)
        case Expect.NAME | Expect.DEPARTMENT | Expect.ROOM if not meant and not is_code(turn, text):
            if _keep_words(turn, text, files):
                turn.dialog.expects = waiting
        case Expect.NAME | Expect.DEPARTMENT | Expect.ROOM if files:
            drafts.keep(turn, "", files)
            if text:
                next_step(turn, text, ())
            else:
                ask_who(turn)
        case Expect.NAME:
            _name(turn, text)
        case Expect.DEPARTMENT:
            _department(turn, text)
        case Expect.ROOM:
            _room(turn, text)
        case Expect.NOTICE if meant and shortcuts.has_read(text) and not files:
            notice_read(turn)
        case _ if shortcuts.is_command(text) and not files:  # Telegram's "Başlat" writes /start: that is no report
            _notice_first(turn)
        case _:
            _first_words(turn, text, files)


def _first_words(turn: Turn, text: str, files: tuple[str, ...]) -> None:
    """Smoke does not wait for a privacy notice."""
    if _keep_words(turn, text, files):
        prompts.cancel_prompt(turn)  # where they are is asked on the way in
        _show_notice(turn)
    else:
        _notice_first(turn)


def _keep_words(turn: Turn, text: str, files: tuple[str, ...]) -> bool:
    """Kept, and answered after the way in; only of an emergency there is a ticket at once. Whether it was one."""
    reading = turn.understand(text)
    begun = turn.dialog.draft
    says_nothing = reading.explicit and reading.intent is not Intent.report
    chat = begun is not None and begun.texts and not files and says_nothing
    draft = begun if begun is not None and chat else drafts.keep(turn, text, files)  # "alo" adds nothing
    if reading.hazard is not None:
        report_answers.answer(turn, draft, reading)
    return reading.hazard is not None


def _notice_first(turn: Turn) -> None:
    if turn.dialog.expects is None or turn.dialog.expects.kind is not Expect.NOTICE:
        _show_notice(turn)
        return
    button = Button("Okudum", "notice_read")
    turn.say(turn.address, "notice_waits", buttons=[button], slot=NOTICE_WAITS, fresh=True, kept=_has_written(turn))


def _has_written(turn: Turn) -> bool:
    """Whether there is something to answer afterwards."""
    return turn.dialog.draft is not None and bool(turn.dialog.draft.text.strip() or turn.dialog.draft.files)


def _show_notice(turn: Turn) -> None:
    """KVKK aydınlatma: shown before anything is asked, its showing recorded, and no consent."""
    if turn.person.notice_version == turn.desk.notice_version:
        ask_who(turn)
        return
    turn.person.notice_shown_at = turn.now
    turn.uow.people.save(turn.person)
    turn.dialog.expects = Expectation(kind=Expect.NOTICE, asked=NOTICE)
    turn.say(
        turn.address,
        "notice",
        buttons=[Button("Okudum", "notice_read")],
        slot=NOTICE,
        person=turn.person,
        platform=_platform(turn),
        read=False,
        kept=_has_written(turn),
    )


def _platform(turn: Turn) -> str:
    """Whose servers the words pass through; empty where they stay in the house."""
    known = turn.desk.channels
    return known.title(turn.channel) if known.is_external(turn.channel) else ""


def notice_read(turn: Turn) -> None:
    if turn.person.notice_version == turn.desk.notice_version:
        return
    turn.person.notice_version = turn.desk.notice_version
    turn.uow.people.save(turn.person)
    turn.say(
        turn.address,
        "notice",
        slot=NOTICE,
        person=turn.person,
        platform=_platform(turn),
        read=True,
        rings=False,
    )
    turn.uow.messages.disable_buttons(turn.address, NOTICE_WAITS)
    turn.dialog.expects = None
    if turn.person.known:
        _arrived(turn)
    else:
        ask_who(turn)


def ask_who(turn: Turn) -> None:
    """Ask for what is still missing of name, müdürlük and room; what the first message says is not asked for."""
    person = turn.person
    _take_in_place(turn)
    if not person.name and (said := _name_before(turn)) is not None:
        _take_name(turn, said)
        return
    if not person.name:
        turn.dialog.expects = Expectation(kind=Expect.NAME, asked=NAME)
        turn.say(turn.address, "who_name", slot=NAME, fresh=True)
    elif not person.department:
        turn.dialog.expects = Expectation(kind=Expect.DEPARTMENT, asked=DEPARTMENT)
        turn.say(turn.address, "who_department", slot=DEPARTMENT, fresh=True, person=person)
    elif person.room:
        _arrived(turn)
    else:
        turn.dialog.expects = Expectation(kind=Expect.ROOM, asked=ROOM)
        turn.say(turn.address, "who_room", buttons=[Button("Bilmiyorum, atla", "skip_room")], slot=ROOM, fresh=True)


def _name_before(turn: Turn) -> SaidName | None:
    """A name that was written, in a line of its own, before it was asked for; it is no part of the report."""
    draft = turn.dialog.draft
    for place, text in enumerate(draft.texts) if draft is not None else ():
        said = None if is_quoted(text) else said_name(text)
        if draft is not None and said is not None and said.sure and names.is_usable(said.name):
            del draft.texts[place], draft.keys[place]
            return said
    return None


def _take_in_place(turn: Turn) -> None:
    if turn.dialog.draft is None:
        return
    own = "\n".join(text for text in turn.dialog.draft.texts if not is_quoted(text))
    said = facts_of(turn.understand(own).facts)
    if not turn.person.department and (written := said.get("mudurluk", "")):
        turn.person.department = DepartmentNames.of(turn.uow).settled(written)
    turn.person.room = turn.person.room or said.get("oda", "")
    turn.uow.people.save(turn.person)


def _name(turn: Turn, text: str) -> None:
    """`Ayşe Yılmaz`, or all at once: `Ayşe Yılmaz, Mali Hizmetler, 312`. What does not look like a name is not written
    down unasked; what is none belongs to the report."""
    expects = turn.dialog.expects or Expectation(kind=Expect.NAME)
    first = one_line(text.partition(",")[0])
    if join_codes.looks_like_code(first):
        join_command.join(turn, first)
        resume(turn)
        return
    if expects.asked == NAME_OFFERED and shortcuts.has_read(text):
        name_is(turn, "yes")
        return
    turn.uow.messages.disable_buttons(turn.address, NAME_OFFERED)
    said = said_name(text)
    if said is None and expects.detail and folded(one_line(text)) == folded(expects.detail):
        said = SaidName(expects.detail, (), sure=False)  # typed again: perhaps it is one
    if said is None or not names.is_usable(said.name):
        beside = report_answers.keep_beside(turn, text)
        turn.dialog.expects = Expectation(kind=Expect.NAME, detail=one_line(text)[:MAX_NAME_LETTERS], asked=NAME)
        _ask_name_again(turn, kept=beside is Digression.WORDS, why=beside is Digression.QUESTION)
    elif said.sure:
        _take_name(turn, said)
    else:
        drafts.keep(turn, text, ())  # taken out again where it is a name after all
        turn.dialog.expects = Expectation(kind=Expect.NAME, detail=said.name, asked=NAME_OFFERED)
        buttons = [Button("Evet, adım bu", "name_is:yes"), Button("Hayır", "name_is:no")]
        turn.say(turn.address, "who_name_sure", buttons=buttons, slot=NAME_OFFERED, fresh=True)


def _ask_name_again(turn: Turn, *, kept: bool, why: bool) -> None:
    turn.say(turn.address, "who_name_again", slot=NAME, fresh=True, kept=kept, why=why)


def _take_name(turn: Turn, said: SaidName) -> None:
    turn.dialog.expects = None
    turn.person.name = said.name
    if said.rest[1:]:
        turn.person.room = ", ".join(said.rest[1:])[:MAX_NAME_LETTERS]
    turn.uow.people.save(turn.person)
    if said.rest and not _take_department(turn, said.rest[0][:MAX_NAME_LETTERS]):
        return
    if turn.person.department and turn.person.room:
        _arrived(turn)
    else:
        ask_who(turn)


def name_given(turn: Turn) -> None:
    """Otherwise than as the answer: the question for it is answered all the same."""
    if turn.dialog.expects is not None and turn.dialog.expects.kind is Expect.NAME:
        ask_who(turn)


def name_is(turn: Turn, answer: str) -> None:
    """Evet, adım bu; or Hayır: then the words stay with the report."""
    expects, draft = turn.dialog.expects, turn.dialog.draft
    if expects is None or expects.asked != NAME_OFFERED:
        return
    turn.uow.messages.disable_buttons(turn.address, NAME_OFFERED)
    if answer != "yes":
        turn.dialog.expects = Expectation(kind=Expect.NAME, asked=NAME)
        _ask_name_again(turn, kept=True, why=False)
        return
    said = None
    if draft is not None and draft.texts and expects.detail in one_line(draft.texts[-1]):
        said = said_name(draft.texts.pop())
        draft.keys.pop()
    _take_name(turn, SaidName(expects.detail, said.rest if said is not None else (), sure=True))


def _department(turn: Turn, text: str) -> None:
    asked = turn.dialog.expects.detail if turn.dialog.expects is not None else ""
    typed = one_line(text)
    known = bool(DepartmentNames.of(turn.uow).meant(typed).name)
    answers_near = bool(asked) and (shortcuts.has_read(text) or folded(typed) == folded(AS_TYPED))
    beside = None if known or answers_near else digressions.of(turn, text)
    if beside is not None or not any(c.isalpha() for c in text) or len(text) > MAX_NAME_LETTERS:
        report_answers.keep_beside(turn, text)
        ask_who(turn)
        return
    if _take_department(turn, typed):
        ask_who(turn)


def _take_department(turn: Turn, typed: str) -> bool:
    """Under the name it has here; where that is nearly what was typed, it is asked first, and False comes back."""
    asked = turn.dialog.expects.detail if turn.dialog.expects is not None else ""
    turn.uow.messages.disable_buttons(turn.address, DEPARTMENT)
    names = DepartmentNames.of(turn.uow)
    near = names.meant(asked).near if asked else ()
    if len(near) == 1 and shortcuts.has_read(typed):
        typed = near[0]
    elif asked and folded(typed) == folded(AS_TYPED):
        typed = asked
    elif (meant := names.meant(typed)).name:
        typed = meant.name
    elif typed != asked and meant.near:
        _ask_which_department(turn, typed, meant.near)
        return False
    turn.person.department = typed
    turn.uow.people.save(turn.person)
    return True


def _ask_which_department(turn: Turn, typed: str, near: Sequence[str]) -> None:
    turn.dialog.expects = Expectation(kind=Expect.DEPARTMENT, detail=typed, asked=DEPARTMENT)
    turn.say(
        turn.address,
        "who_department_near",
        buttons=[
            *(Button(name, f"department_is:{name}") for name in near),
            Button(AS_TYPED, f"department_is:{typed}"),
        ],
        slot=DEPARTMENT,
        fresh=True,
        typed=typed,
        near=near,
    )


def department_is(turn: Turn, name: str) -> None:
    """One of the near names, or what was typed."""
    if turn.dialog.expects is None or turn.dialog.expects.kind is not Expect.DEPARTMENT:
        return
    turn.uow.messages.disable_buttons(turn.address, DEPARTMENT)
    turn.person.department = name
    turn.uow.people.save(turn.person)
    ask_who(turn)


def _room(turn: Turn, text: str) -> None:
    if shortcuts.skips(text):
        skip_room(turn)
        return
    if not any(c.isdigit() for c in text) and digressions.of(turn, text) is not None:
        report_answers.keep_beside(turn, text)
        ask_who(turn)
        return
    turn.person.room = one_line(text)[:MAX_NAME_LETTERS]
    turn.uow.people.save(turn.person)
    turn.uow.messages.disable_buttons(turn.address, ROOM)
    _arrived(turn)


def skip_room(turn: Turn) -> None:
    if turn.dialog.expects is None or turn.dialog.expects.kind is not Expect.ROOM:
        return
    turn.uow.messages.disable_buttons(turn.address, ROOM)
    _arrived(turn)


def contact_shared(turn: Turn, phone: str) -> None:
    """The platform vouches for a phone number: if the staff list has it, this account is that person's."""
    found = turn.uow.people.by_phone(phone)
    if found is None or found.gone:
        turn.say(turn.address, "contact_unknown")
        ask_who(turn)
        return
    join_command.become(turn, found)
    resume(turn)


def email_vouched(turn: Turn, email: str) -> None:
    """The same for an e-mail address, told unasked when somebody first writes: no word where the list has it not, or
    where it cannot be."""
    found = turn.uow.people.by_email(email)
    if found is None or found.gone or turn.person.verified or turn.person.gone:
        return
    if accounts.may_become(turn.uow, turn.person, found, vouched=True):
        join_command.become(turn, found)
        resume(turn)


def resume(turn: Turn) -> None:
    """The account was joined to somebody the desk knows: go on where the way in was left."""
    if turn.person.notice_version != turn.desk.notice_version:
        _show_notice(turn)
    elif turn.dialog.expects and turn.dialog.expects.kind in _WAY_IN:
        _arrived(turn)


def _arrived(turn: Turn) -> None:
    """Everything is said: answer what was written first."""
    turn.dialog.expects = None
    draft = turn.dialog.draft
    if draft is not None and (draft.text.strip() or draft.files):
        report.answer_kept(turn)
    else:
        turn.say(turn.address, "greeting", person=turn.person)
