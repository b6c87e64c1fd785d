"""Words of documents to be answered, as people read them."""

from __future__ import annotations

from handlers.domain.document_tracks import TERMS, DocumentKind, Result

DOCUMENT_KINDS: dict[str, str] = {
    DocumentKind.PETITION: "dilekçe",
    DocumentKind.INFORMATION: "bilgi edinme",
    DocumentKind.INFORMATION_ELSEWHERE: "bilgi edinme, başka birimden",
    DocumentKind.DATA_REQUEST: "KVKK başvurusu",
    DocumentKind.BOARD_QUESTION: "KVKK Kurulu bilgi isteği",
    DocumentKind.BOARD_DECISION: "KVKK Kurulu kararı",
    DocumentKind.ADMINISTRATIVE: "idari başvuru",
    DocumentKind.DATED: "yazıda süre var",
    DocumentKind.UNDATED: "süresiz",
}
DOCUMENT_RESULTS: dict[str, str] = {
    Result.ANSWERED: "cevaplandı",
    Result.DONE: "gereği yapıldı",
    Result.FILED: "dosyasına kaldırıldı",
    Result.RETURNED: "iade edildi",
}


def document_kind_with_term(kind: str) -> str:
    """`Dilekçe (30 gün)`."""
    title, term = DOCUMENT_KINDS[kind], TERMS.get(DocumentKind(kind))
    shown = title[:1].translate({ord("i"): "İ"}).upper() + title[1:]
    return shown if term is None else f"{shown} ({term.days} {'iş günü' if term.working else 'gün'})"
