from django.db import models

from accounts.models.tenant import TenantModel


class SendingDomain(TenantModel):
    """A domain the organization sends from, with the key by which its mails are signed (DKIM, RFC 6376).

    The key is sealed; its public half stands in the record that the admin copies. Nothing is signed before
    `is_published`: a signature nobody can check is worse than none.
    """

    domain = models.CharField(max_length=253)
    selector = models.CharField(max_length=63, default="recruitchat")
    sealed_key = models.TextField()
    public_key = models.TextField()
    is_published = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "domain"], name="sending_domain_once")]

    def __str__(self) -> str:
        return self.domain
