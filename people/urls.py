from django.urls import path

from people.views import activities, people, person

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<uuid:pk>/", person.person, name="person"),
    path("people/<uuid:pk>/facts/", person.facts, name="person_facts"),
    path("people/<uuid:pk>/addresses/", person.addresses, name="person_addresses"),
    path("people/<uuid:pk>/addresses/<int:address>/", person.address, name="person_address"),
    path("people/<uuid:pk>/activities/", activities.activities, name="person_activities"),
    path("people/<uuid:pk>/tags/", person.tags, name="person_tags"),
    path("people/<uuid:pk>/tags/<uuid:tag>/", person.tag, name="person_tag"),
]
