"""Run by an operator, above the store: migrate, verify, copy to PostgreSQL."""
