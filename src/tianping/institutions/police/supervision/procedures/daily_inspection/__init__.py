"""每日巡查 · One day's register of a unit."""
