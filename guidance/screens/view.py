"""What a page says, made from content and answers alone, as HTML parts. Knows nothing of Streamlit."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Any
from typing import Literal

import jinja2
from markupsafe import Markup

from guidance.content.braces import fill
from guidance.content.condition import Answers
from guidance.content.condition import holds
from guidance.content.condition import questions_in
from guidance.content.format import Channel
from guidance.content.format import Contact
from guidance.content.format import Source
from guidance.content.interface import Plural
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.content.trust import dial
from guidance.content.trust import needs_confirmation
from guidance.content.trust import unconfirmed
from guidance.journey.cache import cached_in_content
from guidance.journey.link import Reading
from guidance.journey.link import address
from guidance.journey.link import parameters
from guidance.journey.walk import Journey
from guidance.journey.walk import Result
from guidance.journey.walk import ResultPart
from guidance.journey.walk import applying
from guidance.journey.walk import contacts_for
from guidance.journey.walk import decided_by
from guidance.journey.walk import questions_left
from guidance.journey.walk import walk
from guidance.languages.language import date_in_words
from guidance.languages.language import plural
from guidance.serving.counters import count

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / 'templates'),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
    auto_reload=False,  # else each use looks at the file
)
SECTIONS = ('do', 'can', 'cannot', 'contacts', 'why', 'keep', 'onward', 'sources')
"""The sections of a result, in the order that the design gives; each has its template."""

WHOLE: dict[str, Any] = {'sections': SECTIONS, 'places': {}, 'about_part': '', 'following': '', 'back': None, 'share': None}
"""What `result.html` needs, for a result on one page."""

_HAN = '\u3005-\u3007\u3400-\u9fff\uf900-\ufaff'
_TEXT = re.compile(rf'(<[^<>]*>)([^<]*[{_HAN}][^<]*)')  # a tag, and a text behind it that has Chinese in it
_RUN = re.compile(rf'[{_HAN}]+')

MOST_SPREAD = 3  # a number of further questions is named only where the longest and shortest way differ by no more


@dataclass(frozen=True)
class Page:
    """One page: the content, the answers of the address, and the journey that follows from them."""

    content: Content
    given: Answers  # every answer in the address, those that do not count included
    journey: Journey
    lang: str
    change: str | None = None  # the question that is shown again
    seen: str | None = None  # the fingerprint in the address
    shared: bool = False  # somebody else made this address
    edition: str = 'full'  # 'plain' (no JavaScript), 'kept' (a file, whose relative links lead nowhere) or 'training'
    more: Mapping[str, str] = field(default_factory=dict)  # parameters of a training page, which all its addresses keep

    def part(self, template: str, **more: Any) -> str:
        """Return the HTML of one template, with everything escaped that is not HTML itself."""
        html = _templates.get_template(template).render(page=self, content=self.content, t=self.words, **more)
        return html if self.lang.startswith('zh') else _TEXT.sub(_marked, html)

    def words(self, key: str, **more: object) -> str:
        """Return a text of the interface, with its braces filled in; with `n`, in the form for that number."""
        found = getattr(self.content.interface, key, None) or getattr(self.content.training.words, key)
        text: str = getattr(found, plural(int(str(more['n'])), self.lang), found.other) if isinstance(found, Plural) else found
        return fill(text, {'help': help_line(self.content), **more}) if '{' in text else text

    @cached_property
    def _journey(self) -> str:
        return address(parameters(self.content, self.given, self.lang, more=self.more))

    def link(self, change: str | None = None) -> str:
        """Return the address of this journey, or of one of its questions."""
        return f'{self._journey}&change={change}' if change else self._journey

    def start(self) -> str:
        """Return the address of the start page, in this language; in training, of the beginning of the case."""
        return address({**self.more, 'lang': self.lang})

    def fields(self) -> dict[str, str]:
        """Return the parameters of this journey, for a form that sends them all."""
        return parameters(self.content, self.given, self.lang)

    def here(self, **more: str) -> str:
        """Return the address of this very page, with more parameters."""
        return address(self._same() | more)

    def twin(self) -> str:
        """Return the address of this page in the other edition, the one without JavaScript or the full one."""
        return ('./' if self.edition == 'plain' else 'plain') + self.here()

    def keep(self) -> str:
        """Return the address of this result as one file; as in a shared link, only the answers that count."""
        return 'keep' + address(parameters(self.content, self.journey.answered, self.lang))

    def code(self) -> str:
        """Return the address of the picture of this result's link, for another telephone to scan."""
        return 'qr' + address(parameters(self.content, self.journey.answered, self.lang))

    def languages(self) -> list[dict[str, str]]:
        """Return the languages, each with its own name and the address of this page in it."""
        here = self._same()
        names = self.content.service.languages
        return [{'code': code, 'name': name, 'link': address(here | {'lang': code})} for code, name in names.items()]

    def _same(self) -> dict[str, str]:
        more = {'change': self.change, 'seen': self.seen}
        return parameters(self.content, self.given, self.lang, **more, shared=self.shared, more=self.more)

    def ask(self, question: str) -> str:
        """Return how the question reads with the answers that count."""
        return self.content.question[question].ask.for_(self.journey.answered)

    def answer(self, question: str) -> str:
        """Return the labels of the chosen options."""
        return self.labels(question, self.journey.answered[question])

    def labels(self, question: str, chosen: Iterable[str]) -> str:
        """Return the labels of these options of a question."""
        options = self.content.question[question].option
        return ' · '.join(options[option].label for option in chosen)

    def after(self, given: Answers) -> dict[str, str]:
        """Return the parameters of the address to which an answer leads that makes the answers these."""
        result = walk(self.content, given).result
        if result:
            count(part.outcome.id for part in result.parts)
        seen = result.fingerprint if result else None
        shared = self.shared and self.change is None  # only what the link left open was answered
        return parameters(self.content, given, self.lang, seen=seen, shared=shared)

    def about(self, question: Question, later: str) -> dict[str, Any]:
        """Return what stands above and below a question; `later` is the link by which to continue later."""
        answered = self.journey.answered
        previous = before(self.journey, question)
        return {
            'form': form_name(question),
            'heading': self.ask(question.id),
            'hint': question.hint.for_(answered) if question.hint else None,
            'many': question.many,
            'back': self.link(change=previous) if previous else None if answered else self.start(),
            'ahead': self.ahead() if self.journey.next is question else '',
            'keep': self.link() if question.id in answered else None,
            'why': question.why.for_(answered) if question.why else None,
            'later': later if answered else None,
        }

    def near(self) -> tuple[bool, ...]:
        """Return for each emergency group whether it is that of the place where the asker is."""
        answered = self.journey.answered
        return tuple(group.when is not None and holds(group.when, answered) for group in self.content.emergency)

    def emergency(self) -> list[dict[str, Any]]:
        """Return the emergency groups, those of the asker's place first."""
        return emergency(self, self.near())

    def strip(self, calm: bool, contacts_at: str | None) -> Markup:
        """Return the strip of every page. `contacts_at` is where the page itself has the contacts, if it has them."""
        answered = self.journey.answered
        contacts = contacts_for(self.content, applying(self.content, answered), answered)
        return _strip(self.content, self.lang, self.edition, calm, self.near(), contacts, contacts_at)

    def contact(self, identity: str) -> dict[str, Any]:
        """Return a contact as it is shown: its channels, and where an unconfirmed number was seen."""
        contact: Contact = self.content.contacts[identity]
        source = self.content.sources[contact.source]
        is_help = identity == self.content.service.help
        numbers = [channel for channel in contact.channels if channel.kind in ('phone', 'fax', 'whatsapp')]
        seen = unconfirmed(source) and numbers and not is_help
        return {
            'id': identity,
            'about': contact,
            'channels': [self._channel(channel) for channel in contact.channels],
            'addresses': self._addresses(contact),
            'seen': self._seen(source) if seen and not self._is_emergency(identity) else '',
            'confirm': needs_confirmation(source),
        }

    def _addresses(self, contact: Contact) -> list[tuple[str, str]]:
        """Return language and text of the address: in the reader's language, else as it is and as people there read it."""
        if self.lang in contact.address_in:
            return [(self.lang, contact.address_in[self.lang])]
        written = [(contact.address_lang, contact.address)] if contact.address else []
        return [*written, *list(contact.address_in.items())[:1]]

    def _is_emergency(self, identity: str) -> bool:
        return any(identity in group.contacts for group in self.content.emergency)

    def _channel(self, channel: Channel) -> dict[str, str | None]:
        href = {'phone': dial(channel), 'web': channel.value, 'email': f'mailto:{channel.value}'}.get(channel.kind)
        return {'label': self.words(channel.kind), 'value': channel.name or channel.value, 'href': href, 'note': channel.note}

    def _seen(self, source: Source) -> str:
        return self.words('seen_on', page=source.title, publisher=source.publisher, date=self.day(source.looked_up))

    def ahead(self) -> str:
        """Return how many questions follow the present one, as exactly as is honest."""
        found = questions_left(self.content, self.journey)
        if found is None or found.longest - found.shortest > MOST_SPREAD:
            return self.words('few_more')
        more = (found.longest + found.shortest + 1) // 2 - 1
        return self.words('about_more', n=more) if more > 0 else self.words('last_question')

    def sources(self, result: Result) -> list[Source]:
        """Return the sources of everything that the result shows, each once."""
        content = self.content
        named = [step.source for part in result.parts for step in part.do_now]
        named += [content.assistance[said.id].source for said in result.can]
        named += [content.limitations[said.id].source for said in (*result.cannot, *result.other_limits)]
        named += [line.source for said in (*result.can, *result.cannot) for line in said.lines]
        named += [content.contacts[identity].source for identity in result.contacts]
        named += [c.source for identity in result.contacts for c in content.contacts[identity].channels if c.source]
        return [content.sources[identity] for identity in dict.fromkeys(named)]

    def day(self, date: datetime.date) -> str:
        """Return a date in the words of the page's language."""
        return date_in_words(date, self.lang)

    def source(self, source: Source) -> str:
        """Return who published a page, when it was made and looked up, and whether that was confirmed."""
        if source.url is None:
            return source.publisher
        looked, key = self.day(source.looked_up), 'source_dated' if source.dated else 'source_undated'
        date = self.day(source.dated) if source.dated else ''
        said = self.words(key, publisher=source.publisher, date=date, looked=looked)
        return said if source.confirmed_by_owner else self.words('source_unconfirmed', source=said)

    def today(self) -> str:
        """Return the date of today in the words of the page's language."""
        return self.day(datetime.date.today())

    def decided_by(self) -> tuple[str, ...]:
        """Return the questions whose answers decided the result."""
        return decided_by(self.content, self.journey.answered)

    def sensitive(self) -> frozenset[str]:
        """Return the questions whose answers are shown to a receiver, and pasted, only when asked for."""
        return self.content.sensitive

    def is_sensitive(self) -> bool:
        """Return whether this page shows a sensitive question, or answers to one."""
        shown = {self.change, self.journey.next.id if self.journey.next else None, *self.journey.answered}
        return not self.sensitive().isdisjoint(shown)

    def private(self, part: ResultPart) -> bool:
        """Return whether a part of the result follows from the answer to a question marked `sensitive`."""
        if part.outcome.otherwise:  # what stands where nothing else applies tells nothing
            return False
        return any(self.content.question[name].sensitive for name in questions_in(part.outcome.applies))

    def practical(self, result: Result) -> bool:
        """Return whether some step is practical advice, without a published page behind it."""
        return any(self.content.sources[s.source].confidence == 'practice' for part in result.parts for s in part.do_now)

    def mark(self, source: str) -> str:
        """Return what has to be said beside a line that rests on this source: nothing for an official page."""
        found = self.content.sources[source]
        if found.confidence == 'practice':
            return self.words('practice')
        return self.words('confirm') if needs_confirmation(found) else ''


