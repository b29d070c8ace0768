"""What people read, in the contract's own example and around it."""
