"""What is asked about service requests: each belongs to a project, whose company and manager answer for it."""
