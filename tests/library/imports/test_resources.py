"""Resources from a table: drafts, field by field, never over a hand's work, never public by themselves."""

import pytest

from marelle.library.enums import PreviewState
from marelle.library.models import Import, ImportedSheet, Resource, ResourceFile
from marelle.library.queries.imports import Outcome
from tests.library.resources.conftest import pdf

from .files import packed, row, xlsx

PDF, OTHER, THIRD = pdf("Une carte"), pdf("Une autre"), pdf("Une de plus")

pytestmark = pytest.mark.django_db


def outcomes(plans):
    return [plan.outcome for plan in plans]


def by_hand(resource, *, publish=True, **fields):
    """As the back office does: a revision, published or not."""
    text = resource.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(text, name, value)
    revision = text.save_revision(clean=False)
    if publish:
        revision.publish()
    resource.refresh_from_db()


def test_a_line_becomes_a_draft_with_all_that_it_says(bring):
    assert outcomes(bring()) == [Outcome.NEW]
    resource = Resource.objects.get()
    assert (resource.live, resource.has_unpublished_changes) == (False, True)
    assert (resource.kind, resource.title, resource.age_from, resource.age_to) == ("activity", "La carte des cachettes", 8, 12)  # fmt: skip
    assert [one.slug for one in resource.themes.all()] == ["participation"]
    assert [one.pk for one in resource.articles.all()] == [12]
    assert resource.settings == ["class"]
    assert [block.block_type for block in resource.body] == ["heading", "text", "steps"]
    assert resource.body[2].value[0]["minutes"] == 10
    draft = resource.get_latest_revision_as_object()
    assert [one.slug for one in draft.themes.all()] == ["participation"]


def test_what_looks_like_html_is_shown_as_it_was_typed(bring):
    bring(row(Texte="<script>alert(1)</script> et **gras**"))
    html = str(Resource.objects.get().body)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<b>gras</b>" in html


def test_reading_a_table_writes_nothing_in_the_library(read):
    read()
    assert (Resource.objects.count(), ImportedSheet.objects.count(), Import.objects.count()) == (0, 0, 1)


def test_the_same_table_twice_changes_nothing(bring):
    bring()
    revision = Resource.objects.get().latest_revision_id
    assert outcomes(bring()) == [Outcome.SAME]
    assert Resource.objects.get().latest_revision_id == revision


def test_the_same_table_after_publication_changes_nothing(bring):
    bring()
    by_hand(Resource.objects.get())
    assert outcomes(bring()) == [Outcome.SAME]


def test_a_field_that_nobody_touched_follows_the_table(bring):
    bring()
    plans = bring(row(Titre="La carte des coins secrets", Thèmes="Santé"))
    assert outcomes(plans) == [Outcome.CHANGED]
    assert {(one.header, one.old, one.new) for one in plans[0].changes} == {
        ("Titre", "La carte des cachettes", "La carte des coins secrets"),
        ("Thèmes", "Participation", "Santé"),
    }
    draft = Resource.objects.get().get_latest_revision_as_object()
    assert (draft.title, [one.slug for one in draft.themes.all()]) == ("La carte des coins secrets", ["sante"])


@pytest.mark.parametrize("publish", [True, False], ids=["published", "in a draft"])
def test_what_was_written_by_hand_is_kept(bring, publish):
    bring()
    by_hand(Resource.objects.get(), publish=publish, title="Un titre à moi")
    plans = bring(row(Titre="Un titre du tableau", Résumé="Un autre résumé."))
    draft = Resource.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.summary) == ("Un titre à moi", "Un autre résumé.")
    assert [one.header for one in plans[0].kept] == ["Titre"]
    assert outcomes(bring(row(Titre="Encore un autre", Résumé="Un autre résumé."))) == [Outcome.KEPT]


def test_what_is_public_stays_as_it_is_and_gets_a_draft(bring):
    bring()
    by_hand(Resource.objects.get())
    bring(row(Titre="Un nouveau titre"))
    resource = Resource.objects.get()
    assert (resource.live, resource.title, resource.has_unpublished_changes) == (True, "La carte des cachettes", True)
    assert resource.get_latest_revision_as_object().title == "Un nouveau titre"
    bring(row(Titre="Un troisième"))
    assert Resource.objects.get().get_latest_revision_as_object().title == "Un troisième"


def test_what_the_editor_opens_and_saves_untouched_is_not_a_change(bring):
    bring()
    resource = Resource.objects.get()
    raw = [{**block, "id": "x"} for block in resource.body.raw_data]
    raw[1]["value"] = raw[1]["value"].replace("<p>", '<p data-block-key="k3">')
    by_hand(resource, body=Resource._meta.get_field("body").to_python(__import__("json").dumps(raw)))
    assert outcomes(bring(row(Texte="# Pourquoi\nAutrement."))) == [Outcome.CHANGED]


