"""Long work: asked for once, done apart, its progress shown, its end told, its result for one person only."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marelle.audit.models import Entry
from marelle.core.rules import NotNow, Refused
from marelle.documents.models import File
from marelle.jobs import actions, registry, rules
from marelle.jobs.models import Job, State
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Four kinds of work, one per way to end."""
    monkeypatch.setattr(registry, "_kinds", {})

    @registry.job("essai.compter")
    def count(*, owner, at, progress, upto):
        for number in range(upto):
            progress(number + 1, upto)
        return registry.Result("compte.csv", "text/csv", f"{upto}\n".encode())

    @registry.job("essai.tomber")
    def fall(*, owner, at, progress):
        progress(1, 3)
        raise RuntimeError("un détail pour nous seuls")

    @registry.job("essai.refuser")
    def refuse(*, owner, at, progress):
        raise Refused("Il n’y a rien à exporter.")


def asked(owner, at, kind="essai.compter", **parameters):
    """A job whose task has not run."""
    return Job.objects.create(
        kind=kind, label="Un export", owner=owner, parameters=parameters, created_at=at, expires_at=at + actions.KEPT
    )


def test_work_asked_for_is_done_once_committed_and_its_result_kept(owner, at, commit):
    with commit():
        job = actions.start("essai.compter", label="Compter", owner=owner, at=at, upto=4)
        assert job.state == State.WAITING
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent) == (State.DONE, 4, 4, 100)
    assert job.result.content.read() == b"4\n"
    assert Entry.objects.get().kind == "jobs.job.asked"


def test_an_unknown_kind_is_a_mistake_of_ours(owner, at):
    with pytest.raises(KeyError):
        actions.start("essai.inconnu", label="?", owner=owner, at=at)


def test_a_failure_is_told_plainly_and_logged_in_full(owner, at, caplog):
    job = actions.run(job=asked(owner, at, "essai.tomber"), at=at)
    assert job.state == State.FAILED
    assert "n’a pas abouti" in job.error
    assert "détail" not in job.error
    assert "un détail pour nous seuls" in caplog.text


def test_a_refusal_of_the_domain_is_told_in_its_own_words(owner, at):
    job = actions.run(job=asked(owner, at, "essai.refuser"), at=at)
    assert (job.state, job.error) == (State.FAILED, "Il n’y a rien à exporter.")


def test_work_for_a_closed_account_is_not_done(owner, at):
    owner.is_active = False
    owner.save()
    assert actions.run(job=asked(owner, at, upto=1), at=at).state == State.FAILED
    assert not File.objects.exists()


def test_two_workers_do_a_job_once(owner, at):
    job = asked(owner, at, upto=1)
    actions.run(job=job, at=at)
    actions.run(job=job, at=at)
    assert File.objects.count() == 1


def test_a_job_that_died_with_its_worker_is_given_up(owner, at):
    dead, alive = asked(owner, at), asked(owner, at)
    Job.objects.filter(pk=dead.pk).update(state=State.RUNNING, started_at=at, seen_at=at)
    Job.objects.filter(pk=alive.pk).update(state=State.RUNNING, started_at=at, seen_at=at + timedelta(minutes=50))
    assert actions.give_up_on_the_dead(at=at + timedelta(hours=1)) == 1
    dead.refresh_from_db()
    assert (dead.state, dead.error) == (State.FAILED, "Le travail a été interrompu. Vous pouvez le relancer.")


@pytest.mark.parametrize(
    ("state", "can"), [(State.WAITING, False), (State.RUNNING, False), (State.DONE, False), (State.FAILED, True)]
)
def test_only_what_failed_is_asked_again_and_only_by_its_owner(owner, at, state, can):
    job = asked(owner, at)
    job.state = state
    assert bool(rules.can_retry(owner, job)) is can
    assert isinstance(rules.can_retry(owner, job), NotNow) is not can
    assert not rules.can_retry(UserFactory(), job)


def test_a_second_try_starts_afresh(owner, at, commit):
    job = asked(owner, at, upto=2)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, error="interrompu", done=1, total=9)
    with commit():
        actions.retry(job=job, by=owner, at=at)
    job.refresh_from_db()
    assert (job.state, job.error, job.done, job.total) == (State.DONE, "", 2, 2)


