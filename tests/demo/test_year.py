"""The demonstration year is made by the product's own actions, on real territories, the same for the same seed."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from marelle.accounts.models import Organisation, User
from marelle.audit.queries import verify
from marelle.demo.actions import stories, year
from marelle.demo.fates import Fate, plan
from marelle.demo.names import people
from marelle.notifications.models import Mail, State
from marelle.participation.models import Consultation, Proposal
from marelle.programme.enums import NetworkStatus, Status
from marelle.programme.models import Candidacy, NetworkMembership, Title

ENDS = {
    Fate.INTERESTED: Status.INTERESTED,
    Fate.JUST_BEGUN: Status.DRAFT,
    Fate.FILED: Status.FILED,
    Fate.UNDER_REVIEW: Status.UNDER_REVIEW,
    Fate.CORRECTION: Status.CORRECTION,
    Fate.CORRECTED: Status.UNDER_REVIEW,
    Fate.COMMISSION: Status.COMMISSION,
    Fate.PROBATION: Status.PROBATION,
    Fate.AWARDED: Status.AWARDED,
    Fate.TITLED_WITH_RECOMMENDATIONS: Status.TITLED,
    Fate.REFUSED: Status.REFUSED,
    Fate.ABANDONED: Status.ABANDONED,
    Fate.WITHDRAWN: Status.TITLE_WITHDRAWN,
}


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


def make(at, seed=7, how_many=None):
    year.make(seed=seed, at=at, towns=plan(seed, how_many or dict.fromkeys(ENDS, 1), members=4))


@pytest.mark.usefixtures("france", "demonstration", "db")
def test_every_story_ends_where_its_fate_says(at):
    make(at)

    expected = Counter(ENDS.values()) + Counter([Status.DRAFT])  # and Rouen's métropole, half-way
    assert Counter(Candidacy.objects.values_list("status", flat=True)) == {str(s): n for s, n in expected.items()}
    assert set(NetworkMembership.objects.values_list("status", flat=True)) == {
        NetworkStatus.ASKED,
        NetworkStatus.MEMBER,
    }
    assert not User.objects.filter(is_fictitious=False).exists()
    assert not User.objects.exclude(email__endswith=".marelle.example").exists()
    assert not Organisation.objects.filter(kind="collectivite", is_demonstration=False).exists()
    assert not Title.objects.filter(is_demonstration=False).exists()
    assert verify().holds
    assert not Mail.objects.filter(state=State.WAITING, created_at__lt=year_start(at)).exists()


def year_start(at):
    from datetime import timedelta

    return at - timedelta(days=7)


@pytest.mark.usefixtures("france", "demonstration", "db")
def test_it_does_not_add_itself_to_people_already_there(at):
    make(at, how_many={Fate.INTERESTED: 1})
    with pytest.raises(CommandError, match="contient déjà des personnes"):
        call_command("demo", "--seed", "7")


@pytest.mark.django_db
def test_it_refuses_a_real_installation():
    with override_settings(DEMO=False), pytest.raises(CommandError, match="MARELLE_DEMO"):
        call_command("demo")


@pytest.mark.usefixtures("france", "db")
def test_the_same_seed_chooses_the_same_towns_and_names():
    first, again, other = plan(7), plan(7), plan(8)
    assert first == again
    assert first != other
    names = [next(stream) for stream in (people(7), people(7), people(8))]
    assert names[0] == names[1] != names[2]


@pytest.mark.usefixtures("france", "demonstration", "db")
@pytest.mark.parametrize("_turn", [1, 2])
def test_the_same_seed_makes_the_same_year(at, _turn, request):
    make(at, how_many={Fate.HALF_WRITTEN: 1, Fate.UNDER_REVIEW: 1})
    made = [
        *Candidacy.objects.order_by("pk").values_list("public_id", "territory__code", "status", "status_since"),
        *User.objects.order_by("pk").values_list("email", "public_id"),
        *Consultation.objects.order_by("pk").values_list("public_id", "title", "state"),
        *Proposal.objects.order_by("pk").values_list("public_id", "wording", "state", "made_on"),
    ]
    before = request.config.stash.setdefault(KEY, made)
    assert made == before


KEY: pytest.StashKey[list] = pytest.StashKey()


@pytest.mark.usefixtures("france", "demonstration", "db")
def test_corrections_are_asked_about_answers_in_words(at):
    # A sentence added to a chosen option or to a date makes it invalid, and the town could not send its file again.
    make(at, how_many={Fate.CORRECTED: 6})
    for candidacy in Candidacy.objects.filter(corrections__isnull=False):
        questions = candidacy.version.definition.questions
        asked = candidacy.corrections.get().items.values_list("question", flat=True)
        assert {questions[key].kind for key in asked} <= set(stories.WORDS)
