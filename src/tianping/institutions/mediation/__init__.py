"""调解 · Mediation bodies and what the courts confirm of their work."""