def test_a_job_and_its_result_are_forgotten_after_seven_days(owner, at, commit):
    job = actions.run(job=asked(owner, at, upto=1), at=at)
    storage, path = job.result.content.storage, job.result.content.name
    assert actions.expire(at=at + timedelta(days=6)) == 0
    with commit():
        assert actions.expire(at=at + timedelta(days=8)) == 1
    assert not Job.objects.exists()
    assert not File.objects.exists()
    assert not storage.exists(path)


class TestPages:
    @pytest.fixture
    def page(self, client, owner):
        client.force_login(owner)
        return lambda name, job, **options: client.get(reverse(f"jobs:{name}", args=[job.public_id]), **options)

    @pytest.mark.parametrize(
        ("fields", "words", "polls"),
        [
            ({"state": State.WAITING}, "attend son tour", True),
            ({"state": State.RUNNING}, "Le travail est en cours.", True),
            ({"state": State.RUNNING, "done": 12, "total": 60}, "12 sur 60", True),
            ({"state": State.FAILED, "error": "Il n’y a rien."}, "Il n’y a rien.", False),
            ({"state": State.DONE}, "Le résultat a été effacé", False),
        ],
    )
    def test_it_says_where_the_work_is(self, page, owner, at, fields, words, polls):
        job = asked(owner, at)
        Job.objects.filter(pk=job.pk).update(**fields)
        for options in ({}, {"headers": {"HX-Request": "true"}}):
            html = page("detail", job, **options).content.decode()
            assert words in html
            assert ("every 2s" in html) is polls
        assert ('http-equiv="refresh"' in page("detail", job).content.decode()) is polls

    def test_the_result_is_downloaded(self, page, owner, at):
        job = actions.run(job=asked(owner, at, upto=1), at=at)
        assert "compte.csv" in page("detail", job).content.decode()
        response = page("result", job)
        assert b"".join(response) == b"1\n"
        response.close()

    def test_there_is_no_result_before_the_end(self, page, owner, at):
        assert page("result", asked(owner, at)).status_code == 404

    @pytest.mark.parametrize("name", ["detail", "result", "retry"])
    def test_a_stranger_finds_nothing(self, client, owner, at, name):
        job = actions.run(job=asked(owner, at, upto=1), at=at)
        client.force_login(UserFactory())
        address = reverse(f"jobs:{name}", args=[job.public_id])
        assert client.post(address).status_code == 404 if name == "retry" else client.get(address).status_code == 404

    def test_nobody_is_asked_to_sign_in(self, client, owner, at):
        response = client.get(reverse("jobs:detail", args=[asked(owner, at).public_id]))
        assert response.status_code == 302

    def test_what_failed_is_asked_again_from_the_page(self, client, owner, at, commit):
        job = asked(owner, at, upto=1)
        Job.objects.filter(pk=job.pk).update(state=State.FAILED)
        client.force_login(owner)
        with commit():
            response = client.post(reverse("jobs:retry", args=[job.public_id]), follow=True)
        assert response.redirect_chain
        job.refresh_from_db()
        assert job.state == State.DONE

    def test_asking_again_for_what_did_not_fail_says_why(self, client, owner, at):
        client.force_login(owner)
        html = client.post(reverse("jobs:retry", args=[asked(owner, at).public_id])).content.decode()
        assert "Ce travail n’a pas échoué." in html

    def test_my_work_is_listed_and_nobody_elses(self, client, owner, django_assert_max_num_queries):
        for _ in range(35):
            asked(owner, timezone.now())
        Job.objects.filter(pk=asked(UserFactory(), timezone.now()).pk).update(label="Celui d’un autre")
        client.force_login(owner)
        with django_assert_max_num_queries(10):
            html = client.get(reverse("jobs:list")).content.decode()
        assert html.count("Un export") == 30
        assert "Celui d’un autre" not in html

    def test_an_empty_list_says_what_will_come(self, client, owner):
        client.force_login(owner)
        assert "Quand vous demanderez un export" in client.get(reverse("jobs:list")).content.decode()
