"""The theme that is kept is the one that Streamlit would put together."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from guidance.screens.site import theme

SECTIONS = {'theme': (), 'theme.light': ('light',), 'theme.dark': ('dark',), 'theme.sidebar': ('sidebar',)}
SECTIONS |= {f'theme.{mode}.sidebar': (mode, 'sidebar') for mode in ('light', 'dark')}


def told():
    """What a page is told of the theme."""
    message = NewSession()
    for section, path in SECTIONS.items():
        part = message.custom_theme
        for name in path:
            part = getattr(part, name)
        app_session._populate_theme_msg(part, section)
    return message


@pytest.mark.parametrize('settings', [{}, {'theme.light.primaryColor': '#123456', 'theme.font': 'serif', 'theme.base': 'dark'}])
def test_theme_is_told_as_streamlit_tells_it(monkeypatch, settings):
    for name, value in settings.items():
        monkeypatch.setattr(config.get_config_options()[name], '_get_val_func', lambda value=value: value)
        assert config.get_option(name) == value
    theme._made.cache_clear()
    monkeypatch.setattr(app_session, '_populate_theme_msg', theme._populate_theme_msg)
    expected = told()
    assert expected.HasField('custom_theme')
    theme.keep_theme()
    assert app_session._populate_theme_msg is not theme._populate_theme_msg
    assert [told() == expected for _ in range(2)] == [True, True]
    theme._made.cache_clear()
