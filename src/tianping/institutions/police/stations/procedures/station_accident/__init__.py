"""派出所处理的事故 · An accident at a police station."""
