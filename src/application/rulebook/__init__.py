"""Adopting rule sets and reading them."""
