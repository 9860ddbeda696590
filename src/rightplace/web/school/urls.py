"""What schools and colleges owe and give."""

from __future__ import annotations

from django.urls import path

from rightplace.web.school import (
    advice_page,
    answer_page,
    answers_page,
    done_page,
    draft_page,
    owed_page,
    provision_page,
    review_page,
    review_read_page,
)

urlpatterns = [
    path("", owed_page.owed, name="school"),
    path("<slug:reference>/answer/", answer_page.answer, name="school_answer"),
    path("<slug:reference>/draft/", draft_page.draft, name="school_draft"),
    path("<slug:reference>/answers/", answers_page.answers, name="school_answers"),
    path("<slug:reference>/advice/", advice_page.advice, name="school_advice"),
    path("<slug:reference>/done/<slug:kind>/", done_page.done, name="school_done"),
    path("<slug:reference>/review/", review_page.review, name="school_review"),
    path("<slug:reference>/reviews/", review_read_page.reviews, name="school_reviews"),
    path("<slug:reference>/provision/", provision_page.provision, name="provision"),
    path("<slug:reference>/provision/<int:entry>/", provision_page.log_one, name="provision_log"),
]
