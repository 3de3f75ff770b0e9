"""The pages of the wizard, each drawn from a file as the one element that it is there, and nothing else done."""

from __future__ import annotations

import streamlit as st

from benchmarks.recorded import pages

asked = st.query_params.get('asked')
page = next((after for before, after in zip(pages(), pages()[1:], strict=False) if before.asks == asked), pages()[0])
st.set_page_config(page_title=page.asks)
st.html(page.body)
