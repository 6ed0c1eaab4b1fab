"""护民企 · Measures that protect enterprises."""
