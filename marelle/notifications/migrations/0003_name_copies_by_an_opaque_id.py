from django.db import migrations, models

import marelle.core.models


def forget_copies(apps, schema_editor):
    """Copies of the demonstration are not worth an id made after the fact."""
    apps.get_model("notifications", "MailboxCopy").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_collapse_mails")]

    operations = [
        migrations.RunPython(forget_copies, migrations.RunPython.noop),
        migrations.AddField(
            model_name="mailboxcopy",
            name="public_id",
            field=models.CharField(
                default=marelle.core.models.public_id, editable=False, max_length=12, unique=True
            ),
        ),
    ]
