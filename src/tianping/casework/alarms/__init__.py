"""提醒与告警 · Live clocks: who is told before a limit runs out and after, each time exactly once."""
