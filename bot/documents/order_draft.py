"""The draft of a written order (.pdf), on A4: to be signed, numbered in EBYS, and written down with its number."""

from __future__ import annotations

from datetime import tzinfo

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages
from handlers.domain.approvals import ApprovalKind
from handlers.terms import APPROVALS
from handlers.tickets.order_drafts import OrderDraft

SAID = {
    ApprovalKind.STOCK: "Aşağıda bilgileri yazılı malzemenin depodan çıkışı uygun görülmüştür. Gereğini rica ederim.",
    ApprovalKind.CAMERA: "Aşağıda bilgileri yazılı istek üzerine kamera kaydının izlenmesi uygun görülmüştür. Gereğini "
    "rica ederim.",
}
"""Of the kinds that need a document."""


def pdf(draft: OrderDraft, head: Letterhead, zone: tzinfo) -> bytes:
    """Never within a transaction."""
    reporter, asker, director = (
        drawable(person.name or person.handle) for person in (draft.reporter, draft.asker, draft.decided_by)
    )
    facts = {
        "Kayıt": draft.number,
        "Konu": draft.title,
        "Talep eden": ", ".join(filter(None, (reporter, draft.place))),
        "Talep": draft.report,
        "Gerekçe": draft.why,
        "İsteyen": asker,
        "Masada onaylayan": f"{director}, {draft.decided_at.astimezone(zone):%d.%m.%Y %H.%M}",
    }
    kind = draft.approval.kind
    document: dict[str, object] = {
        "subject": f"{APPROVALS[kind].capitalize()} ({draft.number})",
        "basis": f"Bilgi İşlem Yönetmeliği {draft.approval.rule.basis}; yardım masası kaydı {draft.number}",
        "said": SAID[kind],
        "facts": [[name, drawable(value)] for name, value in facts.items() if value],
        "director": director,
        "office": "Bilgi İşlem Müdürü" + " V." * bool(draft.approval.acting_for),
    }
    return set_pages("order_draft", head, document)
