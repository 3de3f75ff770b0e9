"""Keeps answers out of the logs: what stands after the `?` of an address tells a traveller's situation."""

from __future__ import annotations

import logging
import re

_QUERY = re.compile(r'[?%]\S*')
_LOGGERS = ('uvicorn.access', 'uvicorn.error')


class WithoutQueries(logging.Filter):
    """Takes the query out of every address in a record before anything writes it; an escaped `?` begins one, too."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; every record is kept."""
        if isinstance(record.args, tuple):
            record.args = tuple(_QUERY.sub('', each) if isinstance(each, str) else each for each in record.args)
        return True


def keep_answers_out() -> None:
    """Install the filter on the server's loggers, whose lines have whole addresses otherwise. Once is enough."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, WithoutQueries) for each in logger.filters):
            logger.addFilter(WithoutQueries())