def emergency(page: Page, near: tuple[bool, ...]) -> list[dict[str, Any]]:
    """Return the emergency groups as they are shown, the near ones first; where none is near, all stand first."""
    groups = [
        {
            'title': group.title,
            'near': is_near,
            'always': group.when is None,
            'first': is_near or group.when is None or not any(near),
            'numbers': [page.contact(identity) for identity in group.contacts],
        }
        for group, is_near in zip(page.content.emergency, near, strict=True)
    ]
    return sorted(groups, key=lambda group: not group['near'])


def _marked(found: re.Match[str]) -> str:
    """Mark the Chinese in a text of another language as Chinese, for the voice that reads it aloud and for the font."""
    tag, text = found.groups()
    if ' lang=' in tag or tag.startswith(('<title', '<style')):
        return found[0]
    return tag + _RUN.sub(lambda run: f'<span lang="zh">{run[0]}</span>', text)


@cached_in_content(128)
def _strip(
    content: Content, lang: str, edition: str, calm: bool, near: tuple[bool, ...], contacts: tuple[str, ...], at: str | None
) -> Markup:
    """Return the strip, which is the same for all who are in the same place and need the same contacts."""
    page = Page(content, {}, Journey({}, None, {}, None), lang, edition=edition)
    groups = emergency(page, near)
    return Markup(page.part('strip.html', calm=calm, groups=groups, contacts=contacts, contacts_at=at))


