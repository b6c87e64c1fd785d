"""What is wrong with a value, in words for whoever typed it into a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

OTHERWISE = "Bu değer burada kullanılamaz."
_EXPECTED: Mapping[str, str] = {
    "a time of day, such as 17:00": "Saati “17:00” gibi yazın.",
    "the name of a time zone, such as Europe/Istanbul": "Böyle bir saat dilimi yok. Örnek: Europe/Istanbul",
    "an address that begins with http:// or https://": "http:// ya da https:// ile başlayan bir adres yazın.",
    "a network, such as 10.0.0.0/8": "Ağı “10.0.0.0/8” gibi yazın.",
}
_TYPES: Mapping[str, str] = {
    "missing": "Boş bırakılamaz.",
    "string_too_short": "Boş bırakılamaz.",
    "too_short": "En az birini yazın.",
    "int_parsing": "Tam sayı yazın.",
    "int_type": "Tam sayı yazın.",
    "int_from_float": "Tam sayı yazın.",
    "float_parsing": "Sayı yazın.",
    "float_type": "Sayı yazın.",
    "bool_parsing": "Evet ya da hayır seçin.",
    "bool_type": "Evet ya da hayır seçin.",
    "string_type": "Bir metin yazın.",
    "literal_error": "Listeden birini seçin.",
    "extra_forbidden": "Bu sürümde böyle bir ayar yok.",
}
_SAID: Mapping[str, str] = {
    "expected a later time": "Kapanış açılıştan sonra olmalı.",
    "expected an address that begins": "Hedefi http:// ya da https:// ile başlayan bir adres olarak yazın.",
    "expected HOST:PORT": "Hedefi “ebys.local:443” gibi yazın.",
    "expected a name": "Hedefi “www.ornek.bel.tr” gibi bir ad olarak yazın.",
    "status and word are of kind http": "Durum kodu ve sözcük yalnız web sayfası için yazılır.",
}
"""By what our own sections say of themselves."""


def problem(details: ErrorDetails) -> str:
    limits: Mapping[str, Any] = details.get("ctx", {})
    match details["type"]:
        case "expected":
            return _EXPECTED.get(str(limits["what"]), OTHERWISE)
        case "greater_than_equal":
            return f"En az {limits['ge']} olmalı."
        case "greater_than":
            return f"{limits['gt']} sayısından büyük olmalı."
        case "less_than_equal":
            return f"En çok {limits['le']} olmalı."
        case "string_too_long":
            return f"En çok {limits['max_length']} harf olabilir."
        case kind if kind.startswith("date"):
            return "Günü “30.11.2026” gibi yazın."
        case "value_error":
            return next((said for part, said in _SAID.items() if part in details["msg"]), OTHERWISE)
        case kind:
            return _TYPES.get(kind, OTHERWISE)
