"""Names and numbers with their endings, as the texts ask for them: `Zeynep Arslan'a`, `16'sı`."""

from knowledge.language.suffixes import ablative, accusative, also, dative, genitive, locative, of_them, question


def to_whom(name: str) -> str:
    """`Zeynep Arslan'a`, `7 Aralık'a`."""
    return dative(name)


def whose(name: str) -> str:
    """`Hasan Kaya'nın`."""
    return genitive(name)


def which(name: object) -> str:
    """`D-00042'yi`, `Zeynep Arslan'ı`."""
    return accusative(str(name))


def from_whom(name: str) -> str:
    """`Kemal Aydın'dan`."""
    return ablative(name)


def at_whom(name: str) -> str:
    """`Zeynep Arslan'da`, `7 Aralık'ta`."""
    return locative(name)


def they_too(name: str) -> str:
    """`Fatma Şahin de`."""
    return also(name)


def grouped(number: int) -> str:
    """`10.000`."""
    return f"{number:,}".replace(",", ".")


def so_many(number: int) -> str:
    """Of a number of things: `16'sı`."""
    return of_them(number)


def asked(name: str) -> str:
    """`3–7 Aralık mı`."""
    return question(name)
