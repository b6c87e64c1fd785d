"""Announcements: sent, told to each of their readers, read, reminded of once."""
