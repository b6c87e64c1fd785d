"""The depot of consumables: what is kept, what comes in, what is used, and what is taken back."""
