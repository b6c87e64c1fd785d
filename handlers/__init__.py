"""What the desk does: one function or small class a use case. It knows no channel and no database."""
