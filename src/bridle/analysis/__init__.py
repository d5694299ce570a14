"""Frames in, estimates out."""
