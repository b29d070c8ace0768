"""Where the contents of attachments are kept: in a folder, or in an S3-compatible store."""
