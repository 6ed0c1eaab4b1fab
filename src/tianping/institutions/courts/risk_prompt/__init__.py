"""风险提示 · Risks of a suit, from answers and articles; never a prediction."""
