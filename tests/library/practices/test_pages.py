"""Pages of practices, read and sent by the people they are for, and by strangers."""

import pytest
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.library.actions import practice_contacts, practices, takings_up
from marelle.library.actions import practice_review as review
from marelle.library.enums import PracticeState
from marelle.library.models import Comment, Practice, TakingUp
from marelle.library.queries import contact_links, practice_texts
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national
from tests.library.factories import PracticeFactory, ThemeFactory, contact_of
from tests.territories.factories import DepartementFactory, TerritoryFactory


def url(name, practice, *more):
    return reverse(f"library:{name}", args=[practice.public_id, *more])


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


# --- Read by anyone -------------------------------------------------------------------------------------------------


def test_the_list_counts_each_facet_and_keeps_to_its_queries(client, db, django_assert_max_num_queries):
    seine = DepartementFactory(code="76", name="Seine-Maritime")
    village = CollectiviteFactory(territory=TerritoryFactory(population=800, departement=seine))
    city = CollectiviteFactory(territory=TerritoryFactory(population=116_000, departement=seine))
    PracticeFactory(organisation=village, published=True, themes=["sante"], articles=[24], age_from=3, age_to=6)
    for number in range(3):
        PracticeFactory(
            organisation=city, published=True, themes=["culture"], age_from=10, age_to=14, title=f"Le mur {number}"
        )
    PracticeFactory(organisation=city, whole=True, themes=["culture"])
    ThemeFactory(slug="climat")
    with django_assert_max_num_queries(14):
        words = page(client, reverse("library:practices"))
    assert "4 pratiques" in words
    assert "Culture (3)" in words
    assert "Sante (1)" in words
    assert "Climat" not in words
    assert "moins de 2 000 habitants (1)" in words.replace("\u202f", " ")
    narrowed = page(client, reverse("library:practices") + "?theme=culture&age=12&taille=150000&departement=76")
    assert "3 pratiques" in narrowed
    assert "Sante (0)" not in narrowed
    assert "Aucune pratique ne réunit tout cela" in page(client, reverse("library:practices") + "?theme=culture&age=4")
    assert "4 pratiques" in page(client, reverse("library:practices") + "?age=abc&theme=%00&article=9999&page=zz")


def test_the_page_says_everything_in_six_queries(client, public, django_assert_max_num_queries, at):
    contact_of(public)
    for name in ("Lille", "Nantes"):
        town = CollectiviteFactory(name=name)
        takings_up.take_up(practice=public, organisation=town, by=lead_of(town), at=at)
    with django_assert_max_num_queries(6):
        words = page(client, public.get_absolute_url())
    for said in (
        public.context,
        public.failures,
        "12 500",
        "Reprise par 2 collectivités",
        "Lille",
        "Nantes",
        "Noor Haddad",
    ):
        assert said in words.replace("\u202f", " "), said
    assert "Cette fiche peut dater" not in words


def test_an_old_address_leads_to_the_one_of_today(client, public):
    answer = client.get(reverse("library:practice", args=[public.public_id, "autre-chose"]))
    assert (answer.status_code, answer["Location"]) == (301, public.get_absolute_url())


def test_an_unknown_cost_is_said_unknown(client, public):
    Practice.objects.filter(pk=public.pk).update(cost_euros=None, cost_is_unknown=True)
    assert "inconnu" in page(client, public.get_absolute_url())


def test_a_page_past_its_day_warns(client, public, at):
    Practice.objects.filter(pk=public.pk).update(review_on=at.date().replace(year=2025))
    assert "Cette fiche peut dater" in page(client, public.get_absolute_url())


def test_what_is_not_public_is_not_found(client, practice):
    assert client.get(reverse("library:practice", args=[practice.public_id, practice.slug])).status_code == 404
    client.force_login(UserFactory())
    assert client.get(reverse("library:practice", args=[practice.public_id, practice.slug])).status_code == 404


# --- Written --------------------------------------------------------------------------------------------------------


