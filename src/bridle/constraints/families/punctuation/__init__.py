"""Punctuation marks and characters."""
