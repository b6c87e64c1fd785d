"""One repository a file: rows in, objects out."""
