"""诉讼费用 · One fee of one case, from the order to the last refund."""
