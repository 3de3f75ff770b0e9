"""The floor: an app that draws the pages of the wizard, element by element with the same texts, and does nothing else.

`floor_app.py` is its script. Served tuned, and compressed as `wizard.py` is, this is what Streamlit itself costs.
"""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from guidance.screens.site.compress import Compressed

app = st.App('benchmarks/floor_app.py', middleware=[Middleware(Compressed)])
