"""MathIF: items, published judge."""
