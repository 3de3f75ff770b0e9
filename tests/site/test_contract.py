"""Streamlit has every inner name that we rely on; the list of them is whole, and has none that nobody uses."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
import streamlit
from streamlit import config

import guidance
from guidance.screens.contract import CONTRACT
from guidance.screens.contract import OPEN
from guidance.screens.contract import STREAM

ROOT = Path(guidance.__file__).parent.parent
PACKAGE = Path(streamlit.__file__).parent
STATIC, INDEX = PACKAGE / 'static/static', PACKAGE / 'static/index.html'
CONFIG = ROOT / '.streamlit/config.toml'
NGINX = ROOT / 'deploy/nginx.conf'
OWN = (ROOT / 'guidance/screens/contract.py', Path(__file__))


@cache
def sources():
    """The text of each file of ours that may name something of Streamlit's."""
    folders = [ROOT / folder for folder in ('guidance/screens', 'benchmarks', 'tests')]
    found = [path for folder in folders for kind in ('py', 'js', 'css', 'html') for path in folder.rglob(f'*.{kind}')]
    return {path: path.read_text() for path in sorted([*found, ROOT / 'wizard.py', CONFIG, NGINX]) if path not in OWN}


@cache
def script():
    """All that Streamlit's page runs."""
    return b'\n'.join(path.read_bytes() for path in sorted(STATIC.rglob('*.js')))


def used(name, kind):
    """Where a name is used, `file:line,line`: a field without its message, an imported name without its module."""
    written = name.rpartition('.')[2] if kind in ('field', 'module', 'option') else name
    pattern = re.compile(rf'(?<![\w-]){re.escape(written)}(?!\w)')
    for path, text in sources().items():
        if written not in text:  # which is most of them, and found much sooner
            continue
        if lines := dict.fromkeys(str(text.count('\n', 0, place.start()) + 1) for place in pattern.finditer(text)):
            yield f'{path.relative_to(ROOT)}:{",".join(lines)}'


def in_script(name):
    """Tell whether a name stands in the script as a whole word."""
    wanted, at = name.encode(), -1
    while (at := script().find(wanted, at + 1)) >= 0:
        end = at + len(wanted)
        if not re.search(rb'\w', script()[at - 1 : at] + script()[end : end + 1]):
            return True
    return False


@cache
def messages():
    """What each of Streamlit's messages, or a part of it, has: fields, and values of enumerations."""
    found = {}

    def look(message):
        if message.name not in found:
            found[message.name] = {*message.fields_by_name, *message.enum_values_by_name, *message.oneofs_by_name}
            for field in message.fields:
                if field.message_type:
                    look(field.message_type)

    for name in ('BackMsg', 'ForwardMsg'):
        if importable(f'streamlit.proto.{name}_pb2.{name}'):
            look(getattr(importlib.import_module(f'streamlit.proto.{name}_pb2'), name).DESCRIPTOR)
    return found


def in_messages(name):
    message, _, part = name.rpartition('.')
    return part in messages().get(message, ())


def importable(name):
    module, _, part = name.rpartition('.')
    try:
        return hasattr(importlib.import_module(module), part)
    except ImportError:
        return False


def is_one_file(pattern):
    return sum(bool(re.fullmatch(pattern, path.relative_to(STATIC).as_posix())) for path in STATIC.rglob('*.js')) == 1


def is_one_place(pattern):
    return len(re.findall(pattern, INDEX.read_text(), re.DOTALL)) == 1


LOOK = {
    'test id': in_script,
    'class': in_script,
    'attribute': in_script,
    'word of its script': in_script,
    'piece of its script': lambda text: text.encode() in script(),
    'address': in_script,
    'file': is_one_file,
    'place in index.html': is_one_place,
    'field': in_messages,
    'module': importable,
    'option': lambda name: name in config.get_config_options(),
}
"""How a name of each kind is looked up."""


def options():
    """The options that are set, or asked for in the code."""
    sections = tomllib.loads(CONFIG.read_text())
    themes = {f'theme.{mode}': sections['theme'].pop(mode) for mode in ('light', 'dark')}
    return {f'{section}.{key}' for section, keys in (sections | themes).items() for key in keys} | {'server.baseUrlPath'}


def lost(contract):
    """What the installed Streamlit does not have: what it is for, and where it is used."""
    for kind, names in contract.items():
        for name, purpose in names.items():
            if not LOOK[kind](name):
                yield '\n    '.join([f'{kind} {name}: {purpose}', *used(name, kind)])


def test_streamlit_has_every_name_that_we_rely_on():
    set_in_config = {'option': dict.fromkeys(options(), 'see .streamlit/config.toml')}
    missing = list(lost(CONTRACT | set_in_config))
    assert not missing, f'Streamlit {streamlit.__version__} has no\n' + '\n'.join(missing)


MADE_UP = [
    ('test id', 'stSkeleto'),
    ('class', 'stMadeUp'),
    ('attribute', 'data-test-nothing'),
    ('word of its script', 'CONNECTE'),
    ('piece of its script', 'fonts.made_up('),
    ('address', '_stcore/healt'),
    ('file', r'js/MadeUp\.[\w-]+\.js'),
    ('place in index.html', '<html lang="xx">'),
    ('field', 'BackMsg.made_up'),
    ('field', 'MadeUp.made_up'),
    ('module', 'streamlit.made_up.MadeUp'),
    ('module', 'streamlit.MadeUp'),
    ('option', 'server.madeUp'),
]


