"""A question, an answer in the address, the next question: the pages of the wizard drawn from a file, and nothing else done."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import groupby

import streamlit as st

from benchmarks.recorded import Drawn
from benchmarks.recorded import pages

path = st.query_params.get('a', '')
page = pages()[min(len(path), len(pages()) - 1)].elements
form = f'form-{len(path)}'


def go() -> None:
    """Put the answer into the address."""
    if any(st.session_state.get(f'{form}-{number}') for number, each in enumerate(page) if each.kind in ('radio', 'checkbox')):
        st.query_params.from_dict({'a': f'{path}a'})


def draw(number: int, each: Drawn) -> None:
    """Draw one element."""
    key = f'{form}-{number}'
    match each.kind:
        case 'html':
            st.html(each.text)
        case 'radio':
            st.radio(each.text, each.options, index=None, key=key, label_visibility='collapsed')
        case 'checkbox':
            st.checkbox(each.text, key=key)
        case 'button':
            st.form_submit_button(each.text, type='primary', key=key, on_click=go)


st.set_page_config(page_title=f'Step {len(path)}')
for in_form, elements in groupby(enumerate(page), key=lambda numbered: numbered[1].in_form):
    with st.form(form, border=False) if in_form else nullcontext():
        for number, each in elements:
            draw(number, each)
