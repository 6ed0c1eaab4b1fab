"""门户 · Pages that every room shares."""
