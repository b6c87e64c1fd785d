"""Databases, transactions and column types: knows no table of ours."""
