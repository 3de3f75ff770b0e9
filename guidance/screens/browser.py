"""The little that only the browser can do: focus on the new heading, the language of the page, links without reload."""

from __future__ import annotations

import streamlit as st

KEY = 'browser'
CSS = f'.st-key-{KEY} {{ display: none }}'
"""Keeps the component out of the layout; belongs in the head of the page, so that nothing ever jumps."""

_JS = r"""
const top = () => { for (const box of [document.querySelector('[data-testid=stMain]'), window]) box && box.scrollTo(0, 0); };

// Buttons that copy, send, print and save. Without a clipboard (an address without https) the old way of copying serves.
const copy = async text => {
  try { await navigator.clipboard.writeText(text); } catch {
    const box = document.body.appendChild(Object.assign(document.createElement('textarea'), { value: text, readOnly: true }));
    box.style.cssText = 'position:fixed;opacity:0';
    box.select();
    document.execCommand('copy');
    box.remove();
  }
};

// A file made of what the page has: it needs no server, so that any of several servers will do.
const save = (name, text) => {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
};

// Leave quickly: another page takes the place of this one, at a click or when Escape is pressed three times within five seconds.
let escapes = [];
const leave = event => {
  const link = document.querySelector('[data-leave]');
  if (!link) return;
  if (event.type === 'click') {
    if (!event.target.closest('[data-leave]') || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
  } else {
    escapes = event.key === 'Escape' ? [...escapes, event.timeStamp].filter(time => event.timeStamp - time < 5_000) : [];
    if (escapes.length < 3) return;
  }
  document.body.hidden = true;
  document.title = '';
  location.replace(link.href);
};

// The arrow keys, and those that a presenter's remote control sends, lead through a demonstration.
const keys = { ArrowRight: 'next', PageDown: 'next', ArrowLeft: 'previous', PageUp: 'previous' };
const turn = event => {
  const link = keys[event.key] && document.querySelector(`[data-${keys[event.key]}]`);
  const other = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.target.closest('input, textarea');
  if (!link || other) return;
  event.preventDefault();
  link.click();
};

const act = async event => {
  const button = event.target.closest && event.target.closest('[data-copy], [data-send], [data-print], [data-save]');
  if (!button) return;
  event.preventDefault();
  if ('print' in button.dataset) return window.print();
  if ('save' in button.dataset) return save(button.dataset.name, button.dataset.save);
  if ('send' in button.dataset) return navigator.share({ text: button.dataset.send }).catch(() => {});
  await copy(button.dataset.copy);
  const said = button.closest('section').querySelector('[role=status]');
  said.textContent = '';
  requestAnimationFrame(() => { said.textContent = button.dataset.done; });
};

// Streamlit names its boxes and groups by the Markdown of their labels. The label that is seen is the better name.
const named = () => {
  for (const box of document.querySelectorAll('.stCheckbox input[aria-label]')) box.removeAttribute('aria-label');
  for (const group of document.querySelectorAll('.stRadio [role=radiogroup][aria-label*="\\\\"]'))
    group.setAttribute('aria-label', group.getAttribute('aria-label').replace(/\\(?=[^\w\s])/g, ''));
};

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
  document.querySelectorAll('.g-wait').forEach(box => box.remove());
  if (before !== undefined && before !== step) focus(data.heading, step);
  if (window.__soft) return;
  window.__soft = true;
  document.addEventListener('click', soft, true);
  document.addEventListener('click', act);
  document.addEventListener('keydown', turn);
  document.addEventListener('click', leave, true);
  document.addEventListener('keydown', leave, true);
  new MutationObserver(named).observe(document.getElementById('root'), { childList: true, subtree: true });
  named();
  if (navigator.share) page.classList.add('can-send');
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
