"""Every inner name of Streamlit that we rely on, and what for. None of them is promised: any release may change any.

`tests/site/test_contract.py` looks each one up in the Streamlit that is installed. It also tells which names are used in style
sheets, scripts, Python or tests and not listed here, and which are listed and used nowhere. The options are listed where they
are set, in `.streamlit/config.toml`; the test reads them there. How elements lie within each other no list can say: that is for
the tests in a browser.
"""

from __future__ import annotations

from collections.abc import Mapping

TEST_IDS = {
    'InputInstructions': 'the English hint of keys below a text field: hidden',
    'stAlertContainer': 'the box of the word that there is no connection: hidden',
    'stErrorElementStack': 'what Streamlit shows when a part of the page did not come: our own words stand there instead',
    'stHeader': 'the bar at the top: hidden',
    'stSkeleton': 'stands for a part that is on its way: the page is not whole yet',
    'stSkipToContent': 'the link to skip to the box around everything: hidden, ours leads to the heading',
    'stStatusWidget': 'the sign that the page is being made: hidden',
    'stToolbar': 'the buttons at the top: hidden',
    'stWidgetLabel': 'the label of a text field: its colour',
    # Only tests look for these: a visitor must not see them.
    'stAppDeployButton': 'the button for programmers to deploy the app',
    'stMainMenu': 'the menu for programmers',
}
"""Values of `data-testid`."""

CLASSES = {
    'stApp': 'the whole page: for rules that must weigh more than its own',
    'stAppViewContainer': 'between the page and its main part: printed in full height',
    'stCheckbox': 'a mark of an assessment',
    'stElementContainer': 'the box around each element: its width',
    'stForm': 'a form of the training pages: inert until all of it is there',
    'stFormSubmitButton': 'its button',
    'stHtml': 'a part of the page that our templates wrote',
    'stMain': 'what scrolls, and has the heading that gets the focus',
    'stMainBlockContainer': 'the column of the page: its width and padding',
    'stRadio': 'the answers of a question, as the floor of the benchmarks draws it',
    'stTextArea': 'the field of the training table',
    'stTextInput': 'a field of one line',
    'stVerticalBlock': 'a stack of elements: the gap between them',
}
"""Classes of elements; `stMain` and most others are their test ids, too."""

ATTRIBUTES = {
    'data-stale': 'a part of the page before: not greyed',
    'data-test-connection-state': 'whether the page is connected',
    'data-test-script-state': 'whether the server is making the page',
}

PAGE = {
    'CONNECTED': 'the value of `data-test-connection-state` when it is',
    'notRunning': 'the value of `data-test-script-state` when it is not',
    'st-key-': 'begins the class of an element that has a key: by it a script knows whose form stands there',
    'stActiveTheme': 'begins the name of the only thing that Streamlit keeps in the browser',
    '__streamlit': 'where its script looks for settings of the page',
    'BACKEND_BASE_URL': 'such a setting: where the server is; with it the page does not guess',
    'HOST_CONFIG': 'such a setting, with those that follow; with it the page does not ask the server first',
    'allowedOrigins': 'who may frame the page',
    'useExternalAuthToken': 'a log-in: there is none',
    'blockErrorDialogs': 'no box over the page that says in English that there is no connection',
    'vite:preloadError': 'the event when a file of the page did not come',
    '$$ID': 'begins the name of a widget: what has another name is refused',
}
"""Words in its script, and what they mean there."""

CODE = {
    'addEventListener(`popstate`': 'a change of the address makes the page anew: so `browser.js` follows a soft link',
    'document.fonts.load(': 'it fetches the font of icons: `line.js` keeps it from that',
    'new WebSocket(': "it connects, by what `line.js` puts in the place of the browser's own",
    '`./favicon.png`': 'the icon of a page that names none: `Shell` answers with ours',
}
"""Pieces of its script: what it does, so that ours can do something else."""

OPEN = {
    '_stcore/health': 'whether the server is there; asked when a connection is lost',
    '_stcore/host-config': 'who may frame the page; asked at the start',
}
"""What Streamlit's page asks for by HTTP, beside its files. All other addresses of Streamlit are closed."""

STREAM = {'_stcore/stream': 'the WebSocket of a page'}

LATE_FILES = {
    r'js/Html\.[\w-]+\.js': 'what our templates wrote',
}
"""Files that it fetches only when a page has such a part, fetched ahead; with them come those that they need themselves."""

