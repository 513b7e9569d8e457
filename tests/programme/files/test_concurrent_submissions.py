"""Two leads press « Déposer » in the same instant: one submission, one receipt."""

import pytest

from marelle.accounts.enums import Role
from marelle.core.rules import Refused
from marelle.programme.actions import submissions
from marelle.programme.models import Submission
from tests.accounts.factories import member_of

from .test_concurrent_saves import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_is_handed_over_once(complete, lead, at):
    elected = member_of(complete.organisation, Role.ELECTED)

    def submitting(person):
        def submit():
            try:
                return submissions.submit(candidacy=complete, by=person, at=at).number
            except Refused:
                return "refused"

        return submit

    assert sorted(map(str, at_once(submitting(lead), submitting(elected)))) == ["1", "refused"]
    assert Submission.objects.count() == 1
