"""人民法院 · The people's courts."""
