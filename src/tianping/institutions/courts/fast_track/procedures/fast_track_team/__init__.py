"""速裁团队 · A fast-track team."""
