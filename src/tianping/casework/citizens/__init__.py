"""群众 · People outside the institutions: signing in with a telephone, acting as a party of one's own cases, following them, papers, drafts."""
