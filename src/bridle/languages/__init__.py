"""Which language a stretch of prose is in: scripts first, then common words and classifiers."""
