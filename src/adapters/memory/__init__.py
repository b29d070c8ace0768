"""The ports kept in memory: real code with the same codec and the same verdicts, for tests and examples."""
