"""Where the words of each entry are: FTS5 on SQLite, a tsvector on PostgreSQL. Both hold the words that
`library/definition/search` made; neither analyses anything.

A word carries the field it stands in as its first letter (« t » title, « k » keywords, « s » summary, « b » body) on
PostgreSQL: a weight (setweight) would make GIN read each row again to check it. The row of words goes with its entry,
by the database itself, whoever deletes the entry.
"""

from django.db import migrations

SQLITE = (
    """
    CREATE VIRTUAL TABLE library_search_words USING fts5(
        title, keywords, summary, body, tokenize = 'ascii', detail = column, columnsize = 0
    )
    """,
    """
    CREATE TRIGGER library_search_words_go_with_their_entry AFTER DELETE ON library_searchentry
    BEGIN DELETE FROM library_search_words WHERE rowid = old.id; END
    """,
)
SQLITE_UNDONE = (
    "DROP TRIGGER library_search_words_go_with_their_entry",
    "DROP TABLE library_search_words",
)
POSTGRESQL = """
    CREATE TABLE library_search_words (entry bigint PRIMARY KEY, words tsvector NOT NULL)
        WITH (toast_tuple_target = 128);
    CREATE INDEX library_search_words_found ON library_search_words USING gin (words);
    CREATE FUNCTION library_search_words_go_with_their_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN DELETE FROM library_search_words;
        ELSE DELETE FROM library_search_words WHERE entry = OLD.id; END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER library_search_words_go_with_their_entry AFTER DELETE ON library_searchentry
        FOR EACH ROW EXECUTE FUNCTION library_search_words_go_with_their_entry();
    CREATE TRIGGER library_search_words_go_with_all_entries AFTER TRUNCATE ON library_searchentry
        FOR EACH STATEMENT EXECUTE FUNCTION library_search_words_go_with_their_entry();
"""
POSTGRESQL_UNDONE = """
    DROP FUNCTION library_search_words_go_with_their_entry() CASCADE;
    DROP TABLE library_search_words;
"""


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for sql in SQLITE:
            schema_editor.execute(sql)
    else:
        schema_editor.execute(POSTGRESQL)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for sql in SQLITE_UNDONE:
            schema_editor.execute(sql)
    else:
        schema_editor.execute(POSTGRESQL_UNDONE)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [migrations.RunPython(build, take_down)]
