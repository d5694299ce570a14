"""Data as the answer: JSON, CSV, lists, numbers, dates, options."""
