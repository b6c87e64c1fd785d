"""What reads people's words, at texts made to hold it up: the slowest twenty, and what grows faster than the text.

`python -m tests.load.bench_expressions`. Asserts nothing; that all of it ends at all is `tests/test_growth.py`'s.
"""

from __future__ import annotations

from tests.growth import Reader, expressions, functions

LETTERS = (1_000, 8_000)
SHOWN = 20
LOOKED_AT = 0.004
"""Seconds: what reads 8,000 letters in less is no matter, however it grows."""
IN_PROPORTION = LETTERS[-1] / LETTERS[0]
TOO_FAST = IN_PROPORTION**1.6
"""Times the work of the short text; with the square it would be 64."""


def main() -> None:
    for title, readers in (("expressions", expressions()), ("functions", functions())):
        longest = [
            (reader.once(pattern, LETTERS[-1]), reader, pattern) for reader in readers for pattern in reader.patterns
        ]
        slow = sorted((one for one in longest if one[0] > LOOKED_AT), key=lambda one: -one[0])
        print(f"{len(readers)} {title}, ms at {' and '.join(map(str, LETTERS))} letters, growth (in proportion: 8)")
        worst: dict[str, tuple[Reader, str]] = {}
        for _, reader, pattern in slow:
            worst.setdefault(reader.name, (reader, pattern))
        for reader, pattern in list(worst.values())[:SHOWN]:
            print(_line(reader, pattern))
        grown = [(reader, pattern) for _, reader, pattern in slow if _growth(reader, pattern) > TOO_FAST]
        print(f"{len(grown)} of {len(longest)} grow faster than the text{':' if grown else ''}")
        for reader, pattern in grown:
            print(_line(reader, pattern))


def _growth(reader: Reader, pattern: str) -> float:
    return reader.seconds(pattern, LETTERS[-1]) / max(reader.seconds(pattern, LETTERS[0]), 1e-9)


def _line(reader: Reader, pattern: str) -> str:
    figures = "  ".join(f"{1000 * reader.seconds(pattern, letters):8.2f}" for letters in LETTERS)
    return f"  {figures}  {_growth(reader, pattern):5.1f}  {reader.name}  {pattern!r}"


if __name__ == "__main__":
    main()
