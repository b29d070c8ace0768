"""Who may ask, and in which order things happen: this layer imports `domain` and the standard library, nothing else."""
