from django.test import Client

from tests.cast import signed_in


def test_the_document_is_openapi_3_1_and_names_the_refusals(db):
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    create = document["paths"]["/api/v1/applications"]["post"]
    assert {"201", "401", "403", "409", "413", "422", "429"} <= set(create["responses"])
    assert "Idempotency-Key" in {parameter["name"] for parameter in create["parameters"]}
    assert create["security"] == [{"Token": []}]


def test_the_page_to_try_it_is_for_members_and_brings_its_own_scripts(cast):
    assert Client().get("/api/v1/docs").status_code == 302
    assert signed_in(cast.guest).get("/api/v1/docs").status_code == 404
    page = signed_in(cast.jana).get("/api/v1/docs")
    assert page.status_code == 200
    assert b"//cdn" not in page.content
    assert b"/static/ninja/swagger-ui-bundle.js" in page.content
