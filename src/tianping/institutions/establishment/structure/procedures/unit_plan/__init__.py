"""内设机构方案 · A plan of units."""
