"""The ports and the one ledger that every use case shares; a context may import this, this imports no context."""
