"""The queue: for those named to moderate; others find nothing, or the list of what they moderate."""

import pytest
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.participation.enums import VerbatimState
from marelle.participation.models import Alert, Verbatim
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national
from tests.participation.words import a_session, alert_of, approved, moderator_of, officer, protector_of, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client, consultation):
    user = moderator_of(consultation)
    client.force_login(user)
    return user


def url(name, consultation=None, verbatim=None):
    args = [one.public_id for one in (consultation, verbatim) if one]
    return reverse(f"participation:{name}", args=args)


def ticked(*verbatims):
    return [f"{one.public_id}:{one.revision}" for one in verbatims]


ONE = ("verbatim", "verbatim_refuse", "verbatim_put_back", "verbatim_report")
MANY = ("verbatim_queue", "verbatims_together", "verbatims_undo", "verbatims_alike")


def test_strangers_find_no_door(client, session, consultation):
    verbatim = waiting(session)
    people = {
        "protector": protector_of(consultation), "officer": officer(), "manager": national(Role.MANAGER),
        "lead": lead_of(consultation.organisation), "another town": lead_of(CollectiviteFactory()),
        "somebody": UserFactory(),
    }  # fmt: skip
    for who, user in people.items():
        client.force_login(user)
        for name in MANY:
            codes = {client.get(url(name, consultation)).status_code, client.post(url(name, consultation)).status_code}
            assert codes <= {404, 405}, (who, name)
        for name in ONE:
            there = url(name, consultation, verbatim)
            codes = {client.get(there).status_code, client.post(there, {"reason": "empty", "seen": 0}).status_code}
            assert codes <= {404, 405}, (who, name)
        assert "à relire" in client.get(url("verbatims")).content.decode()
    verbatim.refresh_from_db()
    assert verbatim.state == VerbatimState.WAITING


def test_a_word_is_not_reached_through_another_consultation(client, moderator, consultation):
    elsewhere = waiting(a_session())
    assert client.get(url("verbatim", consultation, elsewhere)).status_code == 404


def test_what_is_held_does_not_exist_for_a_moderator(client, moderator, session, consultation):
    held = alert_of(session).verbatim
    assert client.get(url("verbatim", consultation, held)).status_code == 404
    for page in (url("verbatims"), url("verbatim_queue", consultation), url("verbatims_alike", consultation)):
        said = client.get(page).content.decode()
        assert "frape" not in said
        assert "alerte" not in said.lower().replace('role="alert"', "")


def test_the_queues_oldest_first(client, moderator, session, consultation):
    waiting(session)
    page = client.get(url("verbatims")).content.decode()
    assert consultation.title in page
    assert "1 parole" in page


def test_an_empty_queue_thanks(client, moderator, consultation):
    assert "Tout est relu" in client.get(url("verbatim_queue", consultation)).content.decode()


def test_words_are_shown_with_their_question_and_what_may_be_hidden(client, moderator, session, consultation):
    waiting(session, "jouer avec Kévin <b>")
    page = client.get(url("verbatim_queue", consultation)).content.decode()
    assert "Que voudrais-tu changer" in page
    assert "<mark>Kévin</mark>" in page
    assert "&lt;b&gt;" in page


def test_approve_with_a_name_hidden_in_one_go(client, moderator, session, consultation):
    verbatim = waiting(session, "jouer avec Kévin")
    there = url("verbatim", consultation, verbatim)
    page = client.get(there).content.decode()
    assert "jouer avec [prénom]" in page
    answer = client.post(there, {"wording": "jouer avec [prénom]", "themes": ["play"], "seen": 0})
    assert answer.status_code == 302
    assert Verbatim.objects.public().get().wording == "jouer avec [prénom]"


def test_see_the_result_before_publishing(client, moderator, session, consultation):
    verbatim = waiting(session, "Kévin et Lola jouent")
    answer = client.post(url("verbatim", consultation, verbatim), {"preview": "1", "hide": ["1"], "seen": 0})
    assert "Kévin et [prénom] jouent" in answer.content.decode()
    verbatim.refresh_from_db()
    assert verbatim.state == VerbatimState.WAITING


def test_other_words_than_the_childs_are_refused_and_what_was_typed_stays(client, moderator, session, consultation):
    verbatim = waiting(session)
    answer = client.post(url("verbatim", consultation, verbatim), {"wording": "Une fontaine bleue", "seen": 0})
    assert answer.status_code == 409
    assert "Une fontaine bleue" in answer.content.decode()
    assert "Gardez les mots" in answer.content.decode()


def test_a_stale_page_is_told_and_shows_the_words_as_they_are(client, moderator, session, consultation):
    verbatim = approved(session, revision=3)
    answer = client.post(url("verbatim_refuse", consultation, verbatim), {"reason": "empty", "seen": 2})
    assert answer.status_code == 409
    verbatim.refresh_from_db()
    assert verbatim.state == VerbatimState.APPROVED