def form_name(question: Question) -> str:
    """Return the name of a question's form, with which the keys of all its parts begin.

    No name begins with another one, since the capitals at its end are in no id.
    """
    return f'answer-{question.id}-FORM'


def help_line(content: Content) -> str:
    """Return the number of the contact that always stands first."""
    channels: Iterable[Channel] = content.contacts[content.service.help].channels
    return next((channel.value for channel in channels if channel.kind == 'phone'), '')


def emergency_line(content: Content) -> str:
    """Return all emergency numbers in one line of text, for where nothing else can be shown."""
    groups = []
    for group in content.emergency:
        numbers = [f'{content.contacts[name].name} {content.contacts[name].channels[0].value}' for name in group.contacts]
        groups.append(f'{group.title}: {", ".join(numbers)}')
    return ' · '.join(groups)


def notices(page: Page, reading: Reading) -> list[str]:
    """Return what there is to say about the address that led to this page, one sentence each.

    At a result that is what the sender saw, nothing is said of how the content changed.
    """
    result, following = page.journey.result, page.journey.next
    if result and reading.seen == result.fingerprint:
        return _of_the_way(page, reading)
    gone = _gone(page, reading)
    if result and reading.seen:
        return [page.words('notice_changed'), *gone]
    if following and following.id in reading.unread:
        asked = [] if following.id in reading.gone else [page.words('notice_unread', question=page.ask(following.id))]
        return [*gone, *asked]
    said = gone + _of_the_way(page, reading)
    return said or ([page.words('notice_more')] if following and reading.seen and not reading.change else [])


