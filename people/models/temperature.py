from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


class Tone(models.TextChoices):
    HOT = "hot", _("hot")
    WARM = "warm", _("warm")
    COLD = "cold", _("cold")
    ACCENT = "accent", _("accent")
    GOOD = "good", _("green")
    NOTE = "note", _("yellow")
    BAD = "bad", _("red")
    PLAIN = "plain", _("grey")


class Temperature(AddressedModel):
    """A range of scores with the organization's own name for it. `scoring` decides who is in which.

    From `lower` (None: no lower end) to below `upper` (None: no upper end).
    """

    slug = models.SlugField()
    name = models.CharField(max_length=40)
    tone = models.CharField(_("colour"), max_length=8, choices=Tone.choices)
    lower = models.IntegerField(_("from"), null=True, blank=True)
    upper = models.IntegerField(_("to below"), null=True, blank=True)

    class Meta:
        ordering = [models.F("lower").desc(nulls_last=True)]
        constraints = [models.UniqueConstraint(fields=["organization", "slug"], name="temperature_slug")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def hottest(cls) -> "Temperature | None":
        """The one without an upper end."""
        return cls.objects.filter(upper=None).first()
