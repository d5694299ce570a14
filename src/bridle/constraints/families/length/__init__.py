"""Length: words, sentences, paragraphs, lines, characters."""
