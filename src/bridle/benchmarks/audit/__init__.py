"""What is wrong with a benchmark's rows, and what a trivial answer earns."""
