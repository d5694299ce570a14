"""How words are built."""
