"""The words that all contexts share; a context may import this, this imports no context."""