def test_refuse_needs_a_reason(client, moderator, session, consultation):
    verbatim = waiting(session)
    assert client.post(url("verbatim_refuse", consultation, verbatim), {"seen": 0}).status_code == 422
    assert (
        client.post(url("verbatim_refuse", consultation, verbatim), {"seen": 0, "reason": "empty"}).status_code == 302
    )
    verbatim.refresh_from_db()
    assert verbatim.state == VerbatimState.REFUSED
    back = client.post(url("verbatim_put_back", consultation, verbatim), {"seen": 1}, follow=True)
    assert "de nouveau à relire" in back.content.decode()


def test_bulk_then_undo(client, moderator, session, consultation):
    words = [waiting(session, f"Un banc numéro {number}") for number in range(3)]
    done = client.post(
        url("verbatims_together", consultation), {"chosen": ticked(*words), "act": "approve"}, follow=True
    )
    assert "3 paroles sont publiables" in done.content.decode()
    undone = client.post(url("verbatims_undo", consultation), follow=True)
    assert "3 paroles sont de nouveau à relire" in undone.content.decode()


def test_group_and_tag_the_ticked(client, moderator, session, consultation):
    words = [waiting(session), waiting(session, "Des arbres dans la cour")]
    client.post(url("verbatims_together", consultation), {"chosen": ticked(*words), "act": "group", "group": "Arbres"})
    for one in words:
        one.refresh_from_db()
    client.post(url("verbatims_together", consultation), {"chosen": ticked(*words), "act": "tag", "themes": ["nature"]})
    assert set(Verbatim.objects.values_list("group", flat=True)) == {"Arbres"}
    assert Verbatim.objects.first().themes == ["nature"]


def test_likenesses_are_offered(client, moderator, session, consultation):
    waiting(session)
    waiting(session, "Des arbres dans la cour")
    waiting(session, "une piscine")
    page = client.get(url("verbatims_alike", consultation)).content.decode()
    assert page.count('name="chosen"') == 2


@pytest.mark.parametrize(
    "chosen", [["x"], ["x:1e9"], ["x:-1"], ["\0:1"], ["a" * 300 + ":1"], [":"], ["x:9999999999999"]]
)
def test_hostile_ticks_change_nothing(client, moderator, session, consultation, chosen):
    waiting(session)
    answer = client.post(url("verbatims_together", consultation), {"chosen": chosen, "act": "approve"})
    assert answer.status_code in {302, 400}
    assert not Verbatim.objects.public().exists()


def test_report_sends_it_away_from_the_moderation(client, moderator, session, consultation):
    verbatim = waiting(session, "ça va pas fort")
    there = url("verbatim_report", consultation, verbatim)
    assert "vous ne la verrez plus" in client.get(there).content.decode()
    answer = client.post(there, {"seen": 0}, follow=True)
    assert "transmise" in answer.content.decode()
    assert Alert.objects.get().raised_by == moderator
    assert client.get(url("verbatim", consultation, verbatim)).status_code == 404


def test_the_export_holds_approved_wordings_for_the_people_of_the_consultation(client, session, consultation):
    approved(session, "=Un banc", themes=["play"], group="Bancs")
    waiting(session, "PASENCORE")
    client.force_login(lead_of(consultation.organisation))
    answer = client.post(url("verbatims_csv", consultation))
    said = answer.content.decode("utf-8-sig")
    assert said.splitlines()[1].startswith("Que voudrais-tu changer")
    assert "'=Un banc" in said or "\t=Un banc" in said or ";=Un banc" not in said
    assert "PASENCORE" not in said
    assert session.title not in said
    client.force_login(lead_of(CollectiviteFactory()))
    assert client.post(url("verbatims_csv", consultation)).status_code == 404


def test_the_queue_costs_the_same_for_many(client, moderator, session, consultation, django_assert_max_num_queries):
    for number in range(25):
        waiting(session, f"Un banc numéro {number} pour Kévin")
    client.get(url("verbatim_queue", consultation))
    with django_assert_max_num_queries(18):
        client.get(url("verbatim_queue", consultation))


def test_the_list_of_queues_costs_the_same_for_many(client, moderator, session, django_assert_max_num_queries):
    waiting(session)
    with django_assert_max_num_queries(10):
        client.get(url("verbatims"))


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-1", "0\0"])
def test_a_number_of_what_to_hide_that_is_none_hides_nothing(client, moderator, session, consultation, number):
    verbatim = waiting(session, "Appelez-moi au 06 12 34 56 78")
    answer = client.post(url("verbatim", consultation, verbatim), {"preview": "1", "hide": number})
    assert answer.status_code == 200
    assert "06 12 34 56 78" in answer.context["form"].initial["wording"]


@pytest.mark.parametrize("chosen", ["\0:1", ":1", "a:" + "9" * 5000, "x" * 5000 + ":1"])
@pytest.mark.parametrize("act", ["approve", "group", "tag"])
def test_words_ticked_that_are_none_break_nothing(client, moderator, session, consultation, chosen, act):
    waiting(session)
    sent = {"act": act, "chosen": chosen, "group": "Cour", "themes": "play"}
    assert client.post(url("verbatims_together", consultation), sent).status_code == 302
    assert Verbatim.objects.get().state == VerbatimState.WAITING
