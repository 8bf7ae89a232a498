from django.db import migrations

TABLES = ["conversations_conversation", "conversations_leg", "conversations_event", "conversations_message"]
# With PostgreSQL's own tenth, a new organization among a million rows is unknown to the planner until it has a hundred
# thousand: it then takes the row policy's condition for the best way to find one row.
SET = "ALTER TABLE {} SET (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500)"
RESET = "ALTER TABLE {} RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_search_by_words")]

    operations = [migrations.RunSQL(SET.format(table), RESET.format(table)) for table in TABLES]
