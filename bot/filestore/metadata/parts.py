"""How many parts of a file are looked at."""

from __future__ import annotations

MOST = 100_000
"""A picture of 20 MB has some thousand at most. One that was made of millions would cost a minute to be walked, and
Pillow keeps all that it finds in memory."""
