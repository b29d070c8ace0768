"""Attachments: photos and documents, kept by content and named by commands."""
