"""A study without a connection: its requests go out as files, and their results come back as files.

    bridle export STUDY --to openai-batch      # open.py: which requests are open; formats.py: how they look
    bridle import STUDY results.jsonl          # scoring/results.py reads them

A request is known by its id: the key of the call and a digest of what is asked, so that the results of
another study, or of the same one under other settings, are never taken for its own.
"""
