"""Results are prepared, put aside, published, corrected; by whom and when."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.ballots import suppression
from marelle.ballots.enums import Mode, Scope
from marelle.core.rules import No, NotNow, Refused
from marelle.jobs.models import Job, State
from marelle.participation.actions import results as actions
from marelle.participation.enums import Level
from marelle.participation.models import Publication
from marelle.participation.queries import counting
from marelle.participation.queries import results as queries
from marelle.participation.rules import results as rules
from tests.accounts.factories import CollectiviteFactory, MembershipFactory, NationalTeamFactory, lead_of, national
from tests.participation.factories import ConsultationFactory, open_consultation, session_of
from tests.territories.factories import DepartementFactory, EpciFactory, TerritoryFactory

from .conftest import answered, closed, published

pytestmark = pytest.mark.django_db


def test_they_are_read_by_their_people_first_then_by_all(town, at):
    prepared = actions.prepare(consultation=town.consultation, by=town.lead, at=at)
    assert queries.current(town.consultation) is None
    shown = actions.publish(consultation=town.consultation, by=town.lead, at=at)
    assert shown == prepared == queries.current(town.consultation)
    town.consultation.refresh_from_db()
    assert town.consultation.results_published_at == at
    kinds = Entry.objects.filter(kind__startswith="participation.results").values_list("kind", flat=True)
    assert sorted(kinds) == ["participation.results.prepared", "participation.results.published"]


def test_each_adult_of_a_group_is_told(town, at, commit, mailoutbox):
    actions.prepare(consultation=town.consultation, by=town.lead, at=at)
    with commit():
        actions.publish(consultation=town.consultation, by=town.lead, at=at)
    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert set(mails) == {town.teacher.email, town.lead.email}
    assert "/resultats/enfants/" in mails[town.teacher.email].body


def test_what_is_put_aside_is_gone_and_can_be_prepared_anew(town, at):
    actions.prepare(consultation=town.consultation, by=town.lead, at=at)
    actions.drop(consultation=town.consultation, by=town.lead, at=at)
    assert not Publication.objects.exists()
    assert actions.prepare(consultation=town.consultation, by=town.lead, at=at).number == 1


def test_nothing_is_read_while_children_answer(at):
    consultation = open_consultation()
    answered(session_of(consultation, roll=25, mode=Mode.PAPER), sheets=20)
    with pytest.raises(Refused, match="une fois la consultation fermée"):
        actions.prepare(consultation=consultation, by=consultation.created_by, at=at)


def test_three_children_have_no_results(at):
    consultation = open_consultation()
    answered(session_of(consultation, roll=25, mode=Mode.PAPER), sheets=3, cells={})
    with pytest.raises(Refused, match="Moins de 5"):
        actions.prepare(consultation=closed(consultation), by=consultation.created_by, at=at)


def test_who_may(town, at):
    """Only those who tend the consultation, in each state."""
    consultation = town.consultation
    facts = {"ballots": 67, "current": None, "prepared": None}
    prepared = actions.prepare(consultation=consultation, by=town.lead, at=at)
    for user, kind in ((town.stranger, No), (town.teacher, No), (national(), No)):
        answer = rules.can_prepare(user, consultation, **facts)
        assert type(answer) is kind
        assert type(rules.can_publish(user, consultation, prepared=prepared)) is kind
        with pytest.raises(PermissionDenied):
            actions.publish(consultation=consultation, by=user, at=at)
    assert rules.can_prepare(town.lead, consultation, **facts) is True
    assert isinstance(rules.can_prepare(town.lead, consultation, **facts | {"prepared": prepared}), NotNow)
    assert isinstance(rules.can_publish(town.lead, consultation, prepared=None), NotNow)


@pytest.mark.parametrize(
    ("level", "scope", "ballots", "allowed"),
    [
        (Level.NATIONAL, Scope.COMMUNE, 199, False),
        (Level.NATIONAL, Scope.COMMUNE, 200, True),
        (Level.NATIONAL, Scope.EPCI, 137, False),
        (Level.NATIONAL, Scope.DEPARTEMENT, 10, True),
        (Level.NATIONAL, Scope.DEPARTEMENT, 9, False),
        (Level.LOCAL, Scope.COMMUNE, 10, True),
        (Level.LOCAL, Scope.STATION, 9, False),
        (Level.LOCAL, Scope.STATION, 10, True),
        (Level.LOCAL, Scope.NATION, 5, True),
    ],
)
def test_a_place_has_its_own_table_from_enough_answers(level, scope, ballots, allowed):
    consultation = ConsultationFactory.build(level=level, organisation=None, territory=None, created_by=None)
    assert bool(rules.can_read_place(consultation, scope, ballots=ballots)) is allowed


def test_a_town_is_told_how_many_answers_are_missing():
    consultation = ConsultationFactory.build(level=Level.NATIONAL, organisation=None, territory=None, created_by=None)
    answer = rules.can_read_place(consultation, Scope.COMMUNE, ballots=137)
    assert "Encore 63 réponses" in answer.reason


def test_a_correction_says_why_and_leaves_the_first_as_it_was(shown, at):
    before = list(shown.publication.tables.order_by("pk").values_list("scope", "place", "content"))
    with pytest.raises(Refused, match="ce qui est corrigé"):
        actions.prepare(consultation=shown.consultation, by=shown.lead, at=at)
    second = actions.prepare(consultation=shown.consultation, by=shown.lead, at=at, reason="Une faute")
    actions.publish(consultation=shown.consultation, by=shown.lead, at=at)
    assert second.number == 2
    assert queries.current(shown.consultation) == second
    assert before == list(shown.publication.tables.order_by("pk").values_list("scope", "place", "content"))
    assert Entry.objects.filter(kind="participation.results.corrected").count() == 1


def test_two_publications_are_never_so_near_that_their_difference_tells(shown, at):
    """One child more in one group: what that child said would be read off the difference."""
    from marelle.ballots.models import Tally

    Tally.objects.filter(box=shown.consultation.box, place=shown.classes[0].public_id).update(ballots=23)
    with pytest.raises(Refused, match="un ou deux enfants"):
        actions.prepare(consultation=shown.consultation, by=shown.lead, at=at, reason="Une voix retrouvée")


def test_the_sum_can_be_checked_by_anyone(shown):
    facts = shown.publication.facts
    assert facts["ballots"] == facts["tickets"] + facts["sheets"] + facts["links"] == 67


def test_the_children_of_a_small_age_count_in_the_whole(shown):
    """Three children of 9 to 12 at the council: no sheet of their own, and not lost."""
    read = queries.results(shown.publication)
    assert read.ballots == read.shown == 67
    assert not shown.publication.tables.filter(scope=Scope.STATION, place=shown.few.public_id).exists()
    tables = dict(shown.publication.tables.filter(scope=Scope.STATION).values_list("place", "ballots"))
    assert tables[shown.classes[0].public_id] == 22


def test_nothing_published_is_an_exact_small_count(shown):
    for table in shown.publication.tables.all():
        for one in table.content["slices"].values():
            assert one["shown"] >= 5
            for row in one["rows"].values():
                counts = [*row["cells"].values(), row["skipped"] or 0]
                assert all(count % 5 == 0 for count in counts)


def test_publishing_reads_no_ballot_and_few_rows(town, at, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        actions.prepare(consultation=town.consultation, by=town.lead, at=at)


@pytest.fixture
def country():
    """A national consultation: a big town, a small one of the same intercommunalité, a link open to all."""
    here = DepartementFactory()
    around = EpciFactory()
    big, small = (TerritoryFactory(departement=here, epci=around) for _ in range(2))
    consultation = open_consultation(level=Level.NATIONAL, organisation=NationalTeamFactory(), territory=None)
    for _ in range(9):
        answered(session_of(consultation, roll=25, mode=Mode.PAPER, territory=big), sheets=24)
    answered(session_of(consultation, roll=25, mode=Mode.PAPER, territory=small), sheets=21)
    closed(consultation)
    return consultation, big, small, around, here


def test_a_town_reads_its_part_of_a_national_consultation_from_two_hundred(country):
    consultation, big, small, around, here = country
    publication = published(consultation)
    places = set(publication.tables.exclude(scope=Scope.STATION).values_list("scope", "place"))
    assert places == {
        ("nation", ""), ("departement", here.code), ("epci", around.code), ("commune", big.code),
    }  # fmt: skip
    read = queries.results(publication, scope=Scope.COMMUNE, place=big.code)
    assert read.name == big.name
    assert read.compared_with == "France"
    assert all(bar.beside is not None for bar in read.questions[0].bars)
    assert queries.results(publication, scope=Scope.COMMUNE, place=small.code) is None


def test_a_town_is_led_to_its_part_or_told_what_is_missing(client, country):
    consultation, big, small, _around, _here = country
    published(consultation)
    address = reverse("participation:results", args=[consultation.public_id])
    client.force_login(lead_of(CollectiviteFactory(territory=big)))
    page = client.get(address).content.decode()
    assert f"?lieu=commune-{big.code}" in page
    assert "France" in client.get(address, {"lieu": f"commune-{big.code}"}).content.decode()
    client.force_login(lead_of(CollectiviteFactory(territory=small)))
    assert "Encore 179 réponses" in client.get(address).content.decode()
    assert client.get(address, {"lieu": f"commune-{small.code}"}).status_code == 404


def test_the_page_of_a_territory_finds_its_results_in_one_query(country, django_assert_num_queries):
    consultation, big, small, _around, here = country
    published(consultation)
    with django_assert_num_queries(1):
        found = queries.published_for(big)
    assert [(table.scope, table.publication.consultation) for table in found] == [("commune", consultation)]
    assert queries.published_for(small) == []
    assert [table.scope for table in queries.published_for(here)] == ["departement"]


def test_a_local_consultation_is_its_towns(shown):
    [table] = queries.published_for(shown.consultation.territory)
    assert table.publication.consultation == shown.consultation
    assert queries.published_for(CollectiviteFactory().territory) == []


def test_the_mean_place_of_a_ranking(shown):
    read = queries.results(shown.publication)
    ranking = next(one for one in read.questions if one.is_ranking)
    # Three groups alike: « ombre » 12 times first, 6 times second.
    assert {bar.key: bar.place for bar in ranking.bars}["ombre"] == round((12 + 2 * 6) / 18, 1)
    by_age = queries.results(shown.publication, by="band:6-8")
    assert not next(one for one in by_age.questions if one.is_ranking).has_places


def test_the_mean_of_a_scale_says_nothing_that_its_counts_do_not(shown):
    smileys = queries.results(shown.publication).questions[0]
    shown_counts = {int(bar.key): bar.count for bar in smileys.bars}
    total = sum(shown_counts.values())
    assert smileys.mean == round(sum(n * count for n, count in shown_counts.items()) / total, 1)


def test_tables_are_the_sums_of_groups(shown):
    """What is added up in place for a whole country is what `sliced` says, slice by slice."""
    consultation = shown.consultation
    box = counting.counted(consultation.box)
    questions = counting.asked(consultation.version.questionnaire)
    groups = suppression.published(box.units, questions, 5, salt=consultation.box.public_id)
    table = shown.publication.tables.get(scope=Scope.NATION)
    for name, one in table.content["slices"].items():
        kind, _colon, value = name.partition(":")
        said = suppression.sliced(groups, lambda unit, kind=kind, value=value: not kind or getattr(unit, kind) == value)
        assert (one["ballots"], one["shown"], one["groups"]) == (said.ballots, said.shown, said.groups)
        assert {key: (row["cells"], row["base"], row["skipped"]) for key, row in one["rows"].items()} == {
            key: (dict(row.cells), row.base, row.skipped) for key, row in said.rows.items()
        }


# --- A nation, as long work ------------------------------------------------------------------------------------


def ask(client, consultation, **sent):
    client.force_login(consultation.created_by)
    return client.post(reverse("participation:results_prepare", args=[consultation.public_id]), sent)


@pytest.fixture
def nation(db):
    consultation = open_consultation(level=Level.NATIONAL, organisation=NationalTeamFactory(), territory=None)
    answered(session_of(consultation, roll=40, mode=Mode.PAPER, territory=TerritoryFactory()), sheets=30)
    return closed(consultation)


def test_a_nation_is_prepared_as_work_that_one_follows(client, nation, commit):
    with commit():
        answer = ask(client, nation)
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:detail", args=[job.public_id])
    assert (job.state, job.owner) == (State.DONE, nation.created_by)
    assert job.done == job.total > 0
    publication = Publication.objects.get()
    assert (publication.prepared_by, publication.published_at) == (nation.created_by, None)
    assert "nation" in job.result.content.read().decode("utf-8-sig")
    assert client.get(reverse("participation:results", args=[nation.public_id])).status_code == 200


def test_asked_twice_it_is_done_once_and_the_page_says_that_it_is_under_way(client, nation):
    first, again = ask(client, nation), ask(client, nation)
    job = Job.objects.get()
    assert first["Location"] == again["Location"] == reverse("jobs:detail", args=[job.public_id])
    page = client.get(reverse("participation:results", args=[nation.public_id])).content.decode()
    assert "Les résultats se préparent" in page
    assert first["Location"] in page

    colleague = MembershipFactory(organisation=nation.organisation, role=Role.MANAGER).user
    with pytest.raises(Refused, match="déjà en préparation"):
        actions.ask_to_prepare(consultation=nation, by=colleague, at=nation.closed_at)


def test_what_cannot_be_prepared_is_said_at_once_and_asks_for_no_work(client, nation, at):
    published(nation)
    answer = ask(client, nation)
    assert answer.status_code == 409
    assert "Dites ce qui est corrigé" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_town_is_prepared_while_one_waits(client, town):
    assert ask(client, town.consultation)["Location"] == reverse(
        "participation:results", args=[town.consultation.public_id]
    )
    assert Publication.objects.exists()
    assert not Job.objects.exists()


def test_what_moves_while_it_is_counted_is_not_kept(town, at, monkeypatch):
    def late(*args):
        monkeypatch.setattr(queries, "ballots_of", lambda *args: 70)
        return iter(())

    monkeypatch.setattr(counting, "tables", late)
    with pytest.raises(Refused, match="pendant le calcul"):
        actions.prepare(consultation=town.consultation, by=town.lead, at=at)
    assert not Publication.objects.exists()
