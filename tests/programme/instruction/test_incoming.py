"""Answers that come by mail: as real programs write them, and as hostile ones do."""

import io
import time
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.management import call_command

from marelle.accounts.models import Membership
from marelle.accounts.queries import forget_standing
from marelle.programme.actions import messages
from marelle.programme.actions.incoming import Fate, receive
from marelle.programme.enums import Side, Status, Via
from marelle.programme.models import Candidacy, Message
from marelle.programme.queries.incoming import read
from marelle.programme.queries.replies import behind, reply_address

pytestmark = pytest.mark.django_db

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def domain(settings):
    settings.REPLY_DOMAIN = "reponse.marelle.example"


@pytest.fixture
def address(candidacy, people):
    return reply_address(candidacy, people.lead)


def mail(address, sender, body="Oui, 214 enfants.", **headers):
    message = EmailMessage()
    message["From"] = f"Inès Martin <{sender}>"
    message["To"] = f"Marelle <{address}>"
    message["Subject"] = "Re: Message sur le dossier de Rouen"
    message["Message-ID"] = "<abc-123@mairie.example>"
    for name, value in headers.items():
        name = name.replace("_", "-")
        del message[name]
        if value is not None:
            message[name] = value
    message.set_content(body)
    return message


def take(message, at):
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return receive(mail=read(raw), at=at)


# --- Addresses -----------------------------------------------------------------------------------------------


def test_an_address_leads_to_its_file_and_person_whatever_the_case(candidacy, people, address):
    assert behind(address) == behind(address.upper()) == (candidacy, people.lead)
    assert len(address.partition("@")[0]) <= 64


def test_an_altered_address_leads_nowhere(candidacy, people, address, settings):
    other = reply_address(candidacy, people.adviser)
    local, _, domain = address.partition("@")
    seal = local.rpartition(".")[2]
    assert behind(other.replace(other.partition("@")[0].rpartition(".")[2], seal)) is None
    for position in range(len(local)):
        changed = local[:position] + ("b" if local[position] != "b" else "c") + local[position + 1 :]
        assert behind(f"{changed}@{domain}") is None, position
    for wrong in (
        "",
        "@",
        "reponse+@" + domain,
        f"{local}@ailleurs.example",
        "x" * 5000 + "@" + domain,
        f"{local}\n@{domain}",
    ):
        assert behind(wrong) is None
    settings.REPLY_DOMAIN = ""
    assert behind(address) is None
    assert reply_address(candidacy, people.lead) == ""


def test_an_address_survives_a_change_of_secret_while_the_old_one_is_kept(address, candidacy, people, settings):
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new secret"
    assert behind(address) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert behind(address) == (candidacy, people.lead)


def test_the_mail_of_a_message_is_answered_at_the_readers_own_address(candidacy, people, at, commit, mailoutbox):
    with commit():
        messages.write(candidacy=candidacy, text="Combien d’enfants ?", by=people.adviser, at=at)
    replies = {tuple(one.to): one.reply_to for one in mailoutbox}
    assert replies[(people.lead.email,)] == [reply_address(candidacy, people.lead)]
    assert replies[(people.elected.email,)] == [reply_address(candidacy, people.elected)]


# --- Taken ---------------------------------------------------------------------------------------------------


def test_an_answer_joins_the_file_without_what_it_quotes(candidacy, people, address, at, commit, mailoutbox):
    body = (
        "Bonjour Léa,\r\n\r\nOui, 214 enfants à l’école.\r\n\r\n"
        "Le mar. 24 nov. 2026 à 10:30, Marelle <ne-pas-repondre@marelle.example> a écrit :\r\n"
        "> Combien d’enfants ?\r\n> -- \r\n> Marelle\r\n"
    )
    with commit():
        assert take(mail(address, people.lead.email, body), at) == Fate.TAKEN
    message = Message.objects.get()
    assert message.text == "Bonjour Léa,\n\nOui, 214 enfants à l’école."
    assert (message.side, message.via, message.by, message.at) == (Side.COLLECTIVITE, Via.MAIL, people.lead, at)
    assert Candidacy.objects.get().last_activity_at == at
    assert [one.to for one in mailoutbox] == [[people.adviser.email]]


@pytest.mark.parametrize(
    "quoted",
    [
        "Le mar. 24 nov. 2026 à 10:30, Marelle <a@b.example>\na écrit\u202f:\n\n> Combien ?",
        "Le 24/11/2026 à 10 h 30, Marelle a écrit :\n> Combien ?",
        "On Tue, Nov 24, 2026 at 10:30 AM Marelle <a@b.example> wrote:\n> Combien ?",
        "-----Message d'origine-----\nDe : Marelle\n\nCombien ?",
        "________________________________\nDe : Marelle <a@b.example>\nEnvoyé : mardi 24 novembre 2026 10:30\nÀ : Inès\n\nCombien ?",
        "*De :* Marelle\n*Envoyé :* mardi\n\nCombien ?",
        "Envoyé de mon iPhone\n\n> Combien ?",
        "-- \nInès Martin\nCombien ?",
    ],
)
def test_each_way_of_quoting_is_left_out(quoted):
    """Gmail, Thunderbird, Apple, Outlook, folded lines, a signature."""
    raw = f"Content-Type: text/plain; charset=utf-8\n\nOui.\n\n{quoted}\n"
    text = read(raw.encode()).text
    assert (text.startswith("Oui."), "Combien" in text) == (True, False)


