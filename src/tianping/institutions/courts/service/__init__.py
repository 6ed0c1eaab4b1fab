"""送达 · Serving documents."""
