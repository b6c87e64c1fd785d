"""The chat page: its HTML, what it posts, and the stream that keeps it fresh."""
