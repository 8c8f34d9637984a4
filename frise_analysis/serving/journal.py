"""What the server writes about itself: our own sentences. A library's never come out, for they quote addresses."""

from __future__ import annotations

import logging
from pathlib import Path

OURS = "frise"


class Journal(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes our lines as they are; of a library's error, only its kind and its place; of its warnings, nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(is_written)
        self.setFormatter(Lines("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))


class Lines(logging.Formatter):
    """One line each: neither a traceback nor a message that we did not write."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line = record.getMessage() if is_ours(record) else _place(record)
        kept = logging.LogRecord(record.name, record.levelno, record.pathname, record.lineno, line, None, None)
        kept.created = record.created
        return super().format(kept)


def is_ours(record: logging.LogRecord) -> bool:
    """Whether the sentence was written in this project."""
    return record.name.partition(".")[0] == OURS


def is_written(record: logging.LogRecord) -> bool:
    """A library's warning is about somebody's request: the answer already says what there is to say."""
    return is_ours(record) or record.levelno >= logging.ERROR


def _place(record: logging.LogRecord) -> str:
    kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "sans exception"
    return f"Erreur interne ({kind}), {Path(record.pathname).name}, ligne {record.lineno}"


def keep_journal(*others: logging.Logger) -> None:
    """Have everything written by one journal; ``others`` are loggers that wrote by themselves until now."""
    for logger in others:
        logger.handlers.clear()
        logger.propagate = True
    root = logging.getLogger()
    root.handlers[:] = [handler for handler in root.handlers if not isinstance(handler, Journal)]
    root.addHandler(Journal())
