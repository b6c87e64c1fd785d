"""The edges: everything that speaks to the outside."""
