"""在线调解 · Online mediation, and the invited mediation that went before it."""
