"""What reads people's words, at texts made to hold it up: the slowest twenty, at 4,096 and 8,000 letters.

`python -m tests.load.bench_expressions`. Asserts nothing; `tests/test_growth.py` looks at the growth.
"""

from __future__ import annotations

from tests.growth import expressions, functions

LETTERS = (4_096, 8_000)
SHOWN = 20


def main() -> None:
    for title, readers in (("expressions", expressions()), ("functions", functions())):
        slowest = []
        for reader in readers:
            seconds, pattern = max((reader.once(pattern, LETTERS[-1]), pattern) for pattern in reader.patterns)
            slowest.append((seconds, reader, pattern))
        print(f"{len(readers)} {title}, the slowest, in milliseconds at {' and '.join(map(str, LETTERS))} letters")
        for _, reader, pattern in sorted(slowest, key=lambda one: -one[0])[:SHOWN]:
            figures = "  ".join(f"{1000 * reader.seconds(pattern, letters):8.2f}" for letters in LETTERS)
            print(f"  {figures}  {reader.name}  {pattern!r}")


if __name__ == "__main__":
    main()
