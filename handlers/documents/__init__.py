"""Documents to be answered: recorded, passed on, answered by the number of the answer; and who is reminded."""
