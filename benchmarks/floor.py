"""The floor: the smallest two-step Streamlit app whose page has as many elements as a question of the wizard.

`floor_app.py` is its script. Served tuned (as `wizard.py` is) this is what Streamlit itself costs.
"""

from __future__ import annotations

import streamlit as st

app = st.App('benchmarks/floor_app.py')
