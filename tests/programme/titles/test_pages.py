"""The papers' pages and the public page of a title."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter

from marelle.accounts.enums import Role
from marelle.documents.models import File
from marelle.programme.actions import titles
from marelle.programme.enums import OutcomeKind, Status
from marelle.programme.models import Agreement, Deliberation, Title
from tests.accounts.factories import lead_of, member_of, national, of_delegation
from tests.programme.lives import decided, ready, submitted, titled
from tests.programme.pages import HOSTILE, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_still")]


def pdf(name="document.pdf"):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def voted(**changes):
    return {"number": "9-7", "held_on": "2026-11-20", "council": "Conseil municipal", "document": pdf()} | changes


def signed(**changes):
    return {"signed_on": "2026-11-22", "signed_by_name": "Nadia Lefèvre", "document": pdf("signee.pdf")} | changes


class TestWay:
    def test_a_lead_walks_from_decision_to_title(self, enter):
        candidacy = decided().candidacy
        client = enter(lead_of(candidacy.organisation))
        assert "Produire la convention" in text(client.get(url("papers", candidacy)))
        client.post(url("agreement_make", candidacy))
        draft = client.get(url("agreement", candidacy))
        assert b"".join(draft.streaming_content)[:5] == b"%PDF-"
        client.post(url("deliberation", candidacy), voted())
        client.post(url("agreement_sign", candidacy), signed())
        page = text(client.get(url("papers", candidacy)))
        assert "Tout est là" in page
        assert "9-7" in page
        for name in ("deliberation_document", "agreement_signed"):
            assert client.get(url(name, candidacy)).status_code == 200
        manager = enter(national())
        response = manager.post(url("title_grant", candidacy))
        assert response.headers["Location"] == url("title", Title.objects.get())

    def test_the_number_is_corrected_without_joining_again(self, enter):
        candidacy = decided().candidacy
        client = enter(lead_of(candidacy.organisation))
        client.post(url("deliberation", candidacy), voted())
        said = voted(number="10-1")
        del said["document"]
        client.post(url("deliberation", candidacy), said)
        assert Deliberation.objects.get().number == "10-1"

    @pytest.mark.parametrize(
        "changes",
        [
            {"number": ""}, {"number": "9" * 61}, {"held_on": "jeudi"}, {"held_on": "2026-12-01"}, {"council": ""},
            {"document": SimpleUploadedFile("vide.pdf", b"")},
            {"document": SimpleUploadedFile("faux.pdf", b"MZ\x90\x00 pas un PDF")},
            {"document": SimpleUploadedFile("page.html", HOSTILE.encode())},
            {"document": "un texte"},
        ],
    )  # fmt: skip
    def test_bad_papers_are_refused_in_words_and_leave_nothing(self, changes, enter):
        candidacy = decided().candidacy
        before = File.objects.count()
        response = enter(lead_of(candidacy.organisation)).post(
            url("deliberation", candidacy), voted(council="Conseil gardé") | changes
        )
        assert response.status_code == 200
        assert "à revoir" in text(response) or 'role="alert"' in text(response)
        assert changes.get("council", "Conseil gardé") in text(response)
        assert not Deliberation.objects.exists()
        assert File.objects.count() == before

    @pytest.mark.parametrize(
        "changes",
        [
            {"signed_on": ""}, {"signed_on": "2026-12-25"}, {"signed_by_name": " "}, {"signed_by_name": "x" * 151},
            {"document": SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n")},
        ],
    )  # fmt: skip
    def test_a_bad_signed_copy_is_refused_in_words(self, changes, enter):
        candidacy = decided().candidacy
        client = enter(lead_of(candidacy.organisation))
        client.post(url("agreement_make", candidacy))
        response = client.post(url("agreement_sign", candidacy), signed() | changes)
        assert response.status_code == 200
        assert "à revoir" in text(response) or 'role="alert"' in text(response)
        assert Agreement.objects.get().signed is None

    def test_a_contributor_reads_the_papers_and_brings_none(self, enter):
        candidacy = ready()
        client = enter(member_of(candidacy.organisation, Role.CONTRIBUTOR))
        assert client.get(url("agreement_signed", candidacy)).status_code == 200
        assert client.get(url("deliberation", candidacy)).status_code == 403
        assert client.post(url("agreement_make", candidacy)).status_code == 403
        assert client.post(url("title_grant", candidacy)).status_code == 403

    def test_the_manager_sees_why_the_title_waits(self, enter):
        candidacy = decided().candidacy
        client = enter(national())
        page = text(client.get(url("papers", candidacy)))
        assert 'aria-disabled="true"' in page
        assert "La délibération du conseil manque." in page
        assert "La convention signée manque." in text(client.post(url("title_grant", candidacy)))
        assert not Title.objects.exists()

    def test_there_is_nothing_to_sign_without_an_award(self, enter):
        for candidacy in (submitted(), decided(OutcomeKind.REFUSAL).candidacy):
            client = enter(national())
            assert client.get(url("papers", candidacy)).status_code == 404
            for name in ("agreement", "agreement_signed", "deliberation_document"):
                assert client.get(url(name, candidacy)).status_code == 404


class TestPublicPage:
    def test_anyone_reads_it(self, client, django_assert_max_num_queries):
        title = titled()
        with django_assert_max_num_queries(8):
            response = client.get(url("title", title))
        page = text(response)
        for said in (
            title.territory.name,
            title.name,
            "9-7",
            "Conseil municipal",
            "Écouter les enfants.",
            "titre en cours",
        ):
            assert said in page
        assert "Nadia Lefèvre" not in page
        assert url("title_withdraw", title) not in page

    def test_recommendations_stay_between_the_collectivite_and_the_team(self, client, enter):
        title = titled(outcome=OutcomeKind.AWARD_WITH_RECOMMENDATIONS)
        assert "Associer les collèges" not in text(client.get(url("title", title)))
        lead = enter(lead_of(title.candidacy.organisation))
        assert "Associer les collèges" in text(lead.get(url("decision", title.candidacy)))

    def test_a_demonstration_says_that_it_is_one(self, client):
        page = text(client.get(url("title", titled(is_demonstration=True))))
        assert "ne porte pas ce titre" in page

    def test_withdrawn_it_says_since_when_and_why(self, client, at):
        title = titles.withdraw(
            title=titled(), reason="Entre nous.", public_reason="Manquement grave <b>", by=national(), at=at
        )
        page = text(client.get(url("title", title)))
        assert "Ce titre a été retiré le" in page
        assert "Manquement grave &lt;b&gt;" in page
        assert "Entre nous" not in page
        assert "titre en cours" not in page

    def test_after_the_mandate_it_says_that_it_ended(self, client):
        import time_machine

        title = titled()
        with time_machine.travel(date(2032, 4, 1)):
            assert "a pris fin avec le mandat" in text(client.get(url("title", title)))

    def test_the_titles_of_a_territory_are_told_together(self, client, at):
        first = titles.withdraw(title=titled(), reason="Manquement.", public_reason="Manquement.", by=national(), at=at)
        second = titled(organisation=first.candidacy.organisation)
        assert url("title", first) in text(client.get(url("title", second)))
        assert url("title", second) in text(client.get(url("title", first)))

    def test_a_guessed_title_is_nowhere(self, client):
        assert client.get(reverse("programme:title", args=["abcdefghjkmn"])).status_code == 404


class TestWithdrawing:
    def test_a_manager_withdraws_it_with_a_reason(self, enter):
        title = titled()
        client = enter(national())
        assert url("title_withdraw", title) in text(client.get(url("title", title)))
        assert "à revoir" in text(client.post(url("title_withdraw", title), {"reason": ""}))
        client.post(url("title_withdraw", title), {"reason": "Manquement.", "public_reason": "Engagements non tenus."})
        title.refresh_from_db()
        assert title.withdrawn_on
        assert title.candidacy.status == Status.TITLE_WITHDRAWN

    def test_nobody_else_does(self, enter):
        title = titled()
        for user, answer in (
            (lead_of(title.candidacy.organisation), 403),
            (national(Role.ADVISER), 403),
            (of_delegation(Role.VOLUNTEER), 404),
        ):
            assert enter(user).post(url("title_withdraw", title), {"reason": "…"}).status_code == answer
        title.refresh_from_db()
        assert title.withdrawn_on is None
