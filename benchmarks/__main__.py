"""`python -m benchmarks` prints every table; `engine`, `server`, `browser` or `first` one; `soak [N]` lets N journeys pass."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from collections.abc import Sequence
from contextlib import AbstractContextManager
from contextlib import ExitStack
from contextlib import nullcontext
from statistics import median

from benchmarks import browsers
from benchmarks import engine
from benchmarks import first
from benchmarks import load
from benchmarks.recorded import Recorded
from benchmarks.recorded import recording
from benchmarks.servers import Server

_ROUNDS = 5
_NONE = [['no Chromium on this machine: not measured']]
_LANGUAGES = ('en', 'zh-Hant', 'zh-Hans')
_NAMES = ('wizard', 'bare', 'floor', 'shipped')
_RESULT = (
    'who=relative&asker-place=hong-kong&person-place=mainland&danger-now=no&resident=yes&happened=custody'
    '&custody-kind=criminal&province=guangdong&lang=en'
)


def main(arguments: Sequence[str]) -> int:
    """Print what is asked for; return the exit code."""
    what = arguments[0] if arguments else 'all'
    if what == 'soak':
        return _soak(int(arguments[1]) if len(arguments) > 1 else 20_000)
    if what not in ('all', 'engine', 'server', 'browser', 'first'):
        print(__doc__)
        return 2
    if what in ('all', 'engine'):
        _print('Engine', engine.rows())
    if what in ('all', 'first'):
        title = 'On a slow line, with an empty cache; a real line adds two or three round trips'
        _print(title, _first() if browsers.CHROMIUM else _NONE)
    unrecorded: AbstractContextManager[list[Recorded]] = nullcontext([])
    with recording() if what not in ('engine', 'first') else unrecorded as pages:
        if what in ('all', 'server'):
            _print(
                "Server, beside apps that only draw the same pages: alike (bare), with Streamlit's widgets (floor), as shipped",
                _server(pages),
            )
        if what in ('all', 'browser'):
            _print('Browser', _browser(pages) if browsers.CHROMIUM else _NONE)
    return 0


def _result(name: str, pages: Sequence[Recorded]) -> str:
    """Return the query of a result; the floor counts its pages in the address, the bare app goes by the question before."""
    return {'wizard': _RESULT, 'bare': f'asked={pages[-2].asks}'}.get(name, f'a={"a" * (len(pages) - 1)}')


def _server(pages: Sequence[Recorded]) -> list[list[str]]:
    """Measure the servers in turn, round after round, so that a busy moment of the machine meets them all."""
    found = {name: [name] for name in _NAMES}
    with ExitStack() as running:
        servers = [running.enter_context(Server(name)) for name in _NAMES]
        for server in servers:
            load.answers(server, 1, 60)  # warm
        rounds: dict[str, list[load.Answered]] = {name: [] for name in _NAMES}
        for _ in range(_ROUNDS):
            for server in servers:
                rounds[server.name].append(load.answers(server, 1, 20 if server.name == 'shipped' else 100))
        middles = {name: median(each.middle for each in rounds[name]) for name in _NAMES}
        cpus = {name: median(each.cpu for each in rounds[name]) for name in _NAMES}
        for server in servers:
            crowd = load.answers(server, 16, 120 if server.name == 'shipped' else 1_500)
            link = load.to_result(server, _result(server.name, pages), 15)
            times = (middles[server.name], median(each.p95 for each in rounds[server.name]), cpus[server.name])
            found[server.name] += [f'{server.start:.2f}', *(f'{each:.1f}' for each in times)]
            found[server.name] += [f'{of[server.name] / of[name]:.2f}' for name in ('bare', 'floor') for of in (middles, cpus)]
            found[server.name] += [f'{crowd.per_second:.0f}', f'{crowd.p95:.0f}', f'{link:.0f}']
    for name in _NAMES:
        visitors = 100 if name == 'shipped' else 500
        with Server(name) as server:
            load.answers(server, 4, 80)
            rest, seen, answered = load.memory(server, visitors)
            found[name] += [f'{rest:.0f}', f'{seen:.0f}', f'{answered:.0f}', str(visitors)]
            found[name] += [f'{(answered - rest) / visitors:.3f}']
    head = ['server', 'start s', 'answer p50 ms', 'p95 ms', 'CPU ms', 'x bare', 'CPU', 'x floor', 'CPU']
    head += ['16 visitors: per s', 'p95 ms', 'result by link ms']
    return [[*head, 'MiB at rest', 'with visitors', 'after 10 answers each', 'visitors', 'MiB each'], *found.values()]


def _browser(pages: Sequence[Recorded]) -> list[list[str]]:
    head = ['server', 'first question cold ms', 'warm ms', 'click to next question ms', 'slowest of ten ms', 'link to result ms']
    found = [[*head, 'first load KB', 'requests']]
    for name in ('wizard', 'floor', 'shipped'):  # a browser sends the forms of the bare app nowhere
        with Server(name) as server:
            load.answers(server, 1, 20)
            waited = browsers.waits(server, f'?{load.FIRST[name]}', f'?{_result(name, pages)}')
            times = (waited.cold, waited.warm, waited.click, waited.click_p95, waited.link)
            found.append([name, *(f'{each:.0f}' for each in times), f'{waited.bytes / 1e3:.0f}', str(waited.requests)])
    return found


def _first() -> list[list[str]]:
    queries = {'start': 'lang=en', 'question': load.FIRST['wizard'], 'result': _RESULT}
    pages = {
        f'{name} {lang}': f'?{query.replace("lang=en", f"lang={lang}")}' for name, query in queries.items() for lang in _LANGUAGES
    }
    with Server('wizard') as server:
        load.answers(server, 1, 20)
        return first.rows(server, pages, f'?{load.FIRST["wizard"]}')


def _soak(journeys: int) -> int:
    with Server('wizard') as server:
        load.answers(server, 8, 200)
        print(f'{journeys:,} journeys; {server.memory():.0f} MiB after warm-up', flush=True)
        load.soak(server, journeys, lambda number, mib: print(f'{number:>8,} journeys  {mib:.1f} MiB', flush=True))
    return 0


def _print(title: str, rows: Iterable[Sequence[str]]) -> None:
    rows = [list(row) for row in rows]
    print(f'\n{title}\n')
    for number, row in enumerate(rows):
        print('| ' + ' | '.join(row) + ' |')
        if number == 0:
            print('|' + '---|' * len(row))
    sys.stdout.flush()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
