"""`make bench-requests`: service requests by the hundred thousand, made up, and how long their lists take."""
