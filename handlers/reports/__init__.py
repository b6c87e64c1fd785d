"""Figures and registers."""
