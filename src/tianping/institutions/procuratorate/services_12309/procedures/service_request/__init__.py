"""12309 来件 · One request to the service."""
