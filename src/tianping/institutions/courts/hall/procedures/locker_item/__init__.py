"""云柜存件 · Something left in a locker."""
