"""The database notes what changes in the library, whoever writes (`library.models.Change`).

On PostgreSQL whoever notes first makes the others wait until it has committed: a number that is seen means that all
the numbers before it are seen too. SQLite has one writer at a time anyway.

A later migration that makes SQLite copy one of these tables drops its triggers: run `note` again after it
(`tests/library/test_changes.py` looks).
"""

from django.db import migrations

TABLES = {
    "library_resource": ("resource", "id"),
    "library_resource_themes": ("resource", "resource_id"),
    "library_resource_articles": ("resource", "resource_id"),
    "library_practice": ("practice", "id"),
    "library_practice_themes": ("practice", "practice_id"),
    "library_practice_articles": ("practice", "practice_id"),
    "library_guide": ("guide", "id"),
    "library_guide_themes": ("guide", "guide_id"),
    "library_guide_articles": ("guide", "guide_id"),
    "library_theme": ("theme", "id"),
    "library_article": ("article", "number"),
}
VERBS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}
FUNCTION = """
    CREATE FUNCTION library_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    BEGIN
        PERFORM pg_advisory_xact_lock(20261123);
        INSERT INTO library_change (noun, "row") VALUES (TG_ARGV[0], (changed ->> TG_ARGV[1])::bigint);
        RETURN NULL;
    END $$
"""


def note(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table, (noun, column) in TABLES.items():
            for verb, row in VERBS.items():
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_noted_{verb} AFTER {verb.upper()} ON {table} BEGIN"
                    f" INSERT INTO library_change (noun, \"row\") VALUES ('{noun}', {row}.{column}); END"
                )
        return
    schema_editor.execute(FUNCTION)
    for table, (noun, column) in TABLES.items():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_noted AFTER INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION library_note_change('{noun}', '{column}')"
        )


def stop_noting(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in VERBS:
                schema_editor.execute(f"DROP TRIGGER {table}_noted_{verb}")
    else:
        schema_editor.execute("DROP FUNCTION library_note_change() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("library", "0002_words_of_the_search")]

    operations = [migrations.RunPython(note, stop_noting)]
