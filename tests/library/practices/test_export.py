"""The list of practices, for a spreadsheet."""

from django.urls import reverse

from tests.accounts.factories import CollectiviteFactory
from tests.library.factories import PracticeFactory


def test_the_list_is_exported_as_it_is_narrowed(client, db, django_assert_max_num_queries):
    town = CollectiviteFactory(name="Lille")
    shade = {"organisation": town, "published": True, "title": "La cour fraîche", "articles": [24, 31]}
    PracticeFactory(**shade, themes=["cadre-de-vie"], cost_euros=1200)
    PracticeFactory(
        organisation=town, published=True, themes=["sante"], title="Le goûter", cost_euros=None, cost_is_unknown=True
    )
    PracticeFactory(organisation=town, whole=True, themes=["sante"], title="Pas encore relue")
    with django_assert_max_num_queries(5):
        answer = client.get(reverse("library:practices_csv"))
    said = answer.content.decode("utf-8-sig")
    assert "pratiques-" in answer["Content-Disposition"]
    assert "Pas encore relue" not in said
    assert "inconnu" in next(line for line in said.splitlines() if "Le goûter" in line)
    header, only = client.get(reverse("library:practices_csv") + "?theme=cadre-de-vie").content.decode().splitlines()
    assert "La cour fraîche" in only
    assert "1200" in only
    assert "24, 31" in only
