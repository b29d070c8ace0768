"""The log and the read models on PostgreSQL 15 to 18: one schema per city, its name taken from the connection."""
