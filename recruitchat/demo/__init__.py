"""Two believable organizations, made by the same verbs as real use. In development only."""
