"""Rule sets as files: the one that a city begins with is shipped here."""
