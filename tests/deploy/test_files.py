"""The files of `deploy/` agree with one another, with the program and with the content. `test_deploy.py` runs them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from html.parser import HTMLParser

import pytest
import uvicorn
import yaml

from benchmarks import servers
from guidance.screens.site.messages import LIMITS
from tests.support.paths import DEPLOY
from tests.support.paths import ROOT
from tests.support.shipped import SHIPPED

SERVICE = (DEPLOY / 'guidance@.service').read_text()
CONTAINER = (DEPLOY / 'Containerfile').read_text()
KUBERNETES = {found['kind']: found for found in yaml.safe_load_all((DEPLOY / 'kubernetes.yaml').read_text())}
README = (ROOT / 'README.md').read_text()
POD = KUBERNETES['Deployment']['spec']['template']['spec']


def started():
    """The options of uvicorn in the service file and in the container file."""
    service = shlex.split(re.search(r'^ExecStart=(.*)$', SERVICE, re.MULTILINE)[1].replace('%i', '8501'))
    container = json.loads(re.search(r'^CMD (.*)$', CONTAINER, re.MULTILINE)[1])
    return service[1:], container[1:]


def test_service_and_container_start_the_same_server():
    service, container = started()
    assert [option.replace('127.0.0.1', '0.0.0.0') for option in service] == container
    assert uvicorn.main.make_context('uvicorn', service).params['app'] == 'wizard:app'  # it knows every option


def test_a_message_is_as_large_as_the_filter_takes_wherever_the_wizard_is_started():
    service, container = started()
    limits = ' '.join(servers.WEB_SOCKET)
    assert f'--ws-max-size {LIMITS["message"]} --ws-per-message-deflate false' in limits
    assert limits in ' '.join(service) and limits in ' '.join(container) and f'uvicorn wizard:app {limits} ' in README
    configured = tomllib.loads((ROOT / '.streamlit/config.toml').read_text())['server']
    assert not configured['enableWebsocketCompression']
    assert configured['maxMessageSize'] * 1_000_000 == configured['maxWidgetStateSize'] * 1_000_000 == LIMITS['message']


def test_service_container_and_benchmark_set_the_same_environment():
    service = dict(re.findall(r'^Environment=(\w+)=(.*)$', SERVICE, re.MULTILINE))
    assert service.pop('GUIDANCE_STATE') == '%S/' + re.search(r'^StateDirectory=(.*)$', SERVICE, re.MULTILINE)[1]
    container = dict(re.findall(r'^ENV (\w+)=(.*)$', CONTAINER, re.MULTILINE))
    assert {**service, 'HOME': '/app'} == container == {'HOME': '/app', **servers.ALLOCATOR}


def test_every_port_is_the_same_everywhere():
    ports = re.findall(r'server 127\.0\.0\.1:(\d+)', (DEPLOY / 'nginx.conf').read_text())
    assert re.findall(r'guidance@(\d+)\.service', (DEPLOY / 'guidance.target').read_text()) == ports
    assert f'EXPOSE {ports[0]}' in CONTAINER and f'127.0.0.1:{ports[0]}/status' in CONTAINER
    assert POD['containers'][0]['ports'] == [{'name': 'http', 'containerPort': int(ports[0])}]


def test_a_replica_that_stops_is_given_the_time_it_takes():
    grace = int(started()[0][started()[0].index('--timeout-graceful-shutdown') + 1])
    (pause,) = (int(word) for word in POD['containers'][0]['lifecycle']['preStop']['exec']['command'] if word.isdigit())
    assert int(re.search(r'TimeoutStopSec=(\d+)', SERVICE)[1]) > grace
    assert POD['terminationGracePeriodSeconds'] > pause + grace


def test_the_image_has_all_that_the_program_needs_and_a_user_without_rights():
    copied = [line.split()[1] for line in CONTAINER.splitlines() if line.startswith('COPY')]
    assert copied == ['deploy/requirements.txt', '.streamlit', 'guidance', 'flows', 'data', 'wizard.py']
    assert all((ROOT / name).exists() for name in copied)
    assert re.search(r'^USER [1-9]\d*:[1-9]\d*$', CONTAINER, re.MULTILINE)
    assert POD['securityContext']['runAsUser'] == int(re.search(r'^USER (\d+)', CONTAINER, re.MULTILINE)[1])


def test_every_variable_that_is_set_is_one_that_the_program_reads():
    read = set(re.findall(r"environ\S*?\(?\[?'(GUIDANCE_\w+)'", ''.join(p.read_text() for p in ROOT.glob('guidance/**/*.py'))))
    assert set(re.findall(r'GUIDANCE_\w+', (DEPLOY / 'environment.example').read_text())) == read
    assert set(KUBERNETES['ConfigMap']['data']) <= read


def test_kubernetes_always_has_a_replica_that_answers():
    deployment, container = KUBERNETES['Deployment']['spec'], POD['containers'][0]
    assert deployment['replicas'] == 3 and deployment['strategy']['rollingUpdate']['maxUnavailable'] == 0
    assert KUBERNETES['PodDisruptionBudget']['spec']['minAvailable'] < deployment['replicas']
    for probe in ('startupProbe', 'readinessProbe', 'livenessProbe'):
        assert container[probe]['httpGet'] == {'path': '/status', 'port': 'http'}


def test_kubernetes_names_in_each_place_what_another_one_is_called():
    labels = KUBERNETES['Deployment']['spec']['template']['metadata']['labels']
    assert KUBERNETES['Deployment']['spec']['selector']['matchLabels'] == labels
    assert KUBERNETES['Service']['spec']['selector'] == labels
    assert KUBERNETES['PodDisruptionBudget']['spec']['selector']['matchLabels'] == labels
    (port,) = KUBERNETES['Service']['spec']['ports']
    assert port['targetPort'] == POD['containers'][0]['ports'][0]['name']
    (rule,) = KUBERNETES['Ingress']['spec']['rules']
    backend = rule['http']['paths'][0]['backend']['service']
    assert backend == {'name': KUBERNETES['Service']['metadata']['name'], 'port': {'name': port['name']}}
    assert POD['containers'][0]['envFrom'] == [{'configMapRef': {'name': KUBERNETES['ConfigMap']['metadata']['name']}}]
    assert KUBERNETES['ConfigMap']['data']['GUIDANCE_PUBLIC_URL'] == f'https://{rule["host"]}/'
    assert KUBERNETES['Ingress']['spec']['tls'][0]['hosts'] == [rule['host']]


def test_kubernetes_lets_the_wizard_ask_nobody_and_only_the_ingress_ask_the_wizard():
    policy = KUBERNETES['NetworkPolicy']['spec']
    assert policy['podSelector']['matchLabels'] == KUBERNETES['Deployment']['spec']['template']['metadata']['labels']
    assert (sorted(policy['policyTypes']), policy['egress']) == (['Egress', 'Ingress'], [])
    (rule,) = policy['ingress']
    assert rule['ports'] == [{'protocol': 'TCP', 'port': POD['containers'][0]['ports'][0]['name']}] and rule['from']


def test_kubernetes_gives_the_wizard_no_rights_and_its_visitors_no_log():
    rights = POD['containers'][0]['securityContext']
    assert rights == {'allowPrivilegeEscalation': False, 'readOnlyRootFilesystem': True, 'capabilities': {'drop': ['ALL']}}
    assert POD['securityContext']['runAsNonRoot'] and not POD['automountServiceAccountToken']
    annotations = KUBERNETES['Ingress']['metadata']['annotations']
    assert annotations['nginx.ingress.kubernetes.io/enable-access-log'] == 'false'


@pytest.mark.skipif(not shutil.which('systemd-analyze') and 'CI' not in os.environ, reason='no systemd on this machine')
def test_systemd_finds_nothing_wrong_with_the_service(tmp_path):
    shutil.copy(DEPLOY / 'guidance.target', tmp_path)
    for port in ('8501', '8502', '8503'):
        here = SERVICE.replace('/opt/guidance/.venv/bin/uvicorn', shutil.which('true'))
        (tmp_path / f'guidance@{port}.service').write_text(here)
    done = subprocess.run(['systemd-analyze', 'verify', '--man=no', *tmp_path.iterdir()], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, '')


class Sections(HTMLParser):
    """The text of each section of a page, by its language."""

    def __init__(self, page):
        super().__init__()
        self.found, self.lang, self.links = {}, None, set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.lang = given['lang'] if tag == 'section' else self.lang
        self.links.add(given.get('href'))

    def handle_data(self, data):
        if self.lang:
            self.found[self.lang] = self.found.get(self.lang, '') + data


@pytest.mark.parametrize('name', ['unavailable', 'busy'])
def test_the_pages_of_nginx_say_what_the_content_says(name):
    page = (DEPLOY / f'{name}.html').read_text()
    sections = Sections(page)
    assert sections.found.keys() == SHIPPED.contents.keys()
    for lang, content in SHIPPED.contents.items():
        said = ' '.join(sections.found[lang].split())
        assert content.service.name in page
        fault = content.ui_texts.fault.format(help='(852) 1868')
        first, *_, last = re.split(r'(?<=[.。])\s*(?=\S)', fault)
        assert first in said and last in said
        assert (fault in said) is (name == 'unavailable')
        for group in content.emergency:
            assert group.title in said
            for contact in map(content.contacts.get, group.contacts):
                assert f'{contact.channels[0].value} {contact.short or ""}'.strip() in said
    assert {'tel:110', 'tel:120', 'tel:119', 'tel:122', 'tel:999', 'tel:+8521868'} <= sections.links
    assert not re.search(r'https?:|src=|<script', page)  # it needs nothing that could be down, too


def test_the_readme_of_the_folder_tells_of_every_file_how_it_was_checked():
    told = re.findall(r'^\| `([^`]+)` \|[^|]+\|[^|]{20,}\|$', (DEPLOY / 'README.md').read_text(), re.MULTILINE)
    assert sorted(told) == sorted(path.name for path in DEPLOY.iterdir() if path.name != 'README.md')
