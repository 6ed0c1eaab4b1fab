"""群众门户 · The citizen's face: look without an account, act with a telephone and a code; every page works without a script."""
