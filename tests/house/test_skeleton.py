"""The house stands: it starts, its migrations match its models, its imports go down."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_migrations_match_the_models():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_imports_only_go_down():
    lint = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], capture_output=True, text=True, check=False
    )
    assert lint.returncode == 0, lint.stdout


@pytest.mark.django_db
def test_a_candidacy_is_seen_by_its_own_people_only():
    from marelle.programme.models import Candidacy
    from tests.accounts.factories import UserFactory, lead_of
    from tests.programme.factories import CandidacyFactory

    candidacy = CandidacyFactory()
    assert list(Candidacy.objects.visible_to(lead_of(candidacy.organisation))) == [candidacy]
    assert not Candidacy.objects.visible_to(UserFactory()).exists()
