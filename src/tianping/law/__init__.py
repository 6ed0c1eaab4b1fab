"""法律 · The law storey: time, statutes, reckoning, money; pure Python that knows nothing of cases or databases."""
