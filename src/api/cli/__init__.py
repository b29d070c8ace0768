"""The `guanjia` command, one file per command."""
