"""How the world speaks to us: this layer imports `application` and `domain`; `adapters` only where it is composed."""
