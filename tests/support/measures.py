"""What a page on a phone of 360 to 640 pixels may take before it says what matters, and how much there may be to read."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page

from guidance.journey.walk import Result

PHONE = {'width': 360, 'height': 640}
FURNITURE = 92.5  # pixels from the top of the page to the end of the two lines that stand on every page, rounded
ANSWER = 300  # pixels from the top of the page at which the first answer begins at the latest
CALL, STEP = 300, 380  # the same of the call and of the first listed step
SHORT, MOST = 4 * 640, 6 * 640  # how high the result of one of the first cases is, and any other
WORDS, LETTERS = 350, 500  # that there are to read in one of the first cases before anything is unfolded; letters in Chinese
FIRST = [f's{number:02}' for number in range(1, 15)]

_ASKED = """() => { const of = (selector, side) => {
        const found = document.querySelector(selector); return found && found.getBoundingClientRect()[side]; };
    return { above: Math.max(of('.g-header', 'bottom'), of('.g-strip', 'bottom')), answer: of('.g-option', 'top'),
        said: document.querySelector('.g-told, .g-notice') !== null, wide: document.scrollingElement.scrollWidth,
        small: [...document.querySelectorAll('.g-header a, .g-header summary, .g-dial a, .g-more > summary')]
            .filter(e => e.getBoundingClientRect().height < 43.9 || e.getBoundingClientRect().width < 36)
            .map(e => e.innerText) }; }"""

_FOUND = """() => {
    const box = name => document.querySelector(name).getBoundingClientRect();
    const top = name => document.querySelector(name) && box(name).top;
    const targets = '#main :is(summary, button, .g-call, .g-number, .g-actions a, .g-change)';
    const small = [...document.querySelectorAll(targets)]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90));
    const furniture = Math.max(...['.g-header', '.g-strip'].map(name => box(name).bottom));
    return { small, furniture, h1: top('h1'), call: top('.g-call'), share: top('.g-share summary'), step: top('.g-steps li'),
        height: box('.g-page').height, wide: document.scrollingElement.scrollWidth,
        read: document.querySelector('#main').innerText }; }"""


def question_is_high_up(page: Page) -> None:
    """Hold that two lines stand above a question, and that its first answer is high up, if nothing had to be told before."""
    found = page.evaluate(_ASKED)
    assert found['above'] <= FURNITURE and found['wide'] <= PHONE['width'] and found['small'] == [], found
    assert found['said'] or 0 < found['answer'] <= ANSWER, found


def result_of(page: Page) -> dict[str, Any]:
    """Return what there is of a result: where its parts begin, in pixels, what is too small to tap, and what there is to read."""
    found: dict[str, Any] = page.evaluate(_FOUND)
    return found


def result_is_short(page: Page, name: str, result: Result) -> None:
    """Hold that the call and the first step of a result are in sight at once, and that the rest is short: `name` is its case."""
    seen = result_of(page)
    assert seen['furniture'] <= FURNITURE, (name, seen)
    assert seen['small'] == [] and seen['wide'] <= PHONE['width'], (name, seen)
    assert seen['h1'] < seen['share'] <= CALL and seen['call'] in (None, seen['share']), (name, seen)
    assert seen['step'] <= STEP or not result.in_scope, (name, seen)  # where nothing fits, that comes first
    assert seen['height'] <= (SHORT if name in FIRST else MOST), (name, seen)
    letters = len(re.findall(r'[\u3400-\u9fff]', seen['read']))
    if name in FIRST:
        assert letters <= LETTERS if letters > 100 else len(seen['read'].split()) <= WORDS, (name, letters, seen['read'])
    assert not [line.say for item in (*result.can, *result.cannot) for line in item.lines if line.say in seen['read']]
