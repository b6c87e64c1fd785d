"""Case endings behind a name or a number's word, after its last vowel: `Zeynep'e`, `Ali'ye`, `7 Aralık'ta`."""

from __future__ import annotations

_FRONT, _BACK = "eiöü", "aıou"
_HARD = "fstkçşhp"
_LOWER = str.maketrans("Iİ", "ıi")


def dative(name: str) -> str:
    """To whom, until when: `Mehmet Kaya'ya`, `7 Aralık'a`."""
    return f"{name}'{_buffer(_said(name), 'y')}{_vowel(_said(name))}" if name else name


def genitive(name: str) -> str:
    """Whose: `Hasan Kaya'nın`, `Zeynep'in`, `Ümit'in`."""
    if not name:
        return name
    last = next((letter for letter in reversed(_lower(_said(name))) if letter in _FRONT + _BACK), "e")
    return f"{name}'{_buffer(_said(name), 'n')}{_high(last)}n"


def locative(name: str) -> str:
    """At whom, when: `Ali'de`, `5–6 Aralık'ta`."""
    return f"{name}'{'t' if _lower(_said(name))[-1:] in _HARD else 'd'}{_vowel(_said(name))}" if name else name


def accusative(name: str) -> str:
    """Whom, which: `Ayşe'yi`, `D-00042'yi`."""
    if not name:
        return name
    last = next((letter for letter in reversed(_lower(_said(name))) if letter in _FRONT + _BACK), "e")
    return f"{name}'{_buffer(_said(name), 'y')}{_high(last)}"


def ablative(name: str) -> str:
    """From whom: `Kemal Aydın'dan`."""
    return f"{locative(name)}n" if name else name


def also(name: str) -> str:
    """They too: `Fatma Şahin de`, `Ali Kaya da`."""
    return f"{name} d{_vowel(name)}" if name else name


def question(name: str) -> str:
    """`3–7 Aralık mı`, `5 Ekim mi`."""
    last = next((letter for letter in reversed(_lower(name)) if letter in _FRONT + _BACK), "e")
    return f"{name} m{_high(last)}"


def of_them(number: int) -> str:
    """How many of them, from 1 to 999: `4'ü`, `16'sı`, `20'si`."""
    spoken = next(digits for digits in (number % 10, number % 100, number % 1000) if digits)
    return f"{number}'{_OF_THEM.get(spoken, 'ü')}"


_OF_THEM = dict(zip(range(1, 10), ("i", "si", "ü", "ü", "i", "sı", "si", "i", "u"), strict=True)) | dict(
    zip(range(10, 100, 10), ("u", "si", "u", "ı", "si", "ı", "i", "i", "ı"), strict=True)
)
"""By the last part that is spoken; of all that end in a hundred it is one."""


def which_one(number: int) -> str:
    """The which one, as what is acted on: `2.'sini`, `6.'sını`, `9.'sunu`."""
    last = next(letter for letter in reversed(_said(str(number))) if letter in _FRONT + _BACK)
    return f"{number}.'s{_high(last)}n{_high(last)}"


def at_number(number: int) -> str:
    """Where, by a number from 1 on: `9'da`, `4'te`, `100'de`, `12.000'de` as `12000'de`."""
    return locative(str(number))


def _said(name: str) -> str:
    """Of a number, how its last part is spoken; a full hour by the hour: `17:00'ye`."""
    name = name.removesuffix(":00")
    if not name[-1:].isdigit():
        return name
    digits = name[-1] if name[-1] != "0" else name[-2:] if name[-2:-1].isdigit() else "0"
    return _SPOKEN[digits] if digits != "00" else "yüz"


_SPOKEN = {
    **dict(
        zip("0123456789", ["sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"], strict=True)
    ),
    **dict(
        zip(
            ("10", "20", "30", "40", "50", "60", "70", "80", "90"),
            ["on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"],
            strict=True,
        )
    ),
}


def _high(last: str) -> str:
    """The high vowel behind that one."""
    return "ı" if last in "aı" else "i" if last in "ei" else "u" if last in "ou" else "ü"


def _vowel(name: str) -> str:
    last = next((letter for letter in reversed(_lower(name)) if letter in _FRONT + _BACK), "e")
    return "e" if last in _FRONT else "a"


def _buffer(name: str, letter: str) -> str:
    return letter if _lower(name)[-1:] in _FRONT + _BACK else ""


def _lower(name: str) -> str:
    return name.translate(_LOWER).lower()
