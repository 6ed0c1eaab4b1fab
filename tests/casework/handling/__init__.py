"""承办 · Tests of what lies around a case."""
