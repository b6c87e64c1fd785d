"""What an operator asks with `masa doctor`."""
