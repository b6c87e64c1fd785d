"""Answers of one tap to what the desk asks of whoever works on a ticket; what was done goes by category."""

from __future__ import annotations

from handlers.domain.ticket import Ticket
from handlers.messages import Button

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
CANCELLED = (("Mükerrer kayıt", "duplicate"), ("Bizim işimiz değil", "not_ours"), ("Kendiliğinden düzeldi", "other"))
MERGED = ("Aynı arıza", "Aynı kişi iki kez yazmış")
_QUESTIONS = ("Hangi oda ve dahili?", "Ekranın fotoğrafını gönderir misiniz?", "Ne zaman uygunsunuz?")


def done_answers(category: str | None) -> list[str]:
    """Up to four things that were most likely done, for that category."""
    own = next((answers for prefixes, answers in _DONE if category and category.startswith(prefixes)), ())
    return [*own, *_DONE_ANYWAY][:4]


def done_buttons(ticket: Ticket) -> list[Button]:
    """Each carries its words: they stay true when the subject is corrected meanwhile."""
    return [Button(text, f"done_with:{ticket.id}:{text}") for text in done_answers(ticket.category)]


def cancel_reasons(ticket: Ticket) -> list[Button]:
    return [Button(text, f"cancel_for:{ticket.id}:{code}") for text, code in CANCELLED]


def cancel_text(code: str) -> str:
    return next((text for text, known in CANCELLED if known == code), "")


def merge_reasons(ticket: Ticket) -> list[Button]:
    return [Button(text, f"merge_for:{ticket.id}:{place}") for place, text in enumerate(MERGED)]


def merge_text(place: int) -> str:
    return MERGED[place] if 0 <= place < len(MERGED) else ""


def stock_questions(ticket: Ticket) -> list[Button]:
    return [Button(text, f"ask_with:{ticket.id}:{place}") for place, text in enumerate(_QUESTIONS)]


def question_text(place: int) -> str:
    return _QUESTIONS[place] if 0 <= place < len(_QUESTIONS) else ""
