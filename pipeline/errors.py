"""The exceptions of the pipeline: every one says what is wrong, where, and what to do."""

from __future__ import annotations


class CommuniqueError(Exception):
    """Base of all errors that the program raises on purpose."""


class ReadError(CommuniqueError):
    """An article cannot be read; costs that article only."""


class DataFileError(CommuniqueError):
    """A data file of the program (patterns, terms, countries) is wrong; names file, line and field."""


class ModelError(CommuniqueError):
    """The language model cannot be loaded, or lacks a component that the rules need."""


class SettingsError(CommuniqueError):
    """A setting has a wrong value, or the settings file cannot be read."""


class GoldError(CommuniqueError):
    """A gold file breaks the contract; names file, path and reason."""


def printable(text: str) -> str:
    """A text that can be written as UTF-8: names of files may hold bytes that are none."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
