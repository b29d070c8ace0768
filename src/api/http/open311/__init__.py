"""The façade for city request clients: Open311 GeoReport v2 over the same use cases and read models."""
