"""The embedded model as an OpenAI-compatible server."""
