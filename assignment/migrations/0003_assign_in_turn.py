from django.db import migrations

# What `assignment.assigning.assign` does, for the next in turn, beside moving the place in the turn. A function, since
# all leads of the campaign wait meanwhile: planning these statements anew takes three times what running them does.
FUNCTION = """
CREATE FUNCTION assign_in_turn(
    of_campaign uuid, to_lead uuid, to_member uuid, entry uuid, line uuid, why text, over jsonb, said jsonb,
    now_at timestamptz, done_at timestamptz
) RETURNS TABLE (lead uuid, leg uuid, number int, owner uuid, owner_name text) LANGUAGE plpgsql AS $$
DECLARE
    given conversations_conversation;
    place bigint;
BEGIN
    -- A statement of its own: what comes after it sees what those before us have written.
    SELECT last_turn INTO place FROM assignment_rotation WHERE campaign_id = of_campaign FOR UPDATE;
    IF NOT FOUND THEN RETURN; END IF;

    -- The lead that has waited longest; who had one before may be barred from it, which isn't decided here.
    IF to_lead IS NULL THEN
        SELECT id INTO to_lead FROM conversations_conversation
        WHERE campaign_id = of_campaign AND state = 'open' AND owner_id IS NULL ORDER BY opened_at, id LIMIT 1;
        IF EXISTS (SELECT FROM assignment_assignment WHERE conversation_id = to_lead) THEN RETURN; END IF;
    END IF;
    IF to_member IS NULL THEN
        SELECT access.member_id INTO to_member FROM campaigns_campaignaccess access
        JOIN accounts_member member ON member.id = access.member_id AND member.is_active AND member.role <> 'guest'
        JOIN accounts_user person ON person.id = member.user_id AND person.is_active
        WHERE access.campaign_id = of_campaign AND access.auto_assign ORDER BY access.turn, access.id LIMIT 1;
    END IF;
    SELECT coalesce(nullif(person.name, ''), person.email) INTO owner_name FROM accounts_member member
    JOIN accounts_user person ON person.id = member.user_id WHERE member.id = to_member;

    -- Somebody may have taken it by hand meanwhile.
    UPDATE conversations_conversation SET owner_id = to_member, last_number = last_number + 1
    WHERE id = to_lead AND campaign_id = of_campaign AND state = 'open' AND owner_id IS NULL AND to_member IS NOT NULL
    RETURNING * INTO given;
    IF NOT FOUND THEN RETURN; END IF;

    UPDATE conversations_leg SET owner_id = to_member WHERE id = given.leg_id;
    INSERT INTO conversations_event (id, organization_id, conversation_id, number, kind, data, created_at, reacted_at)
    VALUES (line, given.organization_id, given.id, given.last_number, 'assigned',
            jsonb_set(said, '{to}', to_jsonb(owner_name)), now_at, done_at);
    INSERT INTO assignment_assignment (id, organization_id, conversation_id, leg_id, campaign_id, member_id, because,
                                       passed_over, assigned_at)
    VALUES (entry, given.organization_id, given.id, given.leg_id, of_campaign, to_member, why, over, now_at);

    -- Who got it stands behind all others.
    SELECT 1 + greatest(place, max(turn)) INTO place FROM campaigns_campaignaccess
    WHERE campaign_id = of_campaign AND auto_assign;
    UPDATE campaigns_campaignaccess SET turn = place WHERE campaign_id = of_campaign AND member_id = to_member;
    UPDATE assignment_rotation SET last_turn = place WHERE campaign_id = of_campaign;
    RETURN QUERY SELECT given.id, given.leg_id, given.last_number, to_member, owner_name;
END $$
"""


class Migration(migrations.Migration):
    """The function, and that a new organization is known to the planner (as conversations/migrations/0007 says)."""

    dependencies = [("assignment", "0002_protect_rows"), ("conversations", "0004_search_by_words")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION assign_in_turn"),
        migrations.RunSQL(
            "ALTER TABLE assignment_assignment "
            "SET (autovacuum_analyze_scale_factor = 0.005, autovacuum_analyze_threshold = 500)",
            "ALTER TABLE assignment_assignment RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)",
        ),
    ]
