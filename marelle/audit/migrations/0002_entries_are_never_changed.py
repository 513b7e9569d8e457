"""The database itself refuses to change or delete an entry: a mistake in code cannot rewrite the log."""

from django.db import migrations

SQLITE = {
    verb: f"""
    CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END
    """
    for verb in ("update", "delete")
}
POSTGRESQL = """
    CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
    CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();
"""


def close(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for sql in SQLITE.values():
            schema_editor.execute(sql)
    else:
        schema_editor.execute(POSTGRESQL)


def open_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in SQLITE:
            schema_editor.execute(f"DROP TRIGGER audit_entry_no_{verb}")
    else:
        schema_editor.execute("DROP FUNCTION audit_entry_is_append_only() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(close, open_again)]
