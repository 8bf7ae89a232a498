from django.urls import path

from reports.views.behind import applied, behind, not_delivered
from reports.views.outcomes import outcomes, outcomes_csv

app_name = "reports"
urlpatterns = [
    path("reports/outcomes/", outcomes, name="outcomes"),
    path("reports/outcomes.csv", outcomes_csv, name="outcomes_csv"),
    path("reports/outcomes/deliveries/", behind, name="behind"),
    path("reports/outcomes/undelivered/", not_delivered, name="undelivered"),
    path("reports/outcomes/applications/", applied, name="applied"),
]
