"""Verifying the log: that it is whole, that it folds, and that no recorded decision breaks an invariant."""
