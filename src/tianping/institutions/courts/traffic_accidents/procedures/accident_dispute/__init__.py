"""道交赔偿纠纷 · One dispute about the damages of an accident."""
