"""监督员 · One supervisor of conduct."""
