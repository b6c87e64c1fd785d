"""Which process may do what: leases on PostgreSQL, a locked file on SQLite."""
