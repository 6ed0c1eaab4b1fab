"""门户 · Tests of the portal."""
