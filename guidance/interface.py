"""The words of the screens themselves: every key of `data/interface.yaml`. The words stand there, not here."""

from __future__ import annotations

from .format import Shape
from .format import Text


class Plural(Shape):
    """A text that depends on a number `{n}`: one form per plural category of the languages."""

    one: Text
    other: Text


class Interface(Shape):
    """`data/interface.yaml`: one text per key; `{braces}` are filled in by the screens."""

    # On every page
    language: Text
    emergency: Text
    emergency_calm: Text
    contact_now: Text
    contact_now_hint: Text
    footer: Text
    source_page: Text
    content_version: Text
    # Start
    start_title: Text
    start_lead: Text
    start_can: Text
    start_cannot: Text
    start_now: Text
    start_privacy: Text
    start_time: Text
    # Question
    back: Text
    next: Text
    choose_many: Text
    why: Text
    about_more: Plural
    last_question: Text
    few_more: Text
    answers: Text
    change: Text
    change_of: Text
    keep: Text
    start_again: Text
    error_title: Text
    error_one: Text
    error_many: Text
    error_alone: Text
    # Notices about the address
    notice_unread: Text
    notice_damaged: Text
    notice_changed: Text
    notice_gone: Text
    notice_gone_question: Text
    notice_more: Text
    notice_cut: Text
    notice_mended: Text
    # Result
    jump: Text
    result_several: Text
    part_of: Text
    part_next: Text
    do_now: Text
    can: Text
    who_may_ask: Text
    how_to_ask: Text
    not_yours: Text
    cannot: Text
    cannot_also: Text
    contacts: Text
    hours: Text
    address: Text
    phone: Text
    whatsapp: Text
    app: Text
    web: Text
    email: Text
    fax: Text
    seen_on: Text
    confirm: Text
    practice: Text
    practice_means: Text
    why_result: Text
    keep_title: Text
    keep_how: Text
    keep_tells: Text
    share_copy: Text
    share_text: Text
    share_send: Text
    share_copied: Text
    share_qr: Text
    share_print: Text
    share_whole: Text
    share_later: Text
    share_later_how: Text
    printed: Text
    # A result that somebody shared
    received: Text
    received_describes: Text
    received_answers: Text
    received_private: Text
    received_mine: Text
    onward: Text
    sources: Text
    source_dated: Text
    source_undated: Text
    source_unconfirmed: Text
    # When something is wrong
    not_found_title: Text
    not_found: Text
    to_start: Text
    no_script: Text
    fault_title: Text
    fault: Text
    # The plain edition, and a result kept as a file
    to_plain: Text
    waiting: Text
    to_full: Text
    share_keep: Text
    kept: Text
    kept_open: Text
    kept_qr: Text
