"""Tables of others, translated row by row into what the application can be asked."""
