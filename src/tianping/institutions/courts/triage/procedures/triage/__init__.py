"""繁简分流 · One case sent to its lane."""
