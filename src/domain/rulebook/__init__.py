"""The city's policy as dated data: which rule sets it has adopted."""
