"""What is repeated from the request."""
