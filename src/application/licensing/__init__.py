"""What is asked about licence files alone; what touches companies or projects too is a process."""
