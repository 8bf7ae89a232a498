"""How the REST API is spoken, whatever it is about: tokens, problems, lists, and answers given once."""
