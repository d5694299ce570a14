"""The responses that a page carries: columns to filter by, and the texts in packets that are read when needed."""
