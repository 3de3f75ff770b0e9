"""Answers that age: an address says on which day they were given, so that one opened much later asks for them again."""

from __future__ import annotations

import datetime
from dataclasses import replace

from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.journey.query import Reading


def without_aged(content: Content, reading: Reading, today: datetime.date) -> Reading:
    """Return what an address says, without the answers that may no longer hold on the day `today`.

    Where one has aged, all that age are asked again: the address has one day for all of them. An address without a day, made
    before questions had an age, is believed.
    """
    if reading.made is None:
        return reading
    days = (today - reading.made).days
    ageing = [question for question in content.questions if question.ages is not None and question.id in reading.answers]
    if not any(question.ages is not None and days > question.ages for question in ageing):
        return reading
    aged = tuple(question.id for question in ageing)
    kept = {name: chosen for name, chosen in reading.answers.items() if name not in aged}
    return replace(reading, answers=kept, aged=aged)


def made(content: Content, answers: Answers, reading: Reading, today: datetime.date) -> datetime.date | None:
    """Return the day that an address with these answers says, made on a page that was opened by `reading`.

    None where no answer ages; the day of the page's own address where such an answer was taken over from it; else today.
    """
    ageing = [question.id for question in content.questions if question.ages is not None and answers.get(question.id)]
    if not ageing:
        return None
    taken_over = any(answers[name] == reading.answers.get(name) for name in ageing)
    return reading.made if reading.made and taken_over else today
