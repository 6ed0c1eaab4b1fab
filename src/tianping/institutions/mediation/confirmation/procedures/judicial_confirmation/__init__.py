"""司法确认 · The special procedure that makes a mediated agreement enforceable."""