def _gone(page: Page, reading: Reading) -> list[str]:
    """Name each answer that is gone, but for those to questions that are not asked in this situation."""
    content, following = page.content, page.journey.next
    asked = content.questions[content.questions.index(following) :] if following else ()
    answers = [
        page.words('notice_gone', answer=question.gone[option], question=page.ask(question.id))
        for question in asked
        for option in reading.gone.get(question.id, ())
    ]
    names = [name for name in reading.gone if name in content.gone]
    return answers + [page.words('notice_gone_question', question=content.gone[name]) for name in names]


def _of_the_way(page: Page, reading: Reading) -> list[str]:
    """Return the sentence about what happened to the link itself, if there is one."""
    happened = {'notice_damaged': reading.damaged, 'notice_cut': reading.open_end, 'notice_mended': reading.repaired}
    return next(([page.words(key)] for key, it_did in happened.items() if it_did), [])


def shown(page: Page, reading: Reading) -> Question | Literal['start', 'result']:
    """Return what an address shows: the start page, the result, or a question (that of `change`, else the next one)."""
    if not (page.given or reading.change or reading.unread):
        return 'start'
    if reading.change and reading.change in page.journey.answered:
        return page.content.question[reading.change]
    return page.journey.next or 'result'


def before(journey: Journey, question: Question) -> str | None:
    """Return the question that was answered before this one, or None at the first."""
    answered = list(journey.answered)
    position = answered.index(question.id) if question.id in answered else len(answered)
    return answered[position - 1] if position else None


_templates.filters['plain'] = str.__str__
