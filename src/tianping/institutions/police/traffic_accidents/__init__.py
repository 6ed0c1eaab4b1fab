"""道路交通事故 · Road accidents at the traffic police."""
