"""Persons, their accounts, and what they may enter."""
