"""Running the service: one supervisor, and the processes that it keeps."""
