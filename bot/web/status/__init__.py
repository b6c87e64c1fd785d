"""The status page: how the systems stand, also as JSON and as a badge."""
