"""What is said about the address that led to a page: an answer that is gone, a link that was cut, a result that changed."""

from __future__ import annotations

from guidance.journey.walk import Arrived
from guidance.journey.walk import Asking
from guidance.journey.walk import Result
from guidance.journey.walk import is_as_seen
from guidance.screens.page import Page


def notices(page: Page) -> list[str]:
    """Return what there is to say about the address that led to this page, one sentence each."""
    match page.journey:
        case Arrived(result=result):
            return _at_result(page, result)
        case asking:
            return _at_question(page, asking)


def _at_result(page: Page, result: Result) -> list[str]:
    """At a result that is what the sender saw, nothing is said of how the content changed."""
    seen = page.reading.seen
    if seen and is_as_seen(page.content, result, seen):
        return _of_the_way(page)
    gone = _gone_questions(page)
    if seen:
        return [page.words('notice_changed'), *gone]
    older = page.reading.code is not None and page.reading.code.older
    return [page.words('notice_code_older'), *gone] if older else gone + _of_the_way(page)


def _at_question(page: Page, asking: Asking) -> list[str]:
    reading, question = page.reading, asking.next
    gone = _gone_answers(page, asking) + _gone_questions(page)
    if question.id in reading.unread:
        asked = [] if question.id in reading.gone else [page.words('notice_unread', question=page.ask(question.id))]
        return gone + asked
    if question.id in reading.aged:
        return [page.words('notice_aged', question=page.ask(question.id)), *gone]
    said = gone + _of_the_way(page)
    if said or reading.change:
        return said
    code = reading.code
    if code and not code.opens:
        return [page.words('notice_code')]
    return [page.words('notice_more')] if reading.seen or code else []


def _gone_answers(page: Page, asking: Asking) -> list[str]:
    """Name each answer that is gone, but for those to questions that are not asked in this situation."""
    questions = page.content.questions
    return [
        page.words('notice_gone', answer=question.gone[option], question=page.ask(question.id))
        for question in questions[questions.index(asking.next) :]
        for option in page.reading.gone.get(question.id, ())
    ]


def _gone_questions(page: Page) -> list[str]:
    gone = page.content.gone
    return [page.words('notice_gone_question', question=gone[name]) for name in page.reading.gone if name in gone]


def _of_the_way(page: Page) -> list[str]:
    """Return the sentence about what happened to the link itself, if there is one."""
    reading = page.reading
    happened = {'notice_damaged': reading.damaged, 'notice_cut': reading.open_end, 'notice_mended': reading.repaired}
    return next(([page.words(key)] for key, it_did in happened.items() if it_did), [])
