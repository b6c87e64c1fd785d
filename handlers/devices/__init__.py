"""Use cases of devices: recording, correcting, custody, labels, merging."""
