"""群众门户 · Tests of the citizen's pages."""
