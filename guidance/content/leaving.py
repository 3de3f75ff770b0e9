"""Which pages have the way to leave quickly: what the content marks with `leave`."""

from __future__ import annotations

from guidance.content.flow_format import QuestionSpec
from guidance.content.loaded import Files
from guidance.content.references import References
from guidance.content.references import Spot


def check_leave(references: References, spot: Spot, leave: bool) -> None:
    """Add a problem if a question or outcome at `spot` leads away and there is no page to leave to."""
    if leave and references.service.leave_to is None:
        message = 'pages are to have a way to leave quickly, and there is no page to leave to'
        references.wrong((spot / 'leave').place(key=True), message, '`leave-to` in data/service.yaml')


def sensitive_that_leave(files: Files) -> tuple[Spot, ...]:
    """Return the `sensitive` of each question that has its pages left quickly, as all had before there was `leave`.

    None where a `leave` stands anywhere in the content. A content of before is read so until the next release.
    """
    flows = [(Spot(flow.file), flow.value) for flow in files.flows.values()]
    if files.service.value.leave_to is None or any(outcome.leave for _, flow in flows for outcome in flow.outcomes.values()):
        return ()
    questions = [
        (top / 'questions' / name / 'sensitive', spec)
        for top, flow in flows
        for name, spec in flow.questions.items()
        if isinstance(spec, QuestionSpec)
    ]
    if any(spec.leave for _, spec in questions):
        return ()
    return tuple(spot for spot, spec in questions if spec.sensitive)
