"""Responses that something else generated, graded."""
