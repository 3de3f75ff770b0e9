"""What a log may say: no answers, which stand after the `?` of an address, and no line that a visitor wrote."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

_QUERY = re.compile(r'[?%]\S*')
_LOGGERS = ('uvicorn.access', 'uvicorn.error')
_CONTENT = 'guidance.serving.store'  # its reports of the content have lines, and nothing from a visitor
# What begins a new line, moves the cursor or turns the direction somewhere, and what cannot be written at all.
_CONTROL = re.compile('[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]')
_CONTROL_BUT_LINES = re.compile(_CONTROL.pattern.replace('\x00-\x1f', '\x00-\x09\x0b-\x1f'))
_LONGEST, _LONGEST_PART = 1_000, 500  # characters of a record, and of one thing in it
_LONGEST_TRACE = 8_000  # the end of a traceback, where the fault is


class WithoutQueries(logging.Filter):
    """Takes the query out of every address in a record before anything writes it; an escaped `?` begins one, too."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; every record is kept."""
        if isinstance(record.args, tuple):
            record.args = tuple(_QUERY.sub('', each) if isinstance(each, str) else each for each in record.args)
        return True


class OneLine(logging.LogRecord):
    """A record that is one line of limited length, whatever stands in it. A traceback follows with all its lines indented."""

    def __init__(self, *given: Any, **more: Any) -> None:
        """Take what every record takes."""
        super().__init__(*given, **more)
        if self.name == _CONTENT:
            return
        if isinstance(self.args, tuple):  # some formats use these, and not the whole
            self.args = tuple(one_line(each, _LONGEST_PART) if isinstance(each, str) else each for each in self.args)
        if self.exc_info and isinstance(self.exc_info[1], UnicodeDecodeError) and self.name == 'uvicorn.error':
            self.exc_info = None  # a text frame that is no text is the sender's fault: to say so is enough
        if self.exc_info and self.exc_info[1]:
            self.exc_text = trace(self.exc_info[1])

    def getMessage(self) -> str:
        """Return the whole message, as a handler writes it."""
        told = super().getMessage()
        return told if self.name == _CONTENT else one_line(told.rstrip())


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Return the text with its control characters and line ends escaped, cut after so many characters."""
    more = len(text) - longest
    safe = _CONTROL.sub(_escaped, text[:longest])
    return f'{safe}… ({more} more characters)' if more > 0 else safe


def trace(error: BaseException) -> str:
    """Return the traceback of an error. No line of it begins as a record does, whatever the error says."""
    text = ''.join(traceback.format_exception(error)).rstrip()[-_LONGEST_TRACE:]
    return '  ' + _CONTROL_BUT_LINES.sub(_escaped, text).replace('\n', '\n  ')


def _escaped(found: re.Match[str]) -> str:
    return found.group().encode('unicode_escape').decode()


def keep_answers_out() -> None:
    """Have all loggers make such records, Streamlit's and the server's too, and filter those with addresses. Once is enough."""
    logging.setLogRecordFactory(OneLine)
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, WithoutQueries) for each in logger.filters):
            logger.addFilter(WithoutQueries())
