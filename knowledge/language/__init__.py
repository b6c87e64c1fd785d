"""Turkish as it is typed, apart from what it means: one form for comparing, one rule for hiding what is personal, one
measure of how alike two names are, one rule for what can be stored.

The standard library and rapidfuzz only: whoever shows, stores or compares text may import it, and it knows nobody.
"""
