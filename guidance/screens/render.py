"""The templates of all pages, and what is done to every HTML that is made of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import jinja2

from guidance.journey.query import parameter
from guidance.languages.language import foreign_writing
from guidance.languages.language import writing


def css_string(text: str) -> str:
    """Return a text for between the quotation marks of a style sheet, where no letter of it means anything, nor in HTML."""
    return ''.join(letter if letter.isalnum() else f'\\{ord(letter):x} ' for letter in str(text))


class _Names(jinja2.runtime.Context):
    """The names that a template is given. For each call Jinja looks whether the function asks for them; here none does."""

    def call(self, function: Callable[..., object], *given: object, **named: object) -> object:
        """Call a function from a template."""
        named.pop('_block_vars', None)
        named.pop('_loop_vars', None)
        return function(*given, **named)


_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / 'templates'),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
    auto_reload=False,  # else each use looks at the file
    cache_size=-1,  # all of them, without looking which was not used for longest
)
_templates.context_class = _Names
_templates.filters['parameter'] = parameter
_templates.filters['css_string'] = css_string
_templates.filters['plain'] = str.__str__  # for attributes: a text that is in no element of its own, so without its language


_INDENTED = re.compile(r'\n\s+<')  # a tag on a line of its own, as templates have it: nobody sees how
_RUN = re.compile(r'[^\x00-\x7f]+')


def html_of(template: str, names: Mapping[str, object], lang: str, languages: Iterable[str]) -> str:
    """Return the HTML of a template with these names in it, with everything escaped that is not HTML itself.

    `lang` is the language of the page, `languages` those that the service has: what is in the writing of another one is marked.
    """
    html = _INDENTED.sub('\n<', _templates.get_template(template).render(names))
    foreign = foreign_writing(lang, tuple(languages))
    return _marked(html, foreign) if foreign else html


def _marked(html: str, foreign: Mapping[str, str]) -> str:
    """Mark what is in another language than the page, for the voice that reads it aloud and for the font.

    Each piece is a tag and the text behind it. Most have ASCII's letters only, which a text knows of itself: a search for others
    would take ten times as long.
    """
    pieces = html.split('<')
    for number, piece in enumerate(pieces):
        if number and not piece.isascii():
            tag, closed, text = piece.partition('>')
            if closed and ' lang=' not in tag and not tag.startswith(('title', 'style')):
                pieces[number] = f'{tag}>' + _RUN.sub(lambda run: _in_languages(run[0], foreign), text)
    return '<'.join(pieces)


def _in_languages(text: str, foreign: Mapping[str, str]) -> str:
    pieces = ((lang, ''.join(piece)) for lang, piece in groupby(text, lambda letter: foreign.get(writing(letter), '')))
    return ''.join(f'<span lang="{lang}">{piece}</span>' if lang else piece for lang, piece in pieces)
