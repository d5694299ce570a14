"""Math-Verify in a worker process that can be killed."""
