"""The calendar of the institution: what is written down of its days, by whom, and what that changes."""