@pytest.mark.parametrize(('kind', 'name'), MADE_UP)
def test_a_name_that_streamlit_has_not_is_told_with_what_it_is_for(kind, name):
    assert list(lost({kind: {name: 'to be seen'}})) == [f'{kind} {name}: to be seen']


def test_every_kind_is_tried_with_a_made_up_name():
    assert {kind for kind, _ in MADE_UP} == LOOK.keys() == CONTRACT.keys() | {'option'}


def test_it_is_told_where_a_name_is_used():
    assert [place for place in used('stSkipToContent', 'test id') if re.fullmatch(r'guidance/screens/streamlit\.css:\d+', place)]


def test_every_name_of_the_contract_is_used():
    listed = [(kind, name) for kind, names in CONTRACT.items() if kind not in NOT_WRITTEN for name in names]
    unused = [f'{kind} {name}' for kind, name in listed if not any(used(name, kind))]
    assert not unused, 'to be taken out of guidance/screens/contract.py:\n' + '\n'.join(unused)


NOT_WRITTEN = {'file', 'address', 'piece of its script'}
"""What the code takes from the contract itself, or does not write."""

NAMED = [
    re.compile(r'(?<![\w-])st[A-Z]\w+'),
    re.compile(r'(?<=data-testid=)[\w-]+|(?<=data-testid=["\'])[\w-]+'),
    re.compile(r'data-test-[\w-]+'),
    re.compile(r"(?<=_once\(r')[^']+|(?<=_once\(')[^']+"),
]
"""How names of Streamlit are recognised in any source of ours."""


def own_attributes():
    """The attributes `data-...` that our templates, Python and scripts write."""
    pages = '\n'.join(text for path, text in sources().items() if path.suffix in ('.html', '.py'))
    scripts = '\n'.join(text for path, text in sources().items() if path.suffix == '.js')
    data = {re.sub('[A-Z]', lambda m: f'-{m[0].lower()}', name) for name in re.findall(r'dataset\.(\w+)', scripts)}
    toggled = re.findall(r"toggleAttribute\('(data-[a-z-]+)'", scripts)
    return {*re.findall(r'data-[a-z-]+', pages), *toggled, *(f'data-{name}' for name in data)}


def imported(text):
    """What a file imports from within Streamlit, or from what Starlette keeps for itself."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and re.match(r'streamlit\.|starlette\._', node.module or ''):
            yield from (f'{node.module}.{alias.name}' for alias in node.names)


def named_fields(text):
    """The fields of messages that a file names. One word alone may be anything, so only those of two words."""
    known = set().union(*messages().values())
    for node in ast.walk(ast.parse(text)):
        name = node.attr if isinstance(node, ast.Attribute) else node.value if isinstance(node, ast.Constant) else ''
        if isinstance(name, str) and '_' in name and name in known:
            yield name


def found_in(path, text):
    """The names of Streamlit in a file of ours."""
    yield from (name for pattern in NAMED for name in pattern.findall(text))
    if path.suffix in ('.css', '.js'):
        yield from set(re.findall(r'data-[a-z]+(?:-[a-z]+)*', text)) - own_attributes() - {'data-testid'}
    if path.suffix == '.py' and 'streamlit.proto' in text and 'tests' not in path.parts:
        yield from named_fields(text)
    if path.suffix == '.py':
        yield from imported(text)
    if 'tests' not in path.parts:  # which ask for what is closed, too
        yield from re.findall(r'_stcore/[a-z-]+', text)


def test_every_name_that_is_used_is_in_the_contract():
    known = {name for names in CONTRACT.values() for name in names} | {name.rpartition('.')[2] for name in CONTRACT['field']}
    named = {(path.relative_to(ROOT), name) for path, text in sources().items() for name in found_in(path, text)}
    new = sorted(f'{path}: {name}' for path, name in named if name not in known)
    assert not new, 'guidance/screens/contract.py says what each name is for, and has not\n' + '\n'.join(new)


def kind_of(path):
    """What nginx takes a path for, by the first of its patterns that fits."""
    (kinds,) = re.findall(r'map \$uri \$kind \{\n(.*?)\}', NGINX.read_text(), re.DOTALL)
    return next((kind for pattern, kind in re.findall(r"'~(\S+)' (\w+);", kinds) if re.search(pattern, path)), 'page')


@pytest.mark.parametrize('root', ['/', '/below/'])
def test_nginx_counts_what_streamlits_page_asks_for_as_files_and_sockets(root):
    loaded = re.findall(r'="\./(static/[^"]+)"', INDEX.read_text())
    assert len(loaded) > 2
    files = [*loaded, *OPEN, 'favicon.png']
    assert {kind_of(root + name) for name in files} == {'file'} and {kind_of(root + name) for name in STREAM} == {'socket'}
    assert {kind_of(root + page) for page in ('', 'plain', 'training', 'browser.js')} == {'page'}
