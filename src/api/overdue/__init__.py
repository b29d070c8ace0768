"""Watching the clock: what is overdue is put on record, what expires is removed; a process of its own."""
