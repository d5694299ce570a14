"""Exact algebra and enclosed numeric evaluation of expression trees."""
