"""Trainings: planned with the requests for them, answered, held; and the tickets that ask for one."""
