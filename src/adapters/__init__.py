"""How the ports are kept: this layer imports `application`, `domain` and libraries, never `api`."""