INDEX = {
    '<script type="module" crossorigin src=': 'what starts it: our own page loads that, see `scripts.py`',
    '<div id="root"></div>': 'where it draws: our own page has that place, too, and our scripts observe it',
}
"""Places in its `index.html`, each just once there."""

FIELDS = {
    'BackMsg.rerun_script': 'the only message that a page of ours sends',
    'ClientState.query_string': 'the address, with the answers: cut when it is too long',
    'ClientState.widget_states': 'what is chosen and clicked; not too many',
    'ClientState.page_script_hash': 'which page; of limited length, as are those that follow',
    'ClientState.page_name': 'which page, by its name',
    'ClientState.fragment_id': 'a part of a page: there is none',
    'ClientState.cached_message_hashes': 'what the browser still has',
    'ClientState.context_info': 'what the browser says of itself',
    'ContextInfo.url': 'the whole address',
    'ContextInfo.timezone': 'of no use here',
    'ContextInfo.locale': 'the language of the browser',
    'ContextInfo.color_scheme': 'of no use here',
    'WidgetStates.widgets': 'one state for each',
    'WidgetState.id': 'the name of a widget, made by Streamlit',
    'WidgetState.trigger_value': 'a click',
    'WidgetState.bool_value': 'a tick',
    'WidgetState.string_value': 'an option or a text',
    'ForwardMsg.script_finished': 'the page is drawn: the next message may pass',
    'ForwardMsg.FINISHED_EARLY_FOR_RERUN': 'it is not, another run follows at once',
    'ForwardMsg.new_session': 'begins a page, and tells of the server',
    'ForwardMsg.page_info_changed': 'the server changed the address: an answer was taken',
    'NewSession.main_script_path': 'where the program lies: taken out, as are those that follow',
    'NewSession.initialize': 'what the browser needs to begin',
    'Initialize.environment_info': 'of the server',
    'Initialize.user_info': 'of the installation',
    'EnvironmentInfo.python_version': 'of the server',
    'EnvironmentInfo.server_os': 'of the server',
    'EnvironmentInfo.has_display': 'of the server',
    'UserInfo.installation_id': 'of the installation',
    'UserInfo.installation_id_v3': 'of the installation',
    'UserInfo.installation_id_v4': 'of the installation',
    # The visitor of the benchmarks reads pages by these.
    'ForwardMsg.delta': 'a part of a page',
    'ForwardMsg.metadata': 'of a part',
    'ForwardMsgMetadata.delta_path': 'its place on the page',
    'Delta.new_element': 'what it is',
}
"""Fields of its WebSocket messages, and values of enumerations in them."""

MODULES = {
    'streamlit.proto.BackMsg_pb2.BackMsg': 'what a page sends',
    'streamlit.proto.ClientState_pb2.ClientState': 'what is in it',
    'streamlit.proto.ForwardMsg_pb2.ForwardMsg': 'what a page is sent',
    'streamlit.proto.WidgetStates_pb2.WidgetState': 'for tests: what is in what a page sends',
    'streamlit.web.server.starlette.starlette_static_routes.create_streamlit_static_assets_routes': 'for tests: its files alone',
    'streamlit.testing.v1.AppTest': 'for tests: a page without a browser',
    'streamlit.testing.v1.local_script_runner': 'for tests: what waits for the end of such a page',
    'streamlit.components.v2.component_manager.BidiComponentManager': 'for tests: a page without a search for components',
    'streamlit.proto.NewSession_pb2.CustomThemeConfig': 'the theme, as a page is told it',
    'streamlit.proto.NewSession_pb2.NewSession': 'for tests: what tells it',
    'streamlit.runtime.app_session': 'has the function that puts it together',
    'streamlit.runtime.app_session._populate_theme_msg': 'that function: ours takes its place',
    'starlette._utils.get_route_path': 'the path below the place where the app is mounted, of the server that Streamlit brings',
}
"""What is imported from within."""

CONTRACT: Mapping[str, Mapping[str, str]] = {
    'test id': TEST_IDS,
    'class': CLASSES,
    'attribute': ATTRIBUTES,
    'word of its script': PAGE,
    'piece of its script': CODE,
    'address': OPEN | STREAM,
    'file': LATE_FILES,
    'place in index.html': INDEX,
    'field': FIELDS,
    'module': MODULES,
}
"""All of it, by kind."""
