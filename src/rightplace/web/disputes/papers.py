"""The papers of a case that a tribunal or a mediator may need, in the order in which a bundle has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rightplace.calendar import clock
from rightplace.casework.events import EVENTS
from rightplace.casework.terms import Adviser
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.cases.story import said as facts_said
from rightplace.web.design.words import day
from rightplace.web.disputes.paper import GROUPS, Paper, filled, in_words
from rightplace.web.family.models import Said
from rightplace.web.family.said_page import QUESTIONS
from rightplace.web.plans.editor_page import sections
from rightplace.web.plans.written import from_json
from rightplace.web.school.answer_page import GROUNDS, AnswerForm
from rightplace.web.school.review_form import CHANGES, ReviewForm


def papers(case: Case) -> list[Paper]:
    """Every paper that the service holds of a case, in the order of a bundle and then of their days."""
    makers = (_chronology, _requests, _letters, _advice, _said, _versions, _reviews, _answers, _decisions, _documents)
    found = [paper for make in makers for paper in make(case)]
    return sorted(found, key=lambda paper: (GROUPS.index(paper.group), paper.day, paper.name))


def _chronology(case: Case) -> Iterator[Paper]:
    now = stand(case, clock.today())
    lines = tuple(
        (f"{'Day not known' if row.inferred else day(row.day)}: {EVENTS[row.kind].LABEL}", facts_said(row))
        for row in sorted(now.counted, key=lambda row: (row.day, row.number))
    )
    yield Paper(
        name="chronology", group="Chronology", title="What happened, in order", day=clock.today(), by="Rightplace",
        blocks=lines,
    )  # fmt: skip


def _requests(case: Case) -> Iterator[Paper]:
    for intake in case.intakes.all():
        blocks = (
            ("Asked by", intake.asked_by),
            ("How it came", intake.get_how_display()),
            ("What they said", intake.reason),
        )
        yield Paper(
            name=f"intake-{intake.pk}", group="Request", title="Request for an assessment", day=intake.recorded_at.date(),
            by=intake.recorded_by, blocks=filled(blocks),
        )  # fmt: skip
    sent = case.said.filter(kind=Said.Kind.REQUEST)
    yield from (_of_family(one, "Request", "Request for an assessment, as it was sent") for one in sent)


def _letters(case: Case) -> Iterator[Paper]:
    for one in case.letters.all():
        blocks = (("To", one.to), ("", one.body), ("Signed", one.signed))
        yield Paper(
            name=f"letter-{one.pk}", group="Letters about decisions", title=one.title, day=one.day,
            by=one.recorded_by, blocks=filled(blocks),
        )  # fmt: skip


def _advice(case: Case) -> Iterator[Paper]:
    for one in case.advice_requests.filter(given_on__isnull=False):
        texts = (("Needs", one.needs), ("Provision", one.provision), ("Outcomes", one.outcomes))
        blocks = filled(texts) or (("", "It came on paper: add the paper itself."),)
        kind = Adviser.labels().get(one.adviser, one.adviser)
        yield Paper(
            name=f"advice-{one.pk}", group="Advice and reports", title=f"Advice of {one.asked_of} ({kind.lower()})",
            day=one.given_on, by=one.given_by, blocks=blocks,
        )  # fmt: skip


def _said(case: Case) -> Iterator[Paper]:
    later = case.said.exclude(kind=Said.Kind.REQUEST)
    yield from (_of_family(one, "What the family said", one.get_kind_display()) for one in later)


def _of_family(one: Said, group: str, title: str) -> Paper:
    blocks = tuple((QUESTIONS.get(name, name.capitalize()), in_words(value)) for name, value in one.answers.items())
    return Paper(
        name=f"said-{one.pk}", group=group, title=title, day=one.recorded_at.date(), by=one.recorded_by,
        blocks=filled(blocks),
    )  # fmt: skip


def _versions(case: Case) -> Iterator[Paper]:
    for one in case.plan_versions.all():
        blocks = tuple(
            (
                f"Section {held['section'].letter}: {held['section'].title}. {entry['name']}",
                "\n".join(entry["paragraphs"]),
            )
            for held in sections(from_json(one.content))
            for entry in held["entries"]
        )
        yield Paper(
            name=f"plan-{one.number}",
            group="Plan",
            title=str(one),
            day=one.day,
            by=one.recorded_by,
            blocks=filled(blocks),
        )


def _reviews(case: Case) -> Iterator[Paper]:
    for one in case.review_papers.filter(sent_at__isnull=False):
        yield Paper(
            name=f"review-{one.pk}", group="Reviews", title="Report of the review meeting", day=one.sent_at.date(),
            by=one.sent_by, blocks=filled(tuple(_answered(name, value) for name, value in one.entered.items())),
        )  # fmt: skip


def _answered(name: str, value: Any) -> tuple[str, str]:
    if name.startswith("outcome_"):
        return f"Progress towards outcome {name.removeprefix('outcome_')}", in_words(value)
    text = dict(CHANGES).get(value, value) if name == "recommend" else value
    return str(ReviewForm.base_fields[name].label) if name in ReviewForm.base_fields else name, in_words(text)


def _answers(case: Case) -> Iterator[Paper]:
    for one in case.consultation_answers.all():
        blocks = tuple(
            (
                str(AnswerForm.base_fields[name].label),
                in_words(dict(GROUNDS).get(value, value) if name == "ground" else value),
            )
            for name, value in one.answers.items()
            if name in AnswerForm.base_fields and value not in ("", None)
        )
        yield Paper(
            name=f"answer-{one.pk}", group="Settings consulted", title=f"Answer of {one.setting}",
            day=one.recorded_at.date(), by=one.recorded_by, blocks=filled(blocks),
        )  # fmt: skip


def _decisions(case: Case) -> Iterator[Paper]:
    for one in case.placement_decisions.all():
        tests = tuple(
            (
                f"{test['ground']}: {test['question']}",
                f"{test['result']}. {test['reason']} {test.get('evidence') or ''}".strip(),
            )
            for test in one.tests
        )
        blocks = (
            ("Asked for", one.asked_for),
            ("Named", one.named or one.kind),
            ("Reasons", one.reasons),
            ("Decided by", one.decided_by),
            *tests,
        )
        yield Paper(
            name=f"decision-{one.pk}", group="Decisions about the setting", title=f"Decision to name {one.named or one.kind}",
            day=one.day, by=one.recorded_by, blocks=filled(blocks),
        )  # fmt: skip


def _documents(case: Case) -> Iterator[Paper]:
    for one in case.documents.all():
        yield Paper(
            name=f"document-{one.pk}", group="Documents", title=one.title, day=one.added_at.date(), by=one.added_by,
            document=one,
        )  # fmt: skip
