"""看板 · The board: what the ledger adds up to, by period, court and platform; each figure opens its cases, the last page is a masked list."""