def test_a_field_filled_in_by_hand_is_kept_when_the_table_says_it_one_day(bring):
    bring(row())
    by_hand(Resource.objects.get(), author="Amina Diallo")
    assert [one.header for one in bring(row(Auteur="Le service"))[0].kept] == ["Auteur"]


def test_an_empty_cell_changes_nothing_and_a_word_empties(bring):
    bring()
    assert outcomes(bring(row(Cadres="", Thèmes=""))) == [Outcome.SAME]
    bring(row(Cadres="vider"))
    assert Resource.objects.get().get_latest_revision_as_object().settings == []


def test_what_was_deleted_is_not_made_again(bring):
    bring()
    Resource.objects.get().delete()
    plan = bring()[0]
    assert plan.outcome == Outcome.KEPT
    assert "n’est pas recréée" in plan.why
    assert Resource.objects.count() == 0


def test_what_a_colleague_locked_is_left_alone(bring):
    from tests.accounts.factories import national

    bring()
    Resource.objects.update(locked=True, locked_by=national(), locked_at="2026-11-24T09:00Z")
    plan = bring(row(Titre="Autre"))[0]
    assert (plan.outcome, Resource.objects.get().title) == (Outcome.KEPT, "La carte des cachettes")
    assert "verrouillée" in plan.why


# --- Files --------------------------------------------------------------------------------------------------------


WITH_FILE = row(Fichiers="carte.pdf = La fiche")


def test_files_named_in_the_table_come_with_the_sheet(bring):
    bring(WITH_FILE, archive=packed({"dossier/carte.pdf": PDF, "autre.exe": b"MZ"}))
    file = ResourceFile.objects.get()
    assert (file.label, file.versions.get().preview) == ("La fiche", PreviewState.WAITING)
    assert file.versions.get().stored.content.read() == PDF


def test_the_same_files_twice_are_not_added_twice(bring):
    bring(WITH_FILE, archive=packed({"carte.pdf": PDF}))
    assert outcomes(bring(WITH_FILE, archive=packed({"carte.pdf": PDF}))) == [Outcome.SAME]
    assert outcomes(bring(WITH_FILE)) == [Outcome.SAME]
    assert ResourceFile.objects.get().versions.count() == 1


def test_a_file_that_changed_is_a_new_version_while_nothing_is_public(bring):
    bring(WITH_FILE, archive=packed({"carte.pdf": PDF}))
    assert outcomes(bring(WITH_FILE, archive=packed({"carte.pdf": OTHER}))) == [Outcome.CHANGED]
    assert ResourceFile.objects.get().versions.count() == 2


def test_a_file_of_what_is_public_is_never_put_right_by_an_import(bring):
    bring(WITH_FILE, archive=packed({"carte.pdf": PDF}))
    by_hand(Resource.objects.get())
    plan = bring(WITH_FILE, archive=packed({"carte.pdf": OTHER}))[0]
    assert (plan.outcome, ResourceFile.objects.get().versions.count()) == (Outcome.KEPT, 1)


def test_a_file_replaced_by_hand_is_kept(bring, editor, at):
    from marelle.library.actions import files
    from tests.library.factories import stored

    bring(WITH_FILE, archive=packed({"carte.pdf": PDF}))
    files.add_version(file=ResourceFile.objects.get(), content=stored(THIRD), changes="", by=editor, at=at)
    plan = bring(WITH_FILE, archive=packed({"carte.pdf": OTHER}))[0]
    assert plan.outcome == Outcome.KEPT
    assert ResourceFile.objects.get().versions.count() == 2


def test_the_archive_is_forgotten_once_carried_out(read, editor, at):
    from marelle.documents.models import File
    from marelle.library.actions import imports as actions

    made = read(WITH_FILE, archive=packed({"carte.pdf": PDF}))
    assert made.archive is not None
    actions.run(imported=made, by=editor, at=at)
    assert not File.objects.filter(mime="application/zip").exists()


def test_a_large_table_is_looked_at_in_as_many_questions_as_a_small_one(bring, editor, django_assert_max_num_queries):
    from marelle.library.models import Import as Brought
    from marelle.library.queries.imports import plans_of

    bring(*[row(Référence=f"A{n}") for n in range(12)])
    lines = Brought.objects.get().lines
    with django_assert_max_num_queries(9):
        assert len(plans_of("resource", lines, by=editor)) == 12


def test_a_wrong_line_stops_none_of_the_others(bring):
    plans = bring(table=xlsx([row(Référence="A1", Nature="chanson"), row(Référence="A2")]))
    assert outcomes(plans) == [Outcome.ERROR, Outcome.NEW]
    assert Resource.objects.count() == 1
