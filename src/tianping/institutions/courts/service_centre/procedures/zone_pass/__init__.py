"""通行证 · A pass and the doors that it opens."""
