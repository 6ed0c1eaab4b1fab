"""诉讼费用 · Court fees: asked for, paid, relieved, refunded."""
