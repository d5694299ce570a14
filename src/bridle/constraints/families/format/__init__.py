"""Layout: lists, headings, emphasis, code, templates."""
