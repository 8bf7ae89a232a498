from django.db import models


class Unaccented(models.Func):
    """`immutable_unaccent(text)`: PostgreSQL's unaccent, promised immutable so that it may stand in an index."""

    function = "immutable_unaccent"
    arity = 1
    output_field = models.TextField()
