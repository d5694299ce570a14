"""ReasonIF: items, published judge."""