def send(client, practice, key, status=302, **typed):
    """A part as the page carries it, some answers changed."""
    text = practice_texts.working(Practice.objects.get(pk=practice.pk))
    part = practice_texts.PART_OF[next(iter(typed))] if typed else None
    data = {}
    for name in part.names:
        value = practice_texts.value_of(text, name)
        data[name] = "\n".join(value) if name == "steps" else value
        data[f"base-{name}"] = practice_texts.base_of(text, name)
    data = {name: value for name, value in (data | typed).items() if value not in (None, False)}
    answer = client.post(url("practice_part", practice, key), data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def test_from_a_title_to_a_proposal(client, town, lead, commit):
    client.force_login(lead)
    theme = ThemeFactory(slug="cadre-de-vie")
    answer = client.post(
        reverse("library:practice_new"), {"organisation": town.public_id, "title": "La cour fraîche", "summary": ""}
    )
    practice = Practice.objects.get()
    assert answer["Location"] == url("practice_part", practice, "essentiel")
    assert "Il manque encore 10 réponses" in page(client, url("practice_work", practice))
    send(client, practice, "essentiel", summary="Trois classes.", themes=[theme.pk], age_from=6, age_to=11)
    send(client, practice, "contexte", context="Deux cours entièrement bitumées, trop chaudes.")
    send(client, practice, "enfants", children_part="Ils ont mesuré, dessiné et choisi.")
    send(client, practice, "etapes", steps="- Mesurer\r\n\r\n- Choisir")
    send(client, practice, "cout", cost_is_unknown="on")
    send(client, practice, "agents", staff="Une animatrice un jour par semaine.")
    send(
        client,
        practice,
        "resultat",
        result="La cour est ouverte le samedi.",
        evidence="Personne n’a encore mesuré cela.",
    )
    send(client, practice, "echecs", failures="Le budget était annoncé trop tard.")
    practice.refresh_from_db()
    assert practice.steps == ["Mesurer", "Choisir"]
    assert "Rien ne manque" in page(client, url("practice_work", practice))
    assert "Aperçu" in page(client, url("practice_preview", practice))
    client.post(url("practice_submit", practice))
    practice.refresh_from_db()
    assert practice.state == PracticeState.SUBMITTED


def test_what_is_missing_is_a_list_of_links(client, town, lead):
    practice = PracticeFactory(organisation=town)
    client.force_login(lead)
    words = page(client, url("practice_work", practice))
    assert url("practice_part", practice, "cout") + "#a-cost_euros" in words
    answer = client.post(url("practice_submit", practice))
    assert answer.status_code == 409


def test_a_wrong_answer_is_said_and_its_neighbours_are_saved(client, practice, lead):
    client.force_login(lead)
    answer = send(client, practice, "cout", status=200, cost_euros="douze mille", cost_note="Travaux seuls.")
    practice.refresh_from_db()
    assert "douze mille" in answer.content.decode()
    assert (practice.cost_euros, practice.cost_note) == (12_500, "Travaux seuls.")


def test_two_people_on_one_question_see_both_texts(client, practice, lead, contributor, at):
    client.force_login(lead)
    seen = practice_texts.base_of(practice, "context")
    mine = {"context": "Le texte de la référente.", "base-context": seen}
    client.force_login(contributor)
    send(client, practice, "contexte", context="Le texte de sa collègue.")
    client.force_login(lead)
    answer = client.post(url("practice_part", practice, "contexte"), mine)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Le texte de la référente." in words
    assert "Le texte de sa collègue." in words
    practice.refresh_from_db()
    assert practice.context == "Le texte de sa collègue."
    send(client, practice, "contexte", context="Les deux réunis.")
    practice.refresh_from_db()
    assert practice.context == "Les deux réunis."


def test_the_script_hears_what_was_kept(client, practice, lead):
    client.force_login(lead)
    base = practice_texts.base_of(practice, "context")
    data = {"context": "Au fil des mots.", "base-context": base}
    heard = client.post(url("practice_part", practice, "contexte"), data, headers={"X-Autosave": "1"})
    practice.refresh_from_db()
    assert heard.json()["bases"] == {"base-context": practice_texts.base_of(practice, "context")}
    late = {"context": "Trop tard.", "base-context": base}
    assert client.post(url("practice_part", practice, "contexte"), late, headers={"X-Autosave": "1"}).status_code == 409


def test_a_title_that_exists_is_told(client, public, other_town):
    client.force_login(lead_of(other_town))
    typed = {"organisation": other_town.public_id, "title": "Le Conseil du mercredi !"}
    answer = client.post(reverse("library:practice_new"), typed)
    assert answer.status_code == 409
    assert "Un titre proche existe déjà" in answer.content.decode()
    assert client.post(reverse("library:practice_new"), {**typed, "is_another": "on"}).status_code == 302


def test_the_public_text_stays_on_its_page_while_it_is_changed(client, public, lead):
    client.force_login(lead)
    client.post(url("practice_change", public))
    send(client, public, "contexte", context="Un contexte tout neuf et plus précis.")
    client.logout()
    assert "Un contexte tout neuf" not in page(client, public.get_absolute_url())
    client.force_login(lead)
    assert "Un contexte tout neuf" in page(client, url("practice_preview", public))


WORK = ["practice_work", "practice_preview", "practice_contact_edit"]
POSTED = [
    "practice_submit", "practice_take_back", "practice_change", "practice_give_up", "practice_reopen",
    "practice_archive", "practice_confirm", "practice_contact_withdraw",
]  # fmt: skip
REVIEW = ["practice_hold", "practice_release", "practice_comment", "practice_return", "practice_publish"]


@pytest.mark.parametrize("state", [PracticeState.DRAFT, PracticeState.SUBMITTED, PracticeState.RETURNED])
def test_strangers_find_no_door(client, practice, other_town, state):
    Practice.objects.filter(pk=practice.pk).update(state=state)
    remark = Comment.objects.create(practice=practice, text="?", at=practice.created_at)
    for person in (lead_of(other_town), national(Role.EXPERT), UserFactory()):
        client.force_login(person)
        for name in WORK:
            assert client.get(url(name, practice)).status_code == 404, name
        assert client.get(url("practice_part", practice, "cout")).status_code == 404
        for name in POSTED:
            assert client.post(url(name, practice)).status_code == 404, name
        assert client.post(url("practice_answer", practice, remark.public_id)).status_code == 404
        for name in REVIEW:
            assert client.post(url(name, practice)).status_code == 403, name
        assert client.get(url("practice_review", practice)).status_code == 403
        assert client.get(reverse("library:practice_queue")).status_code == 403


def test_whoever_reads_only_is_told_why(client, practice, town):
    client.force_login(member_of(town, Role.SIGNATORY))
    assert "Cela revient à la collectivité" in page(client, url("practice_part", practice, "contexte"))
    assert client.post(url("practice_submit", practice)).status_code == 403


# --- Reviewed -------------------------------------------------------------------------------------------------------


def test_the_queue_shows_the_oldest_first(client, town, publisher, lead, at, django_assert_max_num_queries):
    for number in range(4):
        one = PracticeFactory(organisation=town, whole=True, themes=["sante"], title=f"La place {number}")
        practices.submit(practice=one, by=lead, at=at.replace(day=24 - number))
    client.force_login(publisher)
    page(client, reverse("library:practice_queue"))
    with django_assert_max_num_queries(12):
        words = page(client, reverse("library:practice_queue"))
    assert words.index("La place 3") < words.index("La place 0")


def test_commented_sent_back_answered_published(client, practice, lead, publisher, at):
    practices.submit(practice=practice, by=lead, at=at)
    client.force_login(publisher)
    client.post(url("practice_hold", practice))
    client.post(url("practice_comment", practice), {"field": "evidence", "text": "Comptés par qui ?"})
    assert "Comptés par qui" in page(client, url("practice_review", practice))
    client.post(url("practice_return", practice), {"reason": "Presque."})
    client.force_login(lead)
    words = page(client, url("practice_work", practice))
    assert "Comptés par qui" in words
    assert "Presque." in words
    assert "Comptés par qui" in page(client, url("practice_part", practice, "resultat"))
    remark = Comment.objects.get()
    client.post(url("practice_answer", practice, remark.public_id), {"text": "Par les élèves.", "do": "settle"})
    remark.refresh_from_db()
    assert remark.settled_at
    assert remark.replies.get().text == "Par les élèves."
    send(client, practice, "resultat", evidence="Les élèves ont compté les jeux deux semaines.")
    client.post(url("practice_submit", practice))
    client.force_login(publisher)
    words = page(client, url("practice_review", practice))
    assert "<ins>" in words
    assert "changé" in words
    seen = practice_texts.fingerprint_of(Practice.objects.get())
    client.post(url("practice_publish", practice), {"seen": seen, "review_on": "2027-11-24"})
    practice.refresh_from_db()
    assert practice.live
    assert practice.review_on.year == 2027


def test_an_editor_comments_but_does_not_publish(client, practice, lead, at):
    practices.submit(practice=practice, by=lead, at=at)
    client.force_login(national(Role.EDITOR))
    assert "responsables éditoriaux" in page(client, url("practice_review", practice))
    assert client.post(url("practice_publish", practice)).status_code == 403
    assert client.post(url("practice_comment", practice), {"field": "", "text": "Bravo."}).status_code == 302


def test_an_empty_remark_is_refused_in_words(client, practice, lead, publisher, at):
    practices.submit(practice=practice, by=lead, at=at)
    client.force_login(publisher)
    answer = client.post(url("practice_comment", practice), {"field": "", "text": " "})
    assert answer.status_code == 409
    assert "Écrivez votre remarque" in answer.content.decode()
    assert client.post(url("practice_comment", practice), {"field": "pk", "text": "x"}).status_code == 422


# --- Taken up, contact ----------------------------------------------------------------------------------------------


def test_taken_up_with_one_press_and_let_go(client, public, other_town):
    person = member_of(other_town, Role.SIGNATORY)
    client.force_login(person)
    assert "Nous reprenons cette pratique" in page(client, public.get_absolute_url())
    data = {"organisation": other_town.public_id, "note": "Dès la rentrée."}
    assert client.post(url("practice_take_up", public), data).status_code == 302
    assert client.post(url("practice_take_up", public), data).status_code == 409
    assert "Lille reprend cette pratique" in page(client, public.get_absolute_url())
    assert public.title in page(client, reverse("library:practices_ours"))
    client.post(url("practice_let_go", public), {"organisation": other_town.public_id})
    assert not TakingUp.objects.exists()


def test_nobody_takes_up_for_another_town(client, public, other_town, lead):
    client.force_login(lead)
    assert client.post(url("practice_take_up", public), {"organisation": other_town.public_id}).status_code == 403
    assert "Nous reprenons" not in page(client, public.get_absolute_url())


def test_a_contact_is_shown_while_they_agree(client, public, lead, at):
    named = practice_contacts.name(practice=public, person="Noor Haddad", email="noor@ville.example", by=lead, at=at)
    assert "Noor Haddad" not in page(client, public.get_absolute_url())
    link = reverse("library:practice_contact", args=[contact_links.token_of(named)])
    assert "J’accepte" in page(client, link)
    client.post(link, {"answer": "yes"})
    assert "Noor Haddad" in page(client, public.get_absolute_url())
    client.post(link, {"answer": "no"})
    assert "Noor Haddad" not in page(client, public.get_absolute_url())
    assert "Votre nom est retiré" in page(client, link)
    assert client.get(reverse("library:practice_contact", args=["2guess234567~nothing"])).status_code == 404


def test_a_lead_withdraws_the_contact_with_one_press(client, public, lead):
    contact_of(public)
    client.force_login(lead)
    client.post(url("practice_contact_withdraw", public))
    client.logout()
    assert "Noor" not in page(client, public.get_absolute_url())


def test_sending_the_contact_form_asks_the_person(client, public, lead, commit, mailoutbox):
    client.force_login(lead)
    with commit():
        client.post(url("practice_contact_edit", public), {"name": "Noor Haddad", "email": "noor@ville.example"})
    assert [m.to for m in mailoutbox] == [["noor@ville.example"]]
    assert "pas encore d’accord" in page(client, url("practice_work", public))


def test_what_the_review_sees_of_a_change_is_the_difference(client, public, lead, publisher, at):
    practices.change(practice=public, by=lead, at=at)
    client.force_login(lead)
    send(client, public, "conseil", advice="Commencer par deux cours.")
    practices.submit(practice=public, by=lead, at=at)
    client.force_login(publisher)
    words = page(client, url("practice_review", public))
    assert words.count("changé</span>") == 1
    review.publish(practice=public, by=publisher, at=at)
    assert "deux cours" in page(client, public.get_absolute_url())


def test_what_cannot_be_kept_comes_back_with_its_reason(client, practice, lead, publisher, at):
    practices.submit(practice=practice, by=lead, at=at)
    client.force_login(lead)
    base = practice_texts.base_of(practice, "context")
    late = {"context": "Écrit après la proposition.", "base-context": base}
    heard = client.post(url("practice_part", practice, "contexte"), late, headers={"X-Autosave": "1"})
    assert heard.json()["message"]
    answer = client.post(url("practice_part", practice, "contexte"), late)
    assert answer.status_code == 409
    assert "Écrit après la proposition." in answer.content.decode()
    client.force_login(publisher)
    long = "Un mot de trop. " * 300
    answer = client.post(url("practice_comment", practice), {"field": "", "text": long})
    assert answer.status_code == 422
    assert "C’est trop long" in answer.content.decode()
    assert long.strip() in answer.content.decode()
