"""The plain objects of the desk and their rules. No I/O, no framework, no clock: time comes in as an argument."""
