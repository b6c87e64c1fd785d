"""The channels that people write on, one folder each."""
