from django.db import migrations

# As long as an organization is unknown to the planner, it takes the row policy's condition for the best way to find one
# row: what is joined to a person goes through all of the organization's people. With PostgreSQL's own tenth that lasts
# until a hundred thousand of a million have changed; to look at a sample of them again takes a third of a second.
SET = "ALTER TABLE people_person SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100)"
RESET = "ALTER TABLE people_person RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_protect_rows")]

    operations = [migrations.RunSQL(SET, RESET)]
