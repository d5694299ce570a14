"""In which language or script."""
