"""The embedded model: a tiny reasoning model, trained by this project, to run the instrument on.

    from bridle.organism.model.engine import get_engine, render

It is a subject for demos, tests and method development, and no evidence about large models;
`CARD.md` says what it can do. `data.py` makes what it learns from, `train.py` trains it,
`export.py` writes the file in `weights/`, `engine.py` runs it, `serve.py` offers it over HTTP.
"""
