"""Where each page and each file of ours stands, beside the first page."""

from __future__ import annotations

PLAIN = 'plain'
"""The edition without JavaScript."""

TRAINING = 'training'
"""The training pages."""

CHANGES = 'changes'
"""What has changed, for everybody to read."""

KEEP = 'keep'
"""A result as one file."""

CARD = 'card'
"""The numbers of a result as a file for the contacts of a telephone."""

QR = 'qr'
"""The picture of a result's link: it takes longer than the page, which most people read without it."""

COUNT = 'count'
"""Where it is counted what a reader says of a result in the full edition."""

COUNT_PLAIN = 'count-plain'
"""The same in the plain edition."""

DESK = 'desk'
"""The pages of the desk."""

PREVIEW = f'{DESK}/preview'
"""Below which the pages of a draft stand. Their addresses are relative, so none of them leads out of it by itself."""
