"""交通事项 · What the joint team left to the traffic police."""
