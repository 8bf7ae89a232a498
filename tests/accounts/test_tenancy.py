import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from accounts.models import Member, Organization, TenantModel
from accounts.tenancy import AlreadyElsewhere, across_organizations, enter
from conversations.models import Conversation

TENANT_MODELS = [model for model in apps.get_models(include_auto_created=True) if issubclass(model, TenantModel)]


def test_psycopg2_is_the_driver():
    assert connection.Database.__name__ == "psycopg2"


def test_every_tenant_table_has_its_policies(db):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename, count(*) FROM pg_policies GROUP BY 1")
        policies = dict(cursor.fetchall())
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        enabled = {row[0] for row in cursor.fetchall()}
    for model in [*TENANT_MODELS, Organization]:
        assert model._meta.db_table in enabled, model
        assert policies[model._meta.db_table] == 2, model


def test_models_of_other_apps_reach_organizations_only_through_tenant_models():
    ours = {app.label for app in apps.get_app_configs() if "site-packages" not in app.path}
    outside = {
        model.__name__
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ours and model not in TENANT_MODELS
    }
    assert outside == {"Organization", "User", "User_groups", "User_user_permissions"}


def test_raw_sql_without_an_organization_sees_nothing(lead):
    with connection.cursor() as cursor:
        for model in [*TENANT_MODELS, Organization]:
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            assert cursor.fetchone() == (0,), model


def test_the_application_owns_nothing_and_passes_no_policy(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("recruitchat_app", False, False)
        with pytest.raises(ProgrammingError):
            cursor.execute("TRUNCATE people_person CASCADE")


def test_inside_one_organization_the_other_is_not_there(lead, stranger):
    with stranger.inside():
        assert not Conversation.objects.filter(pk=lead.pk).exists()
        assert [member.name for member in Member.objects.all()] == ["Max Muster"]


def test_a_row_cannot_be_written_into_another_organization(cast, stranger):
    with pytest.raises(ProgrammingError), stranger.inside():
        Member.objects.create(user=stranger.member.user, organization=cast.organization)


def test_a_transaction_cannot_change_its_mind(cast, stranger):
    with cast.inside(), pytest.raises(AlreadyElsewhere), enter(stranger.organization.pk):
        pass


def test_leaving_an_organization_inside_an_outer_transaction_leaves_it(cast):
    with transaction.atomic():
        with cast.inside():
            assert Member.objects.exists()
        assert not Member.objects.exists()


def test_nothing_stays_entered_after_the_transaction(cast):
    with cast.inside():
        assert Member.objects.exists()
    assert not Member.objects.exists()


def test_work_across_organizations_sees_all(cast, stranger):
    with across_organizations():
        assert Organization.objects.count() == 2
