"""The wizard as a program: `streamlit run wizard.py`, or `uvicorn wizard:app` for a server."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

import streamlit as st

from guidance.content.problem import ContentError
from guidance.content.problem import counted
from guidance.screens.routes import middleware
from guidance.screens.routes import routes
from guidance.screens.routes import start
from guidance.screens.site.proxy import proxies
from guidance.serving.counters import finish


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start before anybody is served, or say what is wrong."""
    try:
        proxies()
    except ValueError as error:
        _stop(f'{error}\n\nThe wizard does not start.')
    try:
        start()
    except ContentError as error:
        _stop(f'{error}\n\nThe wizard does not start: its content has {counted(error.problems)} problem(s).')
    yield
    finish()


def _stop(why: str) -> NoReturn:
    """End the program, of which nothing has begun. An exception would be told by the server, as a traceback."""
    print(why, file=sys.stderr, flush=True)
    os._exit(1)


own = routes(st.get_option('server.baseUrlPath') or '')
app = st.App('guidance/screens/app.py', routes=own, middleware=middleware(own), lifespan=lifespan)
