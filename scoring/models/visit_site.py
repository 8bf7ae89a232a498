from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


class VisitSite(AddressedModel):
    """A job site of the organization whose visits count, once the visitor has come from a reply link and agreed."""

    address = models.URLField(
        _("address"),
        max_length=200,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Where the job site begins, such as https://jobs.example.com"),
    )
    is_active = models.BooleanField(_("on"), default=True)

    class Meta:
        verbose_name = _("job site")
        verbose_name_plural = _("job sites")
        constraints = [models.UniqueConstraint(fields=["organization", "address"], name="visit_site_once")]

    def __str__(self) -> str:
        return self.address

    @property
    def origin(self) -> str:
        """Scheme, host and port, as browsers send it."""
        scheme, _slashes, rest = self.address.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}".lower()
