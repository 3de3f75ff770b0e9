"""The bare app: it draws each page of the wizard as the wizard does, is sent the same answers, and does nothing else.

`bare_app.py` is its script. Beside the floor, which has Streamlit's own widgets, this is what Streamlit costs without any.
"""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from guidance.screens.site.compress import Compressed

app = st.App('benchmarks/bare_app.py', middleware=[Middleware(Compressed)])
