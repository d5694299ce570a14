"""A study: the calls of a plan, made into one folder that resumes."""
