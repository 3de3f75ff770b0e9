"""The little that only the browser can do: focus on the new heading, the language of the page, links without reload."""

from __future__ import annotations

import streamlit as st

KEY = 'browser'
CSS = f'.st-key-{KEY} {{ display: none }}'
"""Keeps the component out of the layout; belongs in the head of the page, so that nothing ever jumps."""

_JS = """
const top = () => { for (const box of [document.querySelector('[data-testid=stMain]'), window]) box && box.scrollTo(0, 0); };

const soft = event => {
  const link = event.target.closest && event.target.closest('a[data-soft], .soft a');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
  event.preventDefault();
  history[link.href === location.href ? 'replaceState' : 'pushState']({}, '', link.href);
  window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  top();
};

// The heading may be drawn after this runs: wait for it up to about two seconds, then take the one that is there.
const focus = (heading, step, frames = 0) => {
  if (window.__step !== step) return;
  const found = document.querySelector('[data-testid=stMain] h1');
  const right = found && (!heading || found.innerText.trim() === heading.trim());
  if (!right && frames < 120) return requestAnimationFrame(() => focus(heading, step, frames + 1));
  if (!found) return;
  found.tabIndex = -1;
  found.focus({ preventScroll: true });
  top();
};

export default function ({ data }) {
  const page = document.documentElement, step = data.lang + ' ' + data.step, before = window.__step;
  if (page.lang !== data.lang) page.lang = data.lang;
  window.__step = step;
  if (before !== undefined && before !== step) focus(data.heading, step);
  if (!window.__soft) { window.__soft = true; document.addEventListener('click', soft, true); }
}
"""


def browser(*, lang: str, step: str, heading: str) -> None:
    """Mount the component, once per page and run.

    Sets the language of the page. When `step` or `lang` is not what it was in the last run, it scrolls to the top and
    moves the focus to the page's `h1`, whose text is `heading`. Makes soft links of `a[data-soft]` and `.soft a`:
    they change the address and rerun, without loading the page; with a modifier key they are what they always were.
    """
    component = st.components.v2.component('browser', js=_JS)
    component(data={'lang': lang, 'step': step, 'heading': heading}, key=KEY)
