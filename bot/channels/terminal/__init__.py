"""The desk in the terminal: for a person, and as JSON lines for scripts."""
