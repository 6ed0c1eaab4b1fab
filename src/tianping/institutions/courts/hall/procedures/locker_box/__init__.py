"""云柜箱格 · A box of a locker."""
