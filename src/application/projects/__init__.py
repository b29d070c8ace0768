"""What is asked about projects alone, and reading them; what touches companies or licences too is a process."""
