"""What models and fields are called in the settings: the names that Django makes of ours, in the reader's language.

They are replaced where they are shown only: no model spells its fields out, and no migration knows of it.
"""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

MODELS = {
    _("working hours"), _("holiday"), _("promise"),
    _("api token"), _("api tokens"), _("arrival"), _("arrivals"), _("assignment"), _("assignments"), _("campaign"),
    _("campaigns"), _("channel account"), _("channel accounts"), _("member"), _("members"), _("night run"),
    _("night runs"), _("organization"), _("organizations"), _("procedure"), _("procedures"), _("reason"), _("reasons"),
    _("saved reply"), _("score rule"), _("score rules"), _("source"), _("sources"), _("status"), _("tag"), _("tags"),
    _("team"), _("team member"), _("team members"), _("teams"), _("temperature"), _("temperatures"), _("user"),
    _("users"), _("workspace"), _("workspaces"),
}  # fmt: skip
FIELDS = {
    _("address"), _("answer due at"), _("answered at"), _("arrived at"), _("assigned at"), _("auto assign"),
    _("availability"), _("basis"), _("because"), _("by"), _("campaign"), _("channel"), _("conversation"),
    _("created at"), _("created by"), _("date joined"), _("description"), _("envelope from"), _("envelope to"),
    _("error"), _("explanation"), _("finished at"), _("is active"), _("key"), _("language"), _("last seen at"),
    _("last used at"), _("leg"), _("member"), _("message"), _("name"), _("night of"), _("passed over"),
    _("people changed"), _("person kind"), _("points"), _("position"), _("recipients"), _("records added"),
    _("records gone"), _("refusal"), _("revoked at"), _("role"), _("rotate over"), _("scopes"), _("slug"),
    _("started at"), _("state"), _("status"), _("team"), _("text"), _("time zone"), _("title"), _("tries"), _("turn"),
    _("understood at"), _("user"), _("via"), _("workspace"),
}  # fmt: skip


def translate_names() -> None:
    """Once all models are loaded. Names that a model gives itself stay."""
    for model in apps.get_models():
        meta = model._meta
        plural = str(meta.verbose_name_plural)
        if "verbose_name_plural" not in meta.original_attrs and plural in MODELS:
            meta.verbose_name_plural = gettext_lazy(plural)
        if not isinstance(meta.verbose_name, Promise) and meta.verbose_name in MODELS:
            meta.verbose_name = gettext_lazy(meta.verbose_name)
        for field in meta.local_fields:
            if not isinstance(field.verbose_name, Promise) and field.verbose_name in FIELDS:
                field.verbose_name = gettext_lazy(field.verbose_name)
