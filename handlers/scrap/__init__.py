"""Use cases of scrapping."""
