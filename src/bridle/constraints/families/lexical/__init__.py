"""Which words and letters, how often and where."""
