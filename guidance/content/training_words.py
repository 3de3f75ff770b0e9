"""Every key of `data/training.yaml`, with the words of the training pages: those of the program stand in `guidance/words/`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guidance.content.braces import Fills
from guidance.content.case_format import Scoring
from guidance.content.fields import Id
from guidance.content.fields import Map
from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.fields import nothing
from guidance.content.ui_texts import Plural


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
