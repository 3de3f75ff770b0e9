"""Three replicas on one disk, visitors in mid-journey, and an edition that is published, and taken back, meanwhile."""

from __future__ import annotations

import base64
import re
import signal
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from guidance.commands import publish
from guidance.commands.publish import Reason
from tests.support.nginx import Front
from tests.support.nginx import Replica
from tests.support.nginx import ask
from tests.support.nginx import free_port
from tests.support.programs import NGINX
from tests.support.programs import needed
from tests.support.publications import NAMES
from tests.support.publications import draft_of
from tests.support.publications import name_it
from tests.support.publications import published
from tests.support.waiting import until

pytestmark = pytest.mark.server
RESULT = '/plain?who=me&happened=hurt&place=unknown&lang=en'
ASKING = '/plain?who=me&happened=hurt&happened=ticket&change=happened&lang=en'
STEPS = {NAMES[0]: 'Keep warm.', NAMES[1]: 'Keep warm and dry.'}


@pytest.fixture(scope='module')
def served():
    """A published folder, the draft of its next edition, and three replicas that serve the folder."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        draft, live = draft_of(folder), folder / 'live'
        assert published(draft, live) == 0
        name_it(draft, NAMES[1])
        main = draft / 'flows/main.yaml'
        main.write_text(main.read_text().replace(STEPS[NAMES[0]], STEPS[NAMES[1]]))
        replicas = [Replica(folder) for _ in range(3)]
        for replica in replicas:
            stack.callback(replica.end, signal.SIGKILL)
            replica.start(GUIDANCE_CONTENT=str(live), GUIDANCE_PUBLIC_URL='https://guidance.example/')
        for replica in replicas:
            replica.wait()
        yield draft, live, replicas


def page(replica, address):
    answer = ask(replica.port, address, tls=None)
    assert answer.status == 200
    return answer.text


def edition(replica):
    """Look at a result and at a question on the way; return the edition that both are of, or None while it turns between them."""
    result, asking = page(replica, RESULT), page(replica, ASKING)
    (name,) = [name for name in STEPS if f'>{name}</a>' in result]
    assert [each for each, step in STEPS.items() if step in result] == [name], 'the result is whole: it has one edition'
    chosen = re.findall('<input[^>]*checked[^>]*>', asking)
    assert {'hurt', 'ticket'} == {re.search('value="([^"]*)"', each)[1] for each in chosen}, 'no answer is lost'
    return name if f'>{name}</a>' in asking else None


def followed(replicas, name, change):
    """Make a change while visitors go on, until every replica serves the edition of this name; return what each served."""
    seen = {replica: [] for replica in replicas}
    publisher = threading.Thread(target=change)
    publisher.start()

    def all_serve_it():
        for replica in replicas:
            seen[replica] += filter(None, [edition(replica)])
        return all(found[-1:] == [name] for found in seen.values())

    until(all_serve_it)
    publisher.join()
    return [list(dict.fromkeys(found)) for found in seen.values()]


def test_an_edition_comes_at_once_and_whole_and_can_be_taken_back(served):
    draft, live, replicas = served
    assert [edition(replica) for replica in replicas] == [NAMES[0]] * 3
    code = re.search('c=([^&"]+)', page(replicas[0], '/keep?' + RESULT.partition('?')[2]).replace('&amp;', '&'))[1]
    seen = followed(replicas, NAMES[1], lambda: published(draft, live))
    assert all(each in (list(NAMES[:2]), [NAMES[1]]) for each in seen)
    assert 'A new name' in page(replicas[2], '/changes')
    assert STEPS[NAMES[1]] in page(replicas[1], f'/plain?c={code}')

    reason = Reason('Bea', 'It was wrong')
    followed(replicas, NAMES[0], lambda: publish.rollback(live, None, reason, yes=True))
    assert 'It was wrong' in page(replicas[0], '/changes')
    assert STEPS[NAMES[0]] in page(replicas[1], f'/plain?c={code}')


def test_nginx_lets_nobody_to_the_desk_without_the_password():
    needed(NGINX, 'nginx-light')
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        front = Front(folder / 'nginx', [free_port()] * 3)
        staff = front.folder / 'desk.users'
        stack.callback(front.end)
        key = base64.b64encode(b'staff:secret').decode()

        def status(path, **headers):
            return front.ask(path, **headers).status

        paths = ('/desk', '/desk?show=book', '/desk/preview/plain', '/desk/', '//desk', '/x/../desk', '/%64esk')
        assert {status(path) for path in paths} == {401}
        assert status('/desk/preview/plain', Authorization=f'Basic {key}') == 403  # there is no file
        staff.write_text('staff:{PLAIN}secret\n')
        assert status('/desk/preview/plain', Authorization=f'Basic {key}') == 502  # it is let through; no replica is there
        assert status('/desk/preview/plain', Authorization='Basic c3RhZmY6bm8=') == 401
