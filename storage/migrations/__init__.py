"""The revisions of the tables, oldest first in `versions/`. There is no way down: a backup is."""

HEAD = "0107"
"""What this version of the desk needs."""
