"""A question as people answer it: what excludes what, a long list, the way back, and what a screen reader is told of it."""

from __future__ import annotations

import re

import pytest

from guidance.content.condition import holds
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from guidance.screens.parts import option_groups
from tests.support.browsing import asked
from tests.support.browsing import case
from tests.support.browsing import choose
from tests.support.browsing import chosen
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import in_language
from tests.support.browsing import ready
from tests.support.browsing import row
from tests.support.browsing import said
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.shipped import SHIPPED

pytestmark = pytest.mark.browser


def opened(page, server, lang, name, *, live=True):
    """Open a question of case s06 in a language; return it and the answers before."""
    content = said(lang)
    answers = case(content, 's06')
    before = dict(list(answers.items())[: list(answers).index(name)])
    page.goto(server.url + query_string(parameters(content, before, lang)))
    if live:
        taken_over(page)
    heading(page, content.question[name].ask.for_(before))
    return content.question[name], before


# Back


def test_the_browsers_back_finds_the_answer_chosen_and_continue_leads_on_as_it_was(content, server, page):
    answers = case(content, 's06')
    page.goto(f'{server.url}?change={content.questions[0].id}&lang=en')
    page.wait_for_function('() => window.guidance.ready()')
    for _ in range(4):
        choose(content, page, answers)
    reached = dict(walk(content, given(content, page)).answered)  # in the order of the questions
    heading(page, asked(content, reached).ask.for_(reached))
    entries = page.evaluate('history.length')
    for name in reversed(reached):
        page.go_back()
        heading(page, content.question[name].ask.for_(reached))
        assert chosen(page) == set(reached[name]) and given(content, page) == reached
    settled(page)
    page.get_by_role('button', name=content.ui_texts.next).click()
    heading(page, asked(content, reached).ask.for_(reached))
    page.wait_for_function('() => !location.search.includes("asked")')
    assert given(content, page) == reached and page.evaluate('history.length') == entries - len(reached) + 1
    page.reload()
    page.go_back()  # to a page that another document drew
    heading(page, content.questions[0].ask.for_({}))
    settled(page)  # what is chosen again is so at the end of the page
    assert chosen(page) == set(reached[content.questions[0].id])


# What excludes what


@pytest.mark.parametrize('live', [False, True], ids=['first', 'full'])
def test_an_answer_that_stands_alone_unticks_the_others_and_they_untick_it(server, page, live):
    question, before = opened(page, server, 'en', 'happened', live=live)
    alone = [option.id for option in question.options if option.alone]
    several = [option.id for option in question.options if not option.alone][:2]
    settled(page)
    for option, expected in ((several[0], several[:1]), (several[1], several), (alone[0], alone[:1]), (several[1], several[1:])):
        row(page, question, option).click()
        assert chosen(page) == set(expected)
    if not live:
        ready(page)  # a browser that loads the next page by itself keeps no choice for it
    in_language(page, 'zh-Hant')
    heading(page, said('zh-Hant').question['happened'].ask.for_(before))
    assert chosen(page) == set(several[1:])


# A long list

FOUND = {'en': ('guang', ['guangdong', 'guangxi']), 'zh-Hant': ('广东', ['guangdong']), 'zh-Hans': ('shenzhen', ['guangdong'])}
VISIBLE = "rows => rows.filter(row => row.checkVisibility()).map(row => row.querySelector('input').value)"


@pytest.mark.parametrize('lang', FOUND)
def test_a_long_list_is_searched_by_any_name_and_continue_stays_in_sight(server, page, lang):
    page.set_viewport_size({'width': 360, 'height': 640})
    question, before = opened(page, server, lang, 'province', live=lang != 'zh-Hans')
    texts, rows = said(lang).ui_texts, page.locator('.g-option')
    own = [option.id for option in question.options if option.id not in said(lang).lists['provinces'].rows]
    every = rows.evaluate_all(VISIBLE)
    assert every == list(question.option) and every[0] == 'guangdong'
    field, (words, wanted) = page.get_by_label(texts.filter), FOUND[lang]
    field.fill(words)
    assert rows.evaluate_all(VISIBLE) == wanted + own
    expect(page.locator('.g-filter [role=status]')).to_have_text(texts.filter_found.replace('{n}', str(len(wanted))))
    field.press('Enter')  # which would send an empty answer
    settled(page)
    row(page, question, 'guangdong').click()
    field.fill('zzz')
    assert rows.evaluate_all(VISIBLE) == ['guangdong', *own]
    field.fill('')
    assert rows.evaluate_all(VISIBLE) == every
    for option in (every[0], every[20], every[-1]):
        page.locator(f'[value={option}]').focus()
        expect(page.get_by_role('button', name=texts.next)).to_be_in_viewport(ratio=0.9)
    labels = [group.label for group in page_groups(question)]
    expect(page.locator('.g-group > p')).to_have_text(labels)
    assert page.evaluate('location.search').count('asked') == 0 and walk(said(lang), before).next is not None


def page_groups(question):
    return [group for group in option_groups(question.options) if group.label]


# What a screen reader is told


@pytest.mark.parametrize('lang', SHIPPED.contents)
def test_what_a_screen_reader_is_told(server, page, lang):
    """The whole tree of each form, made from the content: names, roles, what is chosen and what is wrong."""
    for name in ('resident', 'happened', 'province'):
        question, before = opened(page, server, lang, name)
        assert spoken(page) == tree(said(lang), question, before)
    page.get_by_role('button', name=said(lang).ui_texts.next).click()
    error = page.get_by_role('alert')
    expect(error).to_be_focused()
    texts = said(lang).ui_texts
    assert error.aria_snapshot().split('\n')[:3] == [
        '- alert:',
        f'  - heading "{texts.error_heading}" [level=2]',
        '  - paragraph:',
    ]
    expect(page.get_by_role('radiogroup')).to_have_accessible_description(re.compile(re.escape(texts.error_one)))


def spoken(page):
    """What is read of the form, a line each: the role and the name."""
    found = []
    for line in page.locator('.g-form').aria_snapshot().split('\n'):
        said_of = line.strip().removeprefix('- ').rstrip(':')
        if said_of.startswith("'"):  # as YAML writes what has a colon in it
            said_of = said_of[1:-1].replace("''", "'")
        role, _, name = said_of.partition(' ')
        if role in ('radiogroup', 'group', 'radio', 'checkbox', 'button', 'searchbox'):
            found.append((role, name.strip('"')))
    return found


def tree(content, question, before):
    kind = 'checkbox' if question.many else 'radio'
    found = [('group' if question.many else 'radiogroup', question.ask.for_(before))]
    group = None
    for option in question.options:
        assert holds(option.when, before)
        if option.group != group and option.group:
            found.append(('group', option.group))
        group = option.group
        found.append((kind, ' '.join(filter(None, (option.label, option.hint)))))
    search = [('searchbox', content.ui_texts.filter)] if len(question.options) > 15 else []
    return [*search, *found, ('button', content.ui_texts.next)]
