"""The words of the desk, of the book and of the map: every key of `guidance/words/desk.yaml`. No content says its own."""

from __future__ import annotations

from typing import Annotated

from guidance.content.braces import Fills
from guidance.content.fields import Shape
from guidance.content.fields import Text


class DeskWords(Shape, context='Desk'):
    """`guidance/words/desk.yaml`: one text per key, for those who look after a content."""

    desk: Text
    desk_lead: Text
    book: Text
    book_lead: Text
    book_all: Text
    book_all_lead: Text
    draft: Text
    draft_lead: Text
    served: Text
    draft_changes: Text
    draft_changes_lead: Text
    map: Text
    map_lead: Text
    map_list: Text
    whole_map: Text
    open: Text
    open_lead: Text
    open_nothing: Text
    contents: Text
    as_of: Annotated[Text, Fills('version', 'date')]
    journeys: Annotated[Text, Fills('questions', 'outcomes', 'number')]
    not_counted: Text
    to_try: Text
    question: Text
    hint: Text
    why: Text
    answers: Text
    asked_of: Text
    everybody: Text
    only_if: Annotated[Text, Fills('condition')]
    opens: Text
    outcome: Text
    first_sentence: Text
    summary: Text
    reached_by: Text
    reached_by_others: Text
    reached_number: Annotated[Text, Fills('number', 'all')]
    no_assistance: Text
    to_be_called: Text
    of_the_answer: Annotated[Text, Fills('number', 'name')]
    number: Text
    words: Text
    source: Text
    last_day: Annotated[Text, Fills('date')]
    first_day: Annotated[Text, Fills('date')]
    practice: Text
    confirmed: Annotated[Text, Fills('name', 'date')]
    fallen: Annotated[Text, Fills('name', 'date')]
    not_confirmed: Text
    read_in_words: Annotated[Text, Fills('words', 'longest')]
    read_from_age: Annotated[Text, Fills('age')]
    read_in_characters: Annotated[Text, Fills('words', 'longest')]
    untranslated: Annotated[Text, Fills('language', 'number')]
    assistance: Text
    limitations: Text
    who_may_ask: Text
    how_to_ask: Text
    name: Text
    part_of: Text
    say: Text
    all_contacts: Text
    hours: Text
    address: Text
    unknown: Text
    named_in: Text
    all_sources: Text
    publisher: Text
    page_dated: Text
    looked_up: Text
    review_by: Text
    rests_on_it: Text
    open_overdue: Text
    open_due: Text
    open_fallen: Text
    open_outcomes: Annotated[Text, Fills('number', 'all')]
    open_sources: Annotated[Text, Fills('number', 'all')]
    open_untranslated: Annotated[Text, Fills('language')]
    open_unknown: Text
