"""Typed comparison of two values."""
