"""The words of the screens: every key of `data/interface.yaml`. They stand in `guidance/words/`; a content says some itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from guidance.content.braces import Fills
from guidance.content.desk_words import DeskWords
from guidance.content.fields import Id
from guidance.content.fields import Map
from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.fields import nothing
from guidance.content.format import Scoring


class Plural(Shape, context='Plural'):
    """A text that depends on a number `{n}`: one form per plural category of the languages."""

    one: Annotated[Text, Fills('n')]
    other: Annotated[Text, Fills('n')]


class UiTexts(Shape, context='Interface'):
    """`data/interface.yaml`: one text per key. The screens fill in the `{names}` that stand in `Fills`, and `{help}` anywhere."""

    # On every page
    language: Text
    skip: Text
    emergency: Text
    danger_first: Text
    more: Text
    emergency_calm: Text
    contact_now: Text
    contact_now_hint: Text
    strip_close: Text
    leave: Text
    leave_short: Text
    leave_keys: Text
    leave_tells: Text
    footer: Text
    source_page: Text
    content_version: Annotated[Text, Fills('version')]
    report_mistake: Text
    report_subject: Annotated[Text, Fills('title')]
    other_site: Text
    # Start
    start_title: Text
    start_lead: Text
    start_can: Text
    start_cannot: Text
    start_now: Text
    start_without: Text
    start_privacy: Text
    privacy: Text
    privacy_counts: Text
    start_time: Text
    code_label: Text
    code_hint: Text
    code_open: Text
    # Question
    back: Text
    next: Text
    choose_many: Text
    about_question: Text
    why: Text
    about_more: Plural
    last_question: Text
    few_more: Text
    answers: Text
    change: Text
    change_of: Annotated[Text, Fills('question')]
    keep: Text
    start_again: Text
    filter: Text
    filter_found: Annotated[Text, Fills('n')]
    question_title: Annotated[Text, Fills('n')]
    error_title: Annotated[Text, Fills('title')]
    error_heading: Text
    error_one: Text
    error_many: Text
    error_alone: Annotated[Text, Fills('alone')]
    # Notices about the address
    notice_unread: Annotated[Text, Fills('question')]
    notice_aged: Annotated[Text, Fills('question')]
    notice_damaged: Text
    notice_changed: Text
    notice_gone: Annotated[Text, Fills('answer', 'question')]
    notice_gone_question: Annotated[Text, Fills('question')]
    notice_more: Text
    notice_cut: Text
    notice_code: Text
    notice_code_older: Text
    notice_mended: Text
    # Result
    jump: Text
    result_several: Text
    call: Annotated[Text, Fills('number')]
    part_of: Annotated[Text, Fills('n', 'all')]
    part_next: Text
    do_now: Text
    do_later: Text
    steps: Plural
    can: Text
    who_may_ask: Text
    how_to_ask: Text
    not_yours: Text
    others_ask: Annotated[Text, Fills('titles')]
    cannot: Text
    cannot_also: Text
    contacts: Text
    contacts_ask: Text
    hours: Text
    address: Text
    phone: Text
    whatsapp: Text
    app: Text
    web: Text
    email: Text
    fax: Text
    seen_on: Annotated[Text, Fills('page', 'publisher', 'date')]
    seen_dated: Annotated[Text, Fills('date')]
    seen_undated: Text
    not_official: Text
    confirm: Text
    practice: Text
    practice_means: Text
    why_result: Text
    why_result_how: Text
    share: Text
    share_choose: Text
    share_send_steps: Text
    share_copy_steps: Text
    share_send_calls: Text
    share_copy_calls: Text
    share_see: Text
    keep_how: Text
    keep_tells: Text
    share_copy: Text
    share_send: Text
    share_copied: Text
    share_not_copied: Text
    share_not_sent: Text
    share_not_printed: Text
    share_saved: Text
    share_field: Text
    share_qr: Text
    share_print: Text
    joined: Annotated[Text, Fills('one', 'two')]
    share_contact: Annotated[Text, Fills('name', 'number')]
    share_rest_steps: Text
    share_rest_calls: Text
    share_whole: Text
    share_code: Annotated[Text, Fills('code')]
    code_title: Text
    code_how: Text
    share_none: Text
    share_none_how: Text
    share_later: Text
    share_later_where: Text
    share_later_how: Text
    printed: Annotated[Text, Fills('date')]
    print_answers: Annotated[Text, Fills('why')]
    count_useful: Text
    count_yes: Text
    count_no: Text
    count_wrong: Text
    count_thanks: Text
    count_done: Text
    count_back: Text
    # A result that somebody shared
    received: Text
    received_private: Text
    received_mine: Text
    onward: Text
    sources: Text
    sources_how: Text
    source_dated: Annotated[Text, Fills('publisher', 'date', 'looked')]
    source_undated: Annotated[Text, Fills('publisher', 'looked')]
    source_unconfirmed: Annotated[Text, Fills('source')]
    # When something is wrong
    not_found_title: Text
    not_found: Text
    to_start: Text
    fault_title: Text
    fault: Text
    no_answer: Text
    reload: Text
    # The plain edition, and a result kept as a file
    to_plain: Text
    to_full: Text
    share_keep: Text
    share_card: Text
    kept: Annotated[Text, Fills('date')]
    kept_open: Text
    kept_qr: Text
    # What has changed
    changes: Text
    changes_lead: Text
    changes_restored: Text
    changes_urgent: Text
    # A preview of a draft
    draft: Text
    draft_live: Text
    draft_refused: Text


class TrainingWords(Shape, context='TrainingWords'):
    """The words of the training pages, as those of `UiTexts`."""

    # On every training page
    training: Text
    part_of_training: Annotated[Text, Fills('part', 'title')]
    training_name: Text
    training_banner: Text
    training_invented: Text
    training_real: Text
    training_privacy: Text
    to_library: Text
    # The library
    library_title: Text
    library_lead: Text
    library_count: Plural
    filter: Text
    filter_topic: Text
    filter_practises: Text
    filter_tells: Text
    filter_all: Text
    minutes: Annotated[Text, Fills('n')]
    case_practised: Text
    case_revision: Text
    case_revision_why: Text
    progress: Text
    progress_none: Text
    progress_cases: Annotated[Text, Fills('done', 'all')]
    progress_offers: Annotated[Text, Fills('done', 'all')]
    progress_limits: Annotated[Text, Fills('done', 'all')]
    progress_missing: Text
    progress_link: Text
    # A case and its three ways
    mode_practise: Text
    mode_practise_how: Text
    mode_practise_start: Text
    mode_assess: Text
    mode_assess_how: Text
    mode_assess_start: Text
    mode_show: Text
    mode_show_how: Text
    mode_show_start: Text
    told_so_far: Annotated[Text, Fills('caller')]
    caller_says: Text
    caller_said: Text
    # Practise
    turn_fits: Text
    wrong_title: Text
    wrong_again: Text
    wrong_on: Text
    end_right: Text
    end_right_how: Text
    end_other: Text
    once_more: Text
    # Assess
    marks_title: Text
    marks_lead: Text
    marks_offer: Text
    marks_limits: Text
    marks_label: Text
    marks_label_how: Text
    marks_done: Text
    marks_what: Text
    rule: Annotated[Text, Fills('offer', 'limit', 'over', 'most', 'passed')]
    score: Annotated[Text, Fills('percent')]
    score_passed: Text
    score_failed: Text
    score_over: Text
    over_title: Text
    over_means: Text
    over_who: Text
    offer_title: Text
    limits_title: Text
    limits_scored: Text
    verdict_right: Text
    verdict_missed: Text
    verdict_over: Text
    verdict_fine: Text
    verdict_left: Text
    verdict_unscored: Text
    yes: Text
    no: Text
    may: Text
    record_title: Text
    record_how: Text
    record_changed: Text
    record_damaged: Text
    record_unfinished: Text
    # Debrief
    path_title: Text
    path_yours: Text
    path_expected: Text
    path_not_asked: Text
    path_wrong: Text
    path_aside: Text
    path_accepted: Text
    debrief_title: Text
    say_title: Text
    never_title: Text
    mistakes_title: Text
    leads_asks: Annotated[Text, Fills('question')]
    leads_same: Text
    leads_lost: Annotated[Text, Fills('names')]
    leads_gained: Annotated[Text, Fills('names')]
    leads_titles: Annotated[Text, Fills('titles')]
    live_title: Text
    live_lead: Text
    live_open: Text
    basis: Text
    # Demonstrate
    show_step: Annotated[Text, Fills('n', 'all')]
    show_keys: Text
    show_steps: Text
    show_begin: Text
    show_end: Text
    show_may: Text
    show_next: Text
    show_previous: Text
    show_why: Text
    opens_title: Text
    opens_nothing: Text
    opens_nothing_else: Text
    opens_question: Annotated[Text, Fills('name')]
    opens_outcome: Annotated[Text, Fills('name')]
    opens_assistance: Annotated[Text, Fills('name')]
    opens_if: Annotated[Text, Fills('what', 'condition')]
    opens_depends: Annotated[Text, Fills('what')]
    condition_is: Annotated[Text, Fills('question', 'options')]
    condition_option: Annotated[Text, Fills('option')]
    condition_not: Annotated[Text, Fills('question', 'options')]
    condition_other: Annotated[Text, Fills('question', 'options')]
    condition_answered: Annotated[Text, Fills('question')]
    condition_unasked: Annotated[Text, Fills('question')]
    condition_and: Annotated[Text, Fills('one', 'two')]
    condition_or: Annotated[Text, Fills('one', 'two')]
    condition_inner: Annotated[Text, Fills('one')]
    condition_choice: Annotated[Text, Fills('one', 'two')]
    # The table for trainers
    table_title: Text
    table_lead: Text
    table_open: Text
    table_paste: Text
    table_show: Text
    table_records: Plural
    table_who: Text
    table_nobody: Text
    table_case: Text
    table_no_case: Text
    table_score: Text
    table_wrong: Text
    table_unfinished: Text
    table_csv: Text
    table_file: Text
    table_topics: Text
    table_mean: Text
    table_number: Text
    table_turns: Text
    table_instead: Annotated[Text, Fills('expected')]
    table_times: Plural
    table_none: Text
    table_cut: Text
    table_beyond: Annotated[Text, Fills('n')]
    table_skipped: Plural
    table_equal: Plural


class Training(Shape, context='Training'):
    """`data/training.yaml`: what the cases are sorted by, how they are scored, and the words of the training pages."""

    topics: Map[Id, Text] = Field(default_factory=nothing)
    difficulties: Map[Id, Text] = Field(default_factory=nothing)
    scoring: Scoring = Scoring()
    words: TrainingWords


@cache
def placeholders() -> Mapping[str, tuple[str, ...]]:
    """Return the names that are filled in: kind of text, such as `Interface.part-of` -> names. In other texts none are."""
    shapes: tuple[type[Shape], ...] = (Plural, UiTexts, TrainingWords, DeskWords)
    names: dict[str, tuple[str, ...]] = {}
    for shape in shapes:
        for name, field in shape.model_fields.items():
            known = (mark.names for mark in field.metadata if isinstance(mark, Fills))
            names[f'{shape.context}.{field.alias or name}'] = ('help', *chain.from_iterable(known))
    return MappingProxyType(names)
