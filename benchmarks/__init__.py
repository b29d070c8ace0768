"""Ours beside what a user would pick instead, alternately in one run on one machine: `make bench`."""
