"""The channels, a folder each. `registry` has a row for every one of them."""
