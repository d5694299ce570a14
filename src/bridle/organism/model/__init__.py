"""The embedded model at work: engine, tokens, chat template, export."""