def test_what_only_looks_like_a_quotation_is_kept():
    said = "Le 24 novembre le conseil s’est réuni.\nLe maire a écrit : bravo.\nDe : la part de tous.\nMerci"
    assert read(f"Content-Type: text/plain; charset=utf-8\n\n{said}\n".encode()).text == said


def test_the_adviser_answers_by_mail_too(candidacy, people, at):
    assert take(mail(reply_address(candidacy, people.adviser), people.adviser.email), at) == Fate.TAKEN
    assert Message.objects.get().side == Side.TEAM


def test_latin_1_and_quoted_printable_are_read(address, people, at):
    raw = (
        f"From: {people.lead.email}\r\nTo: {address}\r\nMessage-ID: <x@y>\r\nSubject: =?iso-8859-1?Q?R=E9ponse?=\r\n"
        "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "=C9t=E9 =E0 l'=E9cole, tr=\r\n=E8s bien.\r\n"
    ).encode("ascii")
    assert take(raw, at) == Fate.TAKEN
    assert Message.objects.get().text == "Été à l'école, très bien."


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "inconnu-9", ""])
def test_raw_latin_1_under_a_wrong_name_loses_no_letter(charset, address, people, at):
    head = f"From: {people.lead.email}\r\nTo: {address}\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    assert take(head.encode() + "Déjà lu à Nîmes.".encode("latin-1"), at) == Fate.TAKEN
    assert Message.objects.get().text == "Déjà lu à Nîmes."


def test_an_html_mail_is_read_as_words(address, people, at):
    message = mail(address, people.lead.email, "x")
    message.clear_content()
    message.set_content(
        "<html><head><style>p{color:red}</style></head><body><p>Bonjour,<br>voici&nbsp;: 214.</p>"
        "<script>alert(1)</script><div class='gmail_quote'><div>Le mardi…</div><blockquote>Combien ?</blockquote></div></body></html>",
        subtype="html",
    )
    assert take(message, at) == Fate.TAKEN
    text = Message.objects.get().text
    assert ("Bonjour," in text, "214." in text) == (True, True)
    assert not {"alert", "Combien", "color", "mardi"} & set(text.replace("(", " ").split())


def test_documents_join_and_a_logo_does_not(address, people, at, commit, mailoutbox):
    message = mail(address, people.lead.email, "Voici.")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="plan de l’école.png")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="photo.png")
    message.add_attachment(b"MZ\x90\x00" * 40, maintype="application", subtype="pdf", filename="../../virus.pdf")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<l>")
    with commit():
        assert take(message, at) == Fate.TAKEN
    assert [one.file.name for one in Message.objects.order_by("pk")] == ["plan de l’école.png", "photo.png"]
    told = next(one for one in mailoutbox if one.to == [people.lead.email])
    assert "virus.pdf" in told.body
    assert "logo.png" not in told.body


def test_a_document_alone_is_enough(address, people, at):
    message = mail(address, people.lead.email, "\n")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="plan.png")
    assert take(message, at) == Fate.TAKEN


def test_the_same_mail_delivered_twice_is_one_message(address, people, at):
    message = mail(address, people.lead.email)
    assert [take(message, at), take(message, at + timedelta(hours=1))] == [Fate.TAKEN, Fate.KNOWN]
    bare = mail(address, people.lead.email, "Sans identifiant", Message_ID=None)
    assert [take(bare, at), take(bare, at)] == [Fate.TAKEN, Fate.KNOWN]
    assert Message.objects.count() == 2


# --- Ignored -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<liste.example>"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@mairie.example"},
        {"From": "Marelle <ne-pas-repondre@marelle.example>"},
        {"X_Marelle": "programme"},
        {"Subject": "Réponse automatique : absente jusqu’au 3 décembre"},
        {"Subject": "Automatic reply: away"},
    ],
)
def test_what_a_machine_wrote_is_left_in_silence(headers, address, people, at, commit, mailoutbox):
    with commit():
        assert take(mail(address, people.lead.email, **headers), at) == Fate.AUTOMATIC
    assert mailoutbox == []
    assert not Message.objects.exists()


def test_a_bounce_is_left_in_silence(address, people, at):
    raw = (
        f"From: {people.lead.email}\r\nTo: {address}\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nUndelivered\r\n--b--\r\n"
    )
    assert take(raw.encode(), at) == Fate.AUTOMATIC


def test_our_own_mail_come_round_is_left_in_silence(candidacy, people, at, commit, mailoutbox):
    with commit():
        messages.write(candidacy=candidacy, text="Bonjour", by=people.adviser, at=at)
    ours = mailoutbox[0].message().as_bytes()
    assert receive(mail=read(ours, recipient=mailoutbox[0].reply_to[0]), at=at) == Fate.AUTOMATIC


