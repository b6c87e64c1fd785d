"""A question of the desk to whoever pressed a button on a card: what was done, which firm, why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.ticket import Ticket
from handlers.messages import Button


def ask(
    turn: Turn,
    ticket: Ticket,
    expect: Expect,
    template: str,
    /,
    *,
    detail: str = "",
    buttons: Sequence[Button] = (),
    **data: Any,
) -> None:
    """Ask it here, of this person; their next line, or one of the buttons, is the answer."""
    settle(turn)
    slot = f"prompt:{ticket.id}:{turn.person.id}"
    turn.dialog.expects = Expectation(kind=expect, ticket=ticket.id, detail=detail, asked=slot)
    turn.say(
        turn.here,
        template,
        buttons=[*buttons, Button("Vazgeç", f"prompt_skip:{ticket.id}")]
        if not any(button.action.startswith("prompt_skip") for button in buttons)
        else buttons,
        slot=slot,
        fresh=True,
        ticket=ticket,
        person=turn.person,
        **data,
    )


def settle(turn: Turn) -> None:
    """There is another question now, or none: "Birini seçin ya da yazın" must not stand where nothing is asked."""
    expects = turn.dialog.expects
    if expects is None:
        return
    if expects.kind in _OF_WORKERS and expects.ticket is not None:
        turn.say(
            turn.here,
            "prompt_over",
            slot=expects.asked,
            ticket=turn.uow.tickets.get(expects.ticket),
            rings=False,
            person=turn.person,
        )
    elif expects.asked:
        turn.uow.messages.settle(turn.here, expects.asked)
    turn.dialog.expects = None


def answered(turn: Turn, ticket: Ticket) -> str | None:
    """The slot of one's own question of this ticket: what came of it is said in its place. None: nothing was asked."""
    expects = turn.dialog.expects
    if expects is None or expects.ticket != ticket.id or expects.kind not in _OF_WORKERS:
        return None
    turn.dialog.expects = None
    return expects.asked


def skip(turn: Turn, ticket: Ticket) -> None:
    """Geç, Vazgeç: only one's own question."""
    expects = turn.dialog.expects
    if expects is not None and expects.ticket == ticket.id:
        settle(turn)


def is_over(turn: Turn) -> bool:
    """In a group people talk: what is said long after a question is no answer to it."""
    expects, since = turn.dialog.expects, turn.dialog.changed_at
    return (
        expects is not None
        and expects.kind in _OF_WORKERS
        and since is not None
        and turn.now - since > WAITS_FOR_AN_ANSWER
    )


WAITS_FOR_AN_ANSWER = timedelta(minutes=30)
_OF_WORKERS = frozenset(
    {Expect.RESOLUTION, Expect.WAIT_DETAIL, Expect.QUESTION, Expect.CANCEL_REASON, Expect.MERGE_TARGET}
)


# --- one-tap answers --------------------------------------------------------------------------
_DONE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("yazici", "tarayici"), ("Kâğıt yolu temizlendi", "Sürücü yeniden kuruldu", "Yazdırma kuyruğu boşaltıldı")),
    (("toner",), ("Toner değiştirildi", "Drum değiştirildi", "Toner teslim edildi")),
    (("bilgisayar", "isletim", "ofis"), ("Yeniden başlatıldı", "Disk temizlendi", "Onarıldı")),
    (("monitor", "klavye", "projeksiyon"), ("Kablo değiştirildi", "Cihaz değiştirildi", "Ayar düzeltildi")),
    (
        ("internet", "kablosuz", "uzak", "yeni-ag", "ag-"),
        ("Kablo değiştirildi", "Switch portu açıldı", "Hat düzeltildi"),
    ),
    (("telefon", "mobil"), ("Hat düzeltildi", "Cihaz değiştirildi", "Tanım yapıldı")),
    (
        ("parola", "kullanici", "otomasyon-yetki", "eposta-hesap"),
        ("Parola sıfırlandı", "Hesap açıldı", "Yetki verildi"),
    ),
    (
        ("ebys", "e-imza", "kep", "otomasyon", "entegrasyon"),
        ("Yetki düzeltildi", "Güncelleme yapıldı", "Firma düzeltti"),
    ),
    (("sarf", "donanim", "yeni-bilgisayar"), ("Teslim edildi", "Kuruldu")),
)
_DONE_ANYWAY = ("Uzaktan çözüldü", "Yerinde çözüldü", "Kullanımı gösterildi")
_CANCELLED = (("Mükerrer kayıt", "duplicate"), ("Bizim işimiz değil", "not_ours"), ("Kendiliğinden düzeldi", "other"))
_MERGED = ("Aynı arıza", "Aynı kişi iki kez yazmış")
_QUESTIONS = ("Hangi oda ve dahili?", "Ekranın fotoğrafını gönderir misiniz?", "Ne zaman uygunsunuz?")


def done_answers(category: str | None) -> list[str]:
    """Up to four things that were most likely done, for that category."""
    own = next((answers for prefixes, answers in _DONE if category and category.startswith(prefixes)), ())
    return [*own, *_DONE_ANYWAY][:4]


def done_buttons(ticket: Ticket) -> list[Button]:
    """Each carries its words: they stay true when the subject is corrected meanwhile."""
    return [Button(text, f"done_with:{ticket.id}:{text}") for text in done_answers(ticket.category)]


def cancel_reasons(ticket: Ticket) -> list[Button]:
    return [Button(text, f"cancel_for:{ticket.id}:{code}") for text, code in _CANCELLED]


def cancel_text(code: str) -> str:
    return next((text for text, known in _CANCELLED if known == code), "")


def merge_reasons(ticket: Ticket) -> list[Button]:
    return [Button(text, f"merge_for:{ticket.id}:{place}") for place, text in enumerate(_MERGED)]


def merge_text(place: int) -> str:
    return _MERGED[place] if 0 <= place < len(_MERGED) else ""


def stock_questions(ticket: Ticket) -> list[Button]:
    return [Button(text, f"ask_with:{ticket.id}:{place}") for place, text in enumerate(_QUESTIONS)]


def question_text(place: int) -> str:
    return _QUESTIONS[place] if 0 <= place < len(_QUESTIONS) else ""
