"""What is read and shown, by a page, a terminal, a panel or an API: plain values, with rights applied."""
