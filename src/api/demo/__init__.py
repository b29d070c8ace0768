"""A made-up city, filled through the real use cases, for demonstrations and for trying things out."""
