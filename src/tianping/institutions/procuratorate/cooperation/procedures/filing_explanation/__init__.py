"""说明不立案理由 · One request to explain, at the police."""
