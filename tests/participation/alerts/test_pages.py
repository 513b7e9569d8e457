"""The pages of those who protect; to everyone else they do not exist."""

import pytest
from django.core import mail
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.participation.actions import alerts as actions
from marelle.participation.models import Alert
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national
from tests.participation.factories import AT
from tests.participation.words import WORRYING, alert_of, moderator_of, officer

pytestmark = pytest.mark.django_db
POSTED = {
    "alert_read": {},
    "alert_take": {},
    "alert_note": {"note": "Appelé l’école."},
    "alert_close": {"fin-outcome": "spoke", "fin-note": "Fait."},
    "alert_reopen": {"note": "Du nouveau."},
    "alert_give_back": {},
}


def url(name, alert=None):
    return reverse(f"participation:{name}", args=[alert.public_id] if alert else [])


@pytest.fixture
def watcher(client):
    user = officer()
    client.force_login(user)
    return user


def strangers(session):
    return {
        "manager": national(Role.MANAGER),
        "adviser": national(Role.ADVISER),
        "expert": national(Role.EXPERT),
        "lead": lead_of(session.consultation.organisation),
        "moderator": moderator_of(session.consultation),
        "another town": lead_of(CollectiviteFactory()),
        "somebody": UserFactory(),
    }


def test_strangers_find_no_alert_managers_included(client, session, alert):
    for who, user in strangers(session).items():
        client.force_login(user)
        assert client.get(url("alerts")).status_code == 404, who
        assert client.get(url("alert", alert)).status_code == 404, who
        for name, data in POSTED.items():
            assert client.post(url(name, alert), data).status_code == 404, (who, name)
    alert.refresh_from_db()
    assert alert.state == "new"
    assert alert.steps.count() == 1


def test_without_a_sign_in_every_door_leads_to_it(client, alert):
    for name in ("alerts", "alert", *POSTED):
        answer = client.post(url(name, None if name == "alerts" else alert))
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_words_are_shown_only_once_the_reading_is_written_down(client, watcher, alert):
    before = client.get(url("alert", alert)).content.decode()
    assert WORRYING not in before
    assert "est noté" in before
    assert not Entry.objects.filter(kind="participation.alert.read").exists()
    after = client.post(url("alert_read", alert), follow=True).content.decode()
    assert '<mark class="worry">' in after
    assert "papa me frape" in after
    assert Entry.objects.get(kind="participation.alert.read").actor == watcher.public_id
    client.get(url("alert", alert))
    assert Entry.objects.filter(kind="participation.alert.read").count() == 1


def test_the_words_close_again_after_a_quarter_of_an_hour(client, watcher, alert):
    client.post(url("alert_read", alert))
    session = client.session
    session["alerts_opened"] = {alert.public_id: 1}
    session.save()
    assert "papa me frape" not in client.get(url("alert", alert)).content.decode()


def test_an_alert_followed_page_by_page(client, watcher, alert):
    page = client.get(url("alert", alert)).content.decode()
    for said in ("119", "3018", "CRIP", "434-3", "article 40", alert.verbatim.session.title, "À ne pas faire"):
        assert said in page
    assert alert.verbatim.session.opened_by.email in page
    assert "en charge" in client.post(url("alert_take", alert), follow=True).content.decode()
    client.post(url("alert_note", alert), POSTED["alert_note"])
    done = client.post(url("alert_close", alert), POSTED["alert_close"], follow=True).content.decode()
    assert "échange avec l’adulte du groupe" in done
    assert "Appelé l’école." in done
    back = client.post(url("alert_give_back", alert), follow=True).content.decode()
    assert "rendus à la relecture" in back
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.verbatim.state) == ("closed", "spoke", "waiting")
    client.post(url("alert_reopen", alert), POSTED["alert_reopen"])
    alert.refresh_from_db()
    assert alert.state == "taken"


def test_a_form_badly_filled_loses_nothing(client, watcher, alert):
    actions.take(alert=alert, by=watcher, at=AT)
    answer = client.post(url("alert_close", alert), {"fin-note": "Trois appels."})
    assert answer.status_code == 422
    assert "Trois appels." in answer.content.decode()


def test_two_tabs_close_once(client, watcher, alert):
    actions.take(alert=alert, by=watcher, at=AT)
    client.post(url("alert_close", alert), POSTED["alert_close"])
    again = client.post(url("alert_close", alert), POSTED["alert_close"])
    assert again.status_code == 409
    assert "Rouvrez-la" in again.content.decode()


def test_the_list_shows_no_word_and_costs_the_same_for_many(client, session, watcher, django_assert_max_num_queries):
    for number in range(12):
        alert_of(session, f"{WORRYING} {number}")
    page = client.get(url("alerts"))
    assert "frape" not in page.content.decode()
    with django_assert_max_num_queries(10):
        client.get(url("alerts"))


def test_one_page_costs_little(client, watcher, alert, django_assert_max_num_queries):
    client.post(url("alert_read", alert))
    with django_assert_max_num_queries(17):
        client.get(url("alert", alert))


def test_the_officer_finds_alerts_in_the_navigation_and_others_do_not(client, session, watcher):
    assert url("alerts") in client.get("/").content.decode()
    client.force_login(national(Role.MANAGER))
    assert url("alerts") not in client.get("/").content.decode()


def test_an_empty_list_says_what_will_come(client, watcher):
    assert "Aucune alerte" in client.get(url("alerts")).content.decode()


def test_a_mail_to_who_may_no_longer_read_is_not_built(commit, session):
    user = officer()
    with commit():
        alert_of(session)
        user.memberships.update(ends_on=AT.date())
    assert user.email not in {message.to[0] for message in mail.outbox}
    assert Alert.objects.count() == 1
