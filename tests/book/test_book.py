"""The book has all that the content says, in each language, and every link in it leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest

from guidance.__main__ import main
from guidance.book.book import Book
from guidance.book.draw import file
from guidance.book.due import whats_open
from guidance.book.numbers import PARAGRAPHS
from guidance.book.ways import ways
from guidance.content.condition import holds
from guidance.journey.walk import Arrived
from guidance.journey.walk import walk
from guidance.serving.check import check
from guidance.serving.confirmations import Confirmed
from guidance.serving.confirmations import confirm
from tests.support.paths import ROOT
from tests.support.sampling import sampled
from tests.support.shipped import EXAMPLES
from tests.support.shipped import SHIPPED
from tests.support.shipped import TODAY
from tests.support.shipped import report_of
from tests.support.small import small_content

LANGS = tuple(SHIPPED.contents)


@pytest.fixture(scope='module')
def html():
    """The book of the shipped content in all its languages."""
    return file(Book(SHIPPED.contents, LANGS, SHIPPED.confirmed), 'book', TODAY)


def texts_of(html):
    return unescape(re.sub(r'\s+', ' ', re.sub('<[^<>]*>', ' ', html)))


@pytest.mark.parametrize('lang', sampled(LANGS, 3, 1))
def test_it_has_every_question_option_and_outcome_in_each_language(html, lang):
    text, content = texts_of(html), SHIPPED.contents[lang]
    for question in content.questions:
        wordings = [each for each in (question.ask, question.hint, question.why) if each]
        said = [variant.say for wording in wordings for variant in wording.variants]
        assert [each for each in [*said, *(option.label for option in question.options)] if each not in text] == []
    for outcome in content.outcomes:
        said = [*outcome.do_now, *outcome.later]
        said += [line for items in (outcome.can, outcome.cannot) for lines in items.values() for line in lines]
        assert [line.say for line in said if line.say not in text] == []
    assert [each.name for each in content.contacts.values() if each.name not in text] == []


def test_every_link_in_it_leads_to_a_place_and_no_place_has_two(html):
    places = re.findall(r' id="([^"]+)"', html)
    links = set(re.findall(r' href="#([^"]+)"', html))
    assert len(places) == len(set(places)) and len(links) > 200
    assert links - set(places) == set()


def test_it_needs_nothing_else_and_runs_nothing(html):
    assert '<script' not in html and ' src=' not in html and '<link' not in html and '@import' not in html


@pytest.mark.parametrize('name', ['shipped', *EXAMPLES])
def test_the_way_to_a_question_ends_at_it_and_the_way_to_an_outcome_shows_it(name):
    content = report_of(name).content
    found = ways(content)
    assert found.keys() == {f'question {q.id}' for q in content.questions} | {f'outcome {o.id}' for o in content.outcomes}
    for question in content.questions:
        assert walk(content, found[f'question {question.id}']).next.id == question.id
    for outcome in content.outcomes:
        answers = found[f'outcome {outcome.id}']
        assert isinstance(walk(content, answers), Arrived) and holds(outcome.applies, answers)


def test_it_says_who_confirmed_what_and_what_nobody_has(folder):
    target = folder()
    assert confirm(target, check(target).contents, ('outcome:hurt',), 'A. Chan', TODAY) == []
    report = check(target)
    book = Book(report.contents, ('en',), report.confirmed)
    html = file(book, 'book', TODAY)
    at = html.index(f'id="p{book.number["outcome hurt"]}"')
    assert 'Confirmed by A. Chan on November 26, 2026' in html[at : at + 300]
    open_outcomes = next(kind for kind in whats_open(book, TODAY) if kind.title.startswith('Outcomes that nobody'))
    assert 'outcome hurt' not in {item.name for item in open_outcomes.items} and open_outcomes.items
    fallen = Book(report.contents, ('en',), Confirmed({}, report.confirmed.standing))
    assert 'Its words have changed since' in file(fallen, 'book', TODAY)


def test_the_command_writes_the_book_and_the_numbers_once(folder, tmp_path, capsys):
    target, out = folder(), tmp_path / 'book.html'
    assert main(['--content', str(target), 'book', str(out), '--today', '2026-11-26']) == 0
    assert 'new numbers' in capsys.readouterr().out
    first, numbers = out.read_bytes(), (target / PARAGRAPHS).read_bytes()
    assert main(['--content', str(target), 'book', str(out), '--today', '2026-11-26']) == 0
    assert 'new numbers' not in capsys.readouterr().out
    assert (out.read_bytes(), (target / PARAGRAPHS).read_bytes()) == (first, numbers)


@pytest.mark.parametrize(
    ('files', 'more', 'told'),
    [
        ({'flows/hut.yaml': 'title: no\n'}, [], 'flows/hut.yaml:1:8'),
        ({PARAGRAPHS: '{'}, [], f'{PARAGRAPHS}:1:2'),
        ({}, ['--lang', 'eng'], '`eng`'),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(folder, tmp_path, capsys, files, more, told):
    target = folder(files)
    for command, name in (('book', 'book.html'), ('map', 'map.svg')):
        assert main(['--content', str(target), command, str(tmp_path / name), *more]) == 2
        assert told in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ['content']
    assert (target / PARAGRAPHS).exists() == (PARAGRAPHS in files)


def test_a_map_that_is_no_svg_and_a_place_that_cannot_be_written(folder, tmp_path, capsys):
    target = folder()
    assert main(['--content', str(target), 'map', str(tmp_path / 'map.png')]) == 2
    assert 'map.svg' in capsys.readouterr().err
    for command, name in (('book', 'book.html'), ('map', 'map.svg')):
        assert main(['--content', str(target), command, str(tmp_path / 'none' / name)]) == 2
        assert 'cannot be written' in capsys.readouterr().err


@pytest.mark.server
def test_another_process_writes_the_same_book(folder, tmp_path):
    target = folder()
    here, there = tmp_path / 'here.html', tmp_path / 'there.html'
    assert main(['--content', str(target), 'book', str(here), '--today', '2026-11-26']) == 0
    command = [sys.executable, '-m', 'guidance', '--content', str(target), 'book', str(there), '--today', '2026-11-26']
    subprocess.run(command, check=True, cwd=ROOT, env={'PYTHONHASHSEED': '1', 'PATH': ''}, capture_output=True)
    assert here.read_bytes() == there.read_bytes()


def test_a_text_that_looks_like_html_is_only_text(folder):
    main_flow = small_content()['flows/main.yaml'].replace('Who needs help?', 'Who <b>needs</b> &amp; help?')
    report = check(folder({'flows/main.yaml': main_flow}))
    html = file(Book(report.contents, ('en',), report.confirmed), 'book', TODAY)
    assert 'Who &lt;b&gt;needs&lt;/b&gt; &amp;amp; help?' in html and 'Who <b>needs' not in html
