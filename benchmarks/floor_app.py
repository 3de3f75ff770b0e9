"""A question, an answer in the address, the next question: nothing else. As many elements as the aim counts.

The wizard drew as many for a question when the aim was set; it draws five fewer now.
"""

from __future__ import annotations

import streamlit as st

path = st.query_params.get('a', '')


def go() -> None:
    """Put the answer into the address."""
    if choice := st.session_state.get(f'q{path}'):
        st.query_params.from_dict({'a': (path + choice)[-12:], 'n': str(len(path))})


st.set_page_config(page_title=f'Step {len(path)}')
st.html('<p>Header</p>')
component = st.components.v2.component('floor', js='export default function () {}')
component(data={'step': path}, key='floor')
with st.container():
    st.html('<p>Notice</p>')
st.html(f'<h1>Question {path}</h1>')
with st.form(f'f{path}', border=False):
    st.empty()
    with st.container():
        st.radio('Choose', ['a', 'b', 'c', 'd'], index=None, key=f'q{path}', label_visibility='collapsed')
    st.form_submit_button('Continue', type='primary', on_click=go)
st.html('<p>Below</p>')
st.html('<p>Footer</p>')
