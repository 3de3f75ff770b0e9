"""The words of the screens: every key of `data/interface.yaml`. They stand in `guidance/words/`; a content says some itself."""

from __future__ import annotations

from typing import Annotated

from guidance.content.braces import Fills
from guidance.content.fields import Shape
from guidance.content.fields import Text


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
