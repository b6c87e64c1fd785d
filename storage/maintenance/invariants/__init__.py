"""What must hold in every database of the desk, one function an invariant: it yields what breaks it.

Each runs in one snapshot, reads only, and keeps no more than a few rows in memory however large the archive is.
"""
