"""What is decided, and by which rule: this layer imports the standard library and `stdnum`, nothing else."""
