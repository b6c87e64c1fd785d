"""What needs a conversation: what is typed, pressed and asked, turn by turn."""
