"""The version of this package, for the files and logs that name it."""

__version__ = "0.1.0"
