"""群众 · Tests of people who act for themselves."""
