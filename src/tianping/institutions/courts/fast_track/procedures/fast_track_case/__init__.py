"""速裁案件 · A case tried by a fast-track team."""
