"""回放 · A scenario of a city replayed: counts and ways as data in, the planned cases of every side out. It writes nothing."""
