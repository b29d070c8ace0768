"""How the world speaks to us: this layer imports `application` and `domain`; `adapters` only in `api.compose`."""
