from django.urls import include, path

from gateways.views import dev_mail, inbound_mail, opened, quarantine, retry, sender, taking_back, tracking

of_gateways = [
    path("messages/<uuid:pk>/retry/", retry.retry, name="retry"),
    path("messages/<uuid:pk>/sender/", sender.sender, name="sender"),
    path("messages/<uuid:pk>/original/", sender.original, name="original"),
    path("webhooks/mail/<slug:provider>/", inbound_mail.inbound_mail, name="inbound_mail"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/<uuid:pk>/", quarantine.one, name="quarantine_one"),
    path("messages/<uuid:pk>/taking-back/", taking_back.taking_back, name="take_back"),
    path("mail/opened/<str:token>/", opened.opened, name="opened"),
    path("mail/tracking/<slug:provider>/", tracking.tracking, name="tracking"),
    path("mail/tracking/<slug:provider>/<uuid:account>/", tracking.tracking, name="tracking_of"),
    path("dev/mail/<str:name>/", dev_mail.mail, name="dev_mail_one"),
    path("dev/mail/<str:name>/html/", dev_mail.html, name="dev_mail_html"),
]
urlpatterns = [
    path("dev/mail/", dev_mail.mails, name="dev_mail"),
    path("", include((of_gateways, "gateways"))),
]
