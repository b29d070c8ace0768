"""What touches two contexts at once; the only folder that may."""
