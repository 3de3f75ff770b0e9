"""The author's reference of the content format, made from its one definition."""

from __future__ import annotations

import inspect

from guidance.content import case_format
from guidance.content import flow_format
from guidance.content import format
from guidance.content.fields import Shape

_SHAPES = (
    flow_format.FlowSpec, flow_format.QuestionSpec, flow_format.OptionSpec, flow_format.OptionsFromSpec, flow_format.VariantSpec,
    flow_format.IncludeSpec, flow_format.OutcomeSpec, flow_format.StepLineSpec, flow_format.LineSpec,
    flow_format.ContactLineSpec, flow_format.ExampleSpec,
    format.Service, format.Security, format.Urgency, format.EmergencyGroupSpec, format.Style,
    format.Assistance, format.Limitation, format.StepSpec, format.Contact, format.Channel,
    format.ListFile, format.Row, format.FieldSpec, format.GroupSpec, format.Source,
    case_format.Case, case_format.Turn, case_format.Scoring,
)  # fmt: skip


def reference() -> str:
    """Return every shape of the format with its keys, as Markdown."""
    return '\n'.join(_section(shape) for shape in _SHAPES)


def _section(shape: type[Shape]) -> str:
    lines = [f'### {shape.context}', '', inspect.cleandoc(shape.__doc__ or ''), '', '| key | | what it is |', '|---|---|---|']
    for name, field in shape.model_fields.items():
        needed = 'needed' if field.is_required() else ''
        lines.append(f'| `{field.alias or name}` | {needed} | {field.description} |')
    return '\n'.join([*lines, ''])
