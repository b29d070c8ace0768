"""Parts of the composition root, each for processes that need no more than it puts together."""
