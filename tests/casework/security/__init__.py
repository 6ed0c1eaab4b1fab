"""安全 · Tests of what guards the door."""
