"""The words that all contexts share: identifiers, rules, errors, values; a context may import this, this imports no context."""
