"""The log is written once, and says so when somebody tampered with it."""

import json
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from marelle.audit import queries
from marelle.audit.actions import record
from marelle.audit.models import Entry, Head
from marelle.audit.sentences import UnknownKind, _sentences
from tests.accounts.factories import UserFactory
from tests.territories.factories import TerritoryFactory

KIND = "essai.chose.vue"


@pytest.fixture(autouse=True)
def a_kind_to_try(monkeypatch):
    monkeypatch.setitem(_sentences, KIND, "a vu {count} choses")


@pytest.fixture
def chain(db, at):
    """Five entries on one territory."""
    place, someone = TerritoryFactory(), UserFactory()
    for number in range(5):
        record(KIND, on=place, by=someone, at=at + timedelta(minutes=number), count=number)
    return place, someone


class Tampering:
    """What only someone with the database in their hands can do: the triggers are taken away first."""

    def __init__(self):
        self.sqlite = connection.vendor == "sqlite"

    def __call__(self, sql, *params):
        with connection.cursor() as cursor:
            if self.sqlite:
                for verb in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS audit_entry_no_{verb}")
            else:
                cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
            cursor.execute(sql, params)


@pytest.fixture
def tamper(db):
    return Tampering()


def whats(result):
    return [(fault.number, fault.what) for fault in result.faults]


def test_an_untouched_chain_holds(chain):
    result = queries.verify()
    assert result.holds
    assert result.entries == 5
    assert result.head == Head.objects.get().hash


def test_an_empty_log_holds(db):
    assert queries.verify().holds


@pytest.mark.parametrize("change", [{"kind": "autre"}, {"at": "2020-01-01T00:00:00Z"}])
def test_the_database_refuses_to_change_an_entry(chain, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(number=2).update(**change)


def test_the_database_refuses_to_delete_an_entry(chain):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(number=2).delete()


def test_a_changed_row_is_found(chain, tamper):
    tamper("UPDATE audit_entry SET actor = 'quelqu-un' WHERE number = 3")
    assert whats(queries.verify()) == [(3, "changed")]


def test_a_row_changed_with_its_hash_made_anew_is_found(chain, tamper):
    entry = Entry.objects.get(number=3)
    entry.actor = "quelqu-un"
    tamper("UPDATE audit_entry SET actor = %s, hash = %s WHERE number = 3", entry.actor, entry.fingerprint())
    assert whats(queries.verify()) == [(3, "rewritten")]


def test_the_last_row_rewritten_is_found_by_the_head(chain, tamper):
    entry = Entry.objects.get(number=5)
    entry.actor = "quelqu-un"
    tamper("UPDATE audit_entry SET actor = %s, hash = %s WHERE number = 5", entry.actor, entry.fingerprint())
    assert whats(queries.verify()) == [(5, "rewritten")]


@pytest.mark.parametrize(
    ("where", "first", "words"),
    [
        ("number = 1", 1, "L’entrée n° 1 manque."),
        ("number IN (2, 3)", 2, "Les entrées n° 2 à 3 manquent."),
        ("number > 3", 4, "Les entrées n° 4 à 5 manquent."),
    ],
)
def test_missing_rows_are_found_at_the_start_the_middle_and_the_end(chain, tamper, where, first, words):
    tamper(f"DELETE FROM audit_entry WHERE {where}")
    (fault,) = queries.verify().faults
    assert (fault.number, fault.what, fault.words) == (first, "missing", words)


def test_a_row_added_after_the_head_is_found(chain, tamper):
    Head.objects.update(number=4, hash=Entry.objects.get(number=4).hash)
    assert whats(queries.verify()) == [(5, "added")]


def test_reading_the_chain_takes_two_queries(chain, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.verify()


def test_a_kind_without_words_is_not_written(chain):
    with pytest.raises(UnknownKind):
        record("essai.inconnu", on=chain[0], by=None, at=Entry.objects.first().at)
    assert Entry.objects.count() == 5


def test_an_entry_undone_with_its_transaction_leaves_the_chain_whole(chain, at):
    with transaction.atomic():
        record(KIND, on=chain[0], by=None, at=at)
        transaction.set_rollback(True)
    record(KIND, on=chain[0], by=None, at=at)
    assert queries.verify().holds
    assert queries.verify().entries == 6


def test_a_person_reads_what_happened_latest_first(chain):
    place, someone = chain
    lines = queries.history_of(place, names={someone.public_id: "Inès M."})
    assert [(line.who, line.said) for line in lines[:2]] == [("Inès M.", "a vu 4 choses"), ("Inès M.", "a vu 3 choses")]
    assert queries.actors_of(place) == {someone.public_id}


def test_a_closed_account_and_the_system_are_named_honestly(chain, at):
    place, _ = chain
    record(KIND, on=place, by=None, at=at)
    system, closed, *_ = queries.history_of(place)
    assert (system.who, closed.who) == ("Marelle", "Une personne dont le compte est clos")


def test_a_kind_whose_words_have_gone_still_shows(chain, monkeypatch):
    monkeypatch.delitem(_sentences, KIND)
    assert queries.history_of(chain[0])[0].said == KIND


def test_the_timeline_shows_the_sentence_and_the_day(chain):
    from django.template.loader import render_to_string

    page = render_to_string("audit/timeline.html", {"lines": queries.history_of(chain[0], names={})})
    assert "a vu 4 choses" in page
    assert "24\xa0novembre 2026 à 10\xa0h\xa034" in page


class TestCommand:
    def test_it_says_that_the_log_is_whole(self, chain):
        said = StringIO()
        call_command("audit", "verify", stdout=said)
        assert "Le journal est entier" in said.getvalue()

    def test_it_exits_1_and_says_which_row(self, chain, tamper):
        tamper("DELETE FROM audit_entry WHERE number = 2")
        said = StringIO()
        with pytest.raises(CommandError) as failure:
            call_command("audit", "verify", stdout=said)
        assert failure.value.returncode == 1
        assert "L’entrée n° 2 manque." in said.getvalue()

    def test_it_answers_in_json(self, chain, tamper):
        tamper("DELETE FROM audit_entry WHERE number = 2")
        said = StringIO()
        with pytest.raises(CommandError):
            call_command("audit", "verify", "--json", stdout=said)
        answer = json.loads(said.getvalue())
        assert (answer["holds"], answer["entries"]) == (False, 4)
        assert [fault["number"] for fault in answer["faults"]] == [2]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_fork_the_chain(at):
    """Four threads write at the same time: the head is locked, so that each entry follows the one before."""
    place, together, errors = TerritoryFactory(), threading.Barrier(4), []

    def write():
        try:
            together.wait(timeout=20)
            for number in range(5):
                record(KIND, on=place, by=None, at=at, count=number)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert queries.verify().holds
    assert list(Entry.objects.values_list("number", flat=True)) == list(range(1, 21))
