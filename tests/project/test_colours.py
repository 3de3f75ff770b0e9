"""Each colour is one of `tokens.css`, wherever it stands again: in Streamlit's theme, and in what may stand alone."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.support.paths import ROOT

COLOUR = r'#[0-9a-fA-F]{3,8}\b'
SCREENS = ROOT / 'guidance/screens'
"""What is drawn here has the tokens on its page."""
TOKENS = SCREENS / 'tokens.css'
OWN = (TOKENS, SCREENS / 'training.css')
"""The files that say what colours there are: training has a few of its own."""
SOURCES = [
    path
    for folder, kinds in {'guidance': ('css', 'html', 'js', 'py'), 'deploy': ('html',)}.items()
    for kind in kinds
    for path in sorted((ROOT / folder).rglob(f'*.{kind}'))
    if path not in OWN
]
NO_SCREEN = r'^@media print \{\n.*?^\}|^[^\n{]*\.g-qr \{[^}]*\}|#0004'
"""Paper, a code to scan, which is black on white, and a shadow."""
STREAMLIT = {
    'primaryColor': 'brand',
    'backgroundColor': 'page',
    'secondaryBackgroundColor': 'wash',
    'textColor': 'ink',
    'linkColor': 'link',
    'borderColor': 'edge',
}


def whole(colour):
    digits = colour.lower().removeprefix('#')
    return '#' + (digits if len(digits) == 6 else ''.join(digit * 2 for digit in digits))


def tokens():
    """The colours of a light page, and of a dark one, by their names."""
    light, dark = TOKENS.read_text().split('@media')
    found = [{name: whole(colour) for name, colour in re.findall(rf'--([\w-]+): ({COLOUR})', text)} for text in (light, dark)]
    return {'light': found[0], 'dark': found[0] | found[1]}


@pytest.mark.parametrize('mode', ['light', 'dark'])
def test_streamlit_is_told_the_same_colours_and_font(mode):
    theme = tomllib.loads((ROOT / '.streamlit/config.toml').read_text())['theme']
    assert {STREAMLIT[key]: value for key, value in theme[mode].items()} == {
        name: tokens()[mode][name] for name in STREAMLIT.values()
    }
    (font,) = re.findall('--font: (.*);', TOKENS.read_text())
    assert theme['font'] == theme['headingFont'] == font


def test_every_colour_that_is_written_again_is_that_of_a_token():
    light, dark = tokens().values()
    wrong = []
    for path in SOURCES:
        has_tokens = SCREENS in path.parents and path.suffix in ('.css', '.html')
        known = set() if has_tokens else {'#000000', '#ffffff', *light.values(), *dark.values()}
        text = re.sub(NO_SCREEN, '', path.read_text(), flags=re.MULTILINE | re.DOTALL)
        named = re.findall(rf'--([\w-]+)(?:: ?|, ?)({COLOUR})', text)
        wrong += [f'{path}: --{name} {each}' for name, each in named if whole(each) not in (light.get(name), dark.get(name))]
        wrong += [f'{path}: {each}' for each in re.findall(rf'(?<![&\w]){COLOUR}', text) if whole(each) not in known]
    assert not wrong
