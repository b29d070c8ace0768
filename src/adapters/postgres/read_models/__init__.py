"""What people look at, folded from the log: one file per read model, and the queries beside it."""
