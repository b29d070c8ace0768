"""Keeping the register of companies, and reading it."""
