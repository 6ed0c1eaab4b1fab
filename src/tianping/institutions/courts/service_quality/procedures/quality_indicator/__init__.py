"""指标口径 · How an indicator is defined."""
