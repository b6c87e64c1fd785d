"""What people typed, in the samples."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Typed:
    """As a person would read it in a preview; a test puts its own words everywhere."""

    words: str = "yazıcı çıktı vermiyor, kırmızı ışık yanıyor"
    first_name: str = "Mehmet"
    director: str = "Fatma Şahin"
    room: str = "312"
    fact: str = "oda 312"
    department: str = "Mali Hizmetler"
    phone: str = "1234"
    fault: str = "E-05"
    hint: str = "yazıcı"
    part: str = "toner"
    deed: str = "Toner değiştirildi."
    title: str = "Yazıcı yazdırmıyor"
    account: str = "Telegram"
    field: str = "müşteri"
    blank: str = "parça adı"

    @classmethod
    def everywhere(cls, words: str) -> Typed:
        return cls(**{field.name: words for field in fields(cls)})


EXAMPLE = Typed()
