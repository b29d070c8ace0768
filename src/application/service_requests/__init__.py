"""Looking service requests up and counting them; what is asked about them touches their project, and is a process."""
