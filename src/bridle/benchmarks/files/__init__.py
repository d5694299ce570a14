"""Files of public data sets: the hub, the user's folder, checksums."""