# --- Refused, with words -------------------------------------------------------------------------------------


@pytest.fixture
def refused(candidacy, commit, mailoutbox, at):
    def check(message, to, words):
        with commit():
            assert take(message, at) == Fate.REFUSED
        assert not Message.objects.exists()
        assert [one.to for one in mailoutbox] == [[to.email]]
        assert words in mailoutbox[0].body
        assert "reply" not in str(mailoutbox[0].reply_to)

    return check


def test_another_sender_is_refused_and_only_the_true_reader_is_told(refused, address, people):
    refused(mail(address, "quelquun@ailleurs.example"), people.lead, "autre adresse")


def test_who_left_the_town_hall_no_longer_writes(refused, address, people, at):
    Membership.objects.filter(user=people.lead).update(ends_on=at.date() - timedelta(days=400))
    forget_standing(people.lead)
    refused(mail(address, people.lead.email), people.lead, "n’écrivez plus")


def test_a_file_taken_back_is_silent(refused, address, people):
    Candidacy.objects.update(status=Status.ABANDONED)
    refused(mail(address, people.lead.email), people.lead, "n’écrivez plus")


@pytest.mark.parametrize("body", ["\n", "Le 24/11/2026 à 10:30, Marelle a écrit :\n> Combien ?\n"])
def test_nothing_new_is_said(body, refused, address, people):
    refused(mail(address, people.lead.email, body), people.lead, "texte nouveau")


def test_an_endless_mail_is_refused(refused, address, people):
    refused(mail(address, people.lead.email, "mot suivant\n" * 2000), people.lead, "trop long")


# --- Hostile -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 2000,
        b"\xff\xfe" * 500,
        b"From: \r\n\r\n",
        b"From: =?utf-8?B?////?= <@@>\r\nTo: <>,,;:\r\nMessage-ID: " + b"x" * 5000 + b"\r\n\r\nx",
        b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n--\r\n',
        b'Content-Type: text/plain; charset="\0"\r\n\r\nx',
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 20_000,
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b'To: a\r\n b\r\n\tc: d\r\nFrom: "' + b"(" * 3000 + b"\r\n\r\nx",
        b"Content-Disposition: attachment; filename*=utf-8''%FF%FE\r\n\r\nx",
        b"> " * 50_000,
        b"\n\n" + b"Le a, b <c> a ecrit\n" * 5000,
    ],
)
def test_whatever_a_stranger_sends_is_read_without_falling(raw, at):
    assert receive(mail=read(raw), at=at) == Fate.UNKNOWN


@pytest.mark.parametrize(
    "raw",
    [
        b"From: " + b"(" * 20_000 + b"\r\n\r\nx",
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3000)),
        b'From: x <x@y.example>\r\nTo: "a" <a@b.example>' + b',"a" <a@b.example>' * 20_000 + b"\r\n\r\nx",
    ],
    ids=["brackets", "parts", "addresses"],
)
def test_a_mail_built_to_bring_readers_down_is_left_at_once(raw, at):
    begun = time.process_time()
    assert receive(mail=read(raw), at=at) == Fate.UNKNOWN
    assert time.process_time() - begun < 10  # It took minutes.


def test_deep_parts_and_a_hostile_file_name(address, people, at):
    inner = f"From: {people.lead.email}\r\nTo: {address}\r\n"
    for n in range(60):
        inner += f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"
    inner += "Content-Type: text/plain\r\n\r\nAu fond\r\n"
    assert take(inner.encode(), at) in {Fate.TAKEN, Fate.REFUSED}


# --- The command ---------------------------------------------------------------------------------------------


def pipe(raw, **options):
    try:
        call_command("receive_mail", stdin=io.BytesIO(raw), stdout=io.StringIO(), stderr=io.StringIO(), **options)
    except SystemExit as stop:
        return stop.code
    return 0


def test_the_pipe_tells_the_mail_server_what_became_of_it(address, people, candidacy):
    message = mail(address, people.lead.email).as_bytes()
    assert pipe(message) == 0
    assert pipe(message) == 0
    assert Message.objects.count() == 1
    assert pipe(mail("reponse+x@reponse.marelle.example", people.lead.email).as_bytes()) == 67
    assert pipe(b"") == 65
    assert pipe(b"x" * (60 * 1024 * 1024)) == 65


def test_the_envelope_counts_when_the_headers_hide_the_address(address, people):
    hidden = mail("liste@mairie.example", people.lead.email).as_bytes()
    assert pipe(hidden) == 67
    assert pipe(hidden, recipient=address) == 0


def test_when_something_fails_the_mail_server_is_asked_to_come_again(address, people, monkeypatch):
    from marelle.programme.management.commands import receive_mail

    def broken(**facts):
        raise RuntimeError("database is away")

    monkeypatch.setattr(receive_mail, "receive", broken)
    assert pipe(mail(address, people.lead.email).as_bytes()) == 75
