"""The words of süreli kayıtlar: kinds, states, and how long is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handlers.domain.terms import Term, TermKind, TermState
from handlers.spoken_time import MONTHS

TERM_KINDS: Mapping[TermKind, str] = {
    TermKind.WARRANTY: "garanti",
    TermKind.CONTRACT: "bakım sözleşmesi",
    TermKind.LICENCE: "lisans",
    TermKind.LINE: "abonelik, hat",
    TermKind.CERTIFICATE: "SSL sertifikası",
    TermKind.DOMAIN: "alan adı",
    TermKind.SIGNATURE: "e-imza, mühür",
    TermKind.CREDITS: "kontör",
    TermKind.SUPPORT_END: "destek sonu",
}
_BEFORE_NAMES: Mapping[TermKind, str] = {
    TermKind.LINE: "hat",
    TermKind.SIGNATURE: "e-imza",
}
TERM_STATES: Mapping[TermState, str] = {
    TermState.IN_FORCE: "yürürlükte",
    TermState.RENEWED: "yenilendi",
    TermState.ENDED: "bitti",
    TermState.DROPPED: "vazgeçildi",
}


def term_name(term: Term) -> str:
    """`SSL sertifikası masa.defne.bel.tr`, `e-imza Fatma Ş.`; as it stands before the rest of a sentence."""
    return f"{_BEFORE_NAMES.get(term.kind, TERM_KINDS[term.kind])} {term.name}"


def term_names(term: Term) -> str:
    """The same in a list: `e-imza, Fatma Ş.`."""
    return f"{_BEFORE_NAMES.get(term.kind, TERM_KINDS[term.kind])}, {term.name}"


def days_to(left: int) -> str:
    """`30 gün sonra`, `bugün`, `3 gün önce`."""
    if left == 0:
        return "bugün"
    if left == 1:
        return "yarın"
    return f"{left} gün sonra" if left > 0 else f"{-left} gün önce"


def short_end(day: date, beside: date) -> str:
    """`12.2026`, or the whole day where both are of one month."""
    return f"{day:%d.%m.%Y}" if (day.year, day.month) == (beside.year, beside.month) else f"{day:%m.%Y}"


def day_and_month(day: date) -> str:
    """`4 Aralık`."""
    return f"{day.day} {MONTHS[day.month - 1]}"
